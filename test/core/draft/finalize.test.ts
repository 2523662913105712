import { chmod, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import {
  cancelRender,
  type FinalizeInput,
  finalizeDraft,
  reopenDraft,
} from '../../../src/core/draft/finalize.ts'
import { listJobs } from '../../../src/core/draft/jobs.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { findFfmpeg } from '../../../src/core/render/ffmpeg.ts'
import { probeMedia } from '../../../src/core/render/probe.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { type Job, JobEntity } from '../../../src/db/entities/job.ts'
import {
  ANN,
  BEN,
  PLACE,
  scope,
  sharedProgram,
  type TestProgram,
  temporaryFolder,
  testProgram,
} from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

/** One short segment: what is rendered here is rendered for its status, not for its looks. */
const program = sharedProgram({ fakes: fakeProviders(['Ready?']) })

let spoken = 0

async function ready(input: { lacksVoice?: boolean } = {}, on: TestProgram = program()) {
  const { core, queue, load, fakes } = on
  fakes.onVoice = async () => {}
  // Words that nobody has spoken yet, since a voice is made once for all drafts.
  fakes.texts = [input.lacksVoice ? `Ready for number ${++spoken}?` : 'Ready?']
  const draftId = input.lacksVoice ? await on.draft({ topic: 'Tea', collect: false }) : await on.ready()
  const jobs = async () => (await listJobs(core, PLACE.workspace, { draftId })).jobs
  return {
    core,
    fakes,
    draftId,
    scope: scope(draftId),
    start: (options?: FinalizeInput, actor = ANN) => finalizeDraft(core, scope(draftId, actor), options),
    jobs,
    job: async (): Promise<Job> => {
      const [job] = await jobs()
      if (!job) throw new Error('there is no render')
      return job
    },
    settled: () => queue.idle(draftId),
    draft: async () => (await load(draftId)).draft,
    segments: async () => (await load(draftId)).segments,
    videos: () =>
      readdir(core.store.absolute('videos')).then(
        (files) => files.filter((file) => file.startsWith(draftId)),
        () => [],
      ),
    /** Lets the voice of the render never come, and waits until it is asked for. */
    stuck: async () => {
      const before = fakes.spoken.length
      fakes.onVoice = () => new Promise(() => {})
      return async () => {
        await vi.waitUntil(() => fakes.spoken.length > before, { timeout: 30_000, interval: 5 })
      }
    },
  }
}

describe('finalizing', () => {
  it('makes what is missing, renders once for two who press at the same moment, and reopens', async () => {
    const { start, settled, job, jobs, draft, core, scope, videos, segments } = await ready({
      lacksVoice: true,
    })
    const presses = await Promise.allSettled([start(), start({}, BEN)])
    const [won, lost] = presses.toSorted((a, b) => a.status.localeCompare(b.status))
    expect(won?.status).toBe('fulfilled')
    expect(lost).toMatchObject({ reason: { code: 'draft_already_rendering' } })
    await settled()
    expect(await jobs()).toHaveLength(1)
    const done = await job()
    expect(done).toMatchObject({ state: 'done', progress: 1, error: null, attempts: 1 })
    const [segment] = await segments()
    expect(done.outputDuration).toBeCloseTo(segment?.ttsDuration ?? 0, 6)
    expect(done.payload.report).toMatchObject({ clipsEncoded: 1, clipsReused: 0, soundReused: false })
    expect((await draft()).status).toBe('finalized')
    expect(await videos()).toEqual([path.basename(done.outputVideoPath ?? '')])
    const media = await probeMedia(core.ffmpeg, core.store.absolute(done.outputVideoPath ?? ''))
    expect(media).toMatchObject({ width: 1080, height: 1920, hasVideo: true })

    await expect(start()).rejects.toMatchObject({ code: 'draft_finalized' })
    await expect(cancelRender(core, scope)).rejects.toMatchObject({ code: 'draft_not_rendering' })
    await reopenDraft(core, scope)
    expect((await draft()).status).toBe('assets_ready')
    await expect(reopenDraft(core, scope)).rejects.toMatchObject({ code: 'draft_not_finalized' })
    // Again with other music: its clip is there already.
    await start({ mood: 'happy' })
    await settled()
    expect((await job()).payload.report).toMatchObject({ clipsEncoded: 0, clipsReused: 1 })
    expect(await jobs()).toHaveLength(2)
  })

  it('keeps template and music as settings of the draft, and as a step of its history', async () => {
    const { start, draft, core, scope, stuck } = await ready({ lacksVoice: true })
    await stuck()
    await start({ template: 'news', musicEnabled: false, mood: 'dramatic', volume: 7 })
    expect(await draft()).toMatchObject({
      ...{ template: 'news', musicEnabled: false, musicMood: 'dramatic', musicVolume: 7 },
      ...{ revision: 2, status: 'converting', settingsEditedByName: 'Ann' },
    })
    await cancelRender(core, scope)
  })

  it('refuses upload, unknown values, settings of others that were not seen, and other workspaces', async () => {
    const { start, draft, core, draftId, jobs } = await ready()
    await expect(start({ upload: true })).rejects.toMatchObject({ code: 'upload_not_configured' })
    await expect(start({ template: 'x' })).rejects.toMatchObject({ code: 'not_a_choice' })
    await expect(start({ volume: 200 })).rejects.toMatchObject({ code: 'number_out_of_range' })
    await expect(start({ template: 'news', seenVersion: 99 })).rejects.toMatchObject({
      name: 'StaleEditError',
    })
    const elsewhere = scope(draftId, BEN, 'test:2')
    for (const act of [finalizeDraft, cancelRender, reopenDraft])
      await expect(act(core, elsewhere)).rejects.toMatchObject({ code: 'draft_not_found' })
    expect(await draft()).toMatchObject({ status: 'assets_ready', template: 'clean' })
    expect(await jobs()).toEqual([])
  })

  it('fails with what is missing when it cannot be made, and takes the next press for another try', async () => {
    const { start, settled, job, draft, fakes, segments } = await ready({ lacksVoice: true })
    fakes.onVoice = async () => {
      throw new Error('a bug in a provider')
    }
    await start()
    await settled()
    expect(await job()).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/missing for segment 1\./),
      outputVideoPath: null,
    })
    expect((await draft()).status).toBe('editing')
    expect((await segments())[0]?.voiceError).toMatch(/^Something went wrong inside Rushes/)
    fakes.onVoice = async () => {}
    await start()
    await settled()
    expect((await draft()).status).toBe('finalized')
  })
})

describe('cancelling', () => {
  it('ends a render that works, makes the draft editable, and leaves nothing behind', async () => {
    const { start, job, draft, core, scope, stuck, videos, draftId, fakes, segments, settled } = await ready({
      lacksVoice: true,
    })
    const working = await stuck()
    await start()
    await working()
    const { id } = (await segments())[0] ?? { id: 0 }
    await expect(
      editSegment(core, scope, { segmentId: id, change: { text: 'Not now.' } }),
    ).rejects.toMatchObject({ code: 'draft_busy' })
    fakes.onVoice = async () => {}
    await cancelRender(core, scope)
    expect(await job()).toMatchObject({ state: 'cancelled', outputVideoPath: null })
    expect((await draft()).status).toMatch(/editing|assets_ready/)
    await expect(cancelRender(core, scope)).rejects.toMatchObject({ code: 'draft_not_rendering' })
    // What the render had taken over goes on without it.
    await settled()
    expect((await draft()).status).toBe('assets_ready')
    expect(await videos()).toEqual([])
    expect(draftId).toBe((await draft()).draftId)
  })

  it('ends ffmpeg', async () => {
    const folder = await temporaryFolder()
    const { ffmpegPath: real } = await findFfmpeg()
    const started = path.join(folder, 'started')
    const ffmpeg = path.join(folder, 'ffmpeg')
    // Encodes nothing and never ends, once it is asked for a clip.
    await writeFile(
      ffmpeg,
      `#!/bin/sh\ncase "$*" in *libx264*-f*mp4*) echo $$ > '${started}'; exec sleep 1000;; esac\nexec '${real}' "$@"\n`,
    )
    await chmod(ffmpeg, 0o755)
    const own = await testProgram({ fakes: fakeProviders(['Ready?']), env: { FFMPEG_PATH: ffmpeg } })
    const { start, job, draft, core, scope } = await ready({}, own)
    await start()
    const pidOf = () => readFile(started, 'utf8').then(Number, () => 0)
    const pid = await vi.waitUntil(pidOf, { timeout: 30_000 })
    await cancelRender(core, scope)
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
    expect(await job()).toMatchObject({ state: 'cancelled' })
    expect((await draft()).status).toBe('assets_ready')
  })

  it('takes a render that waits out of the line', async () => {
    const first = await ready({ lacksVoice: true })
    const other = await ready({ lacksVoice: true })
    const second = await ready()
    for (const each of [first, other]) {
      const working = await each.stuck()
      await each.start()
      await working()
    }
    await second.start()
    expect((await second.job()).state).toBe('queued')
    await cancelRender(second.core, second.scope)
    expect(await second.job()).toMatchObject({ state: 'cancelled', attempts: 0 })
    expect((await second.draft()).status).toBe('assets_ready')
    for (const each of [first, other]) await cancelRender(each.core, each.scope)
  })

  it('comes with the deletion of the draft', async () => {
    const { start, job, core, scope, stuck, draftId } = await ready({ lacksVoice: true })
    const working = await stuck()
    await start()
    await working()
    await deleteDraft(core, scope)
    expect((await job()).state).toBe('cancelled')
    expect(await core.db.fork().count(DraftEntity, { draftId })).toBe(0)
    expect(await core.db.fork().count(JobEntity, { draftId, state: { $in: ['queued', 'running'] } })).toBe(0)
  })
})

describe('a render that fails', () => {
  it('rolls back with the reason, and leaves no video', async () => {
    const own = await testProgram({ fakes: fakeProviders(['Ready?']) })
    const { start, settled, job, draft, core, segments, videos } = await ready({}, own)
    const voice = core.store.absolute((await segments())[0]?.ttsLocalPath ?? '')
    await writeFile(voice, 'no sound at all')
    await start()
    await settled()
    expect(await job()).toMatchObject({ state: 'failed', error: expect.stringMatching(/^[^\n]+$/) })
    expect((await draft()).status).toBe('assets_ready')
    expect(await videos()).toEqual([])
  })

  it('says that the disk is full', async () => {
    const folder = await temporaryFolder()
    const { ffmpegPath: real } = await findFfmpeg()
    const ffmpeg = path.join(folder, 'ffmpeg')
    const script = `case "$*" in *.ass*) trap '' XFSZ; ulimit -f 4;; esac; exec '${real}' "$@"`
    await writeFile(ffmpeg, `#!/bin/sh\n${script}\n`)
    await chmod(ffmpeg, 0o755)
    const own = await testProgram({ fakes: fakeProviders(['Ready?']), env: { FFMPEG_PATH: ffmpeg } })
    const { start, settled, job, draft, videos } = await ready({}, own)
    await start()
    await settled()
    expect(await job()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('The disk is full.'),
    })
    expect((await draft()).status).toBe('assets_ready')
    expect(await videos()).toEqual([])
  })

  it('makes an asset again whose file somebody removed', async () => {
    const own = await testProgram({ fakes: fakeProviders(['Ready?']) })
    const { start, settled, draft, core, segments } = await ready({}, own)
    const [before] = await segments()
    for (const file of [before?.ttsLocalPath, before?.videoLocalPath])
      await truncate(core.store.absolute(file ?? ''))
    await start()
    await settled()
    expect((await draft()).status).toBe('finalized')
    expect((await segments())[0]).toMatchObject({
      ttsLocalPath: before?.ttsLocalPath,
      videoLocalPath: before?.videoLocalPath,
    })
  })
})

describe('a process that ends in the middle of a render', () => {
  it('leaves it to the next one, which continues it', async () => {
    const folder = await temporaryFolder()
    const first = await testProgram({ folder, fakes: fakeProviders(['Ready?']) })
    const { start, stuck, job, draft } = await ready({ lacksVoice: true }, first)
    const working = await stuck()
    await start()
    await working()
    expect((await job()).state).toBe('running')
    // The first never ends: as far as the second can see, it was killed.
    const second = await testProgram({ folder, fakes: fakeProviders(['Ready?']) })
    await second.queue.idle()
    expect((await draft()).status).toBe('finalized')
    expect(await job()).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('hands it on when it is told to stop, without a word to anybody', async () => {
    const folder = await temporaryFolder()
    const first = await testProgram({ folder, fakes: fakeProviders(['Ready?']) })
    const { start, stuck, draftId } = await ready({ lacksVoice: true }, first)
    const working = await stuck()
    const jobId = await start()
    await working()
    await first.stop()
    const second = await testProgram({ folder, start: false })
    const em = second.core.db.fork()
    expect(await em.findOneOrFail(JobEntity, { jobId })).toMatchObject({ state: 'queued', error: null })
    expect(await em.findOneOrFail(DraftEntity, { draftId })).toMatchObject({ status: 'converting' })
  })

  it('again and again makes it fail, and the draft editable', async () => {
    const folder = await temporaryFolder()
    const first = await testProgram({ folder, fakes: fakeProviders(['Ready?']) })
    const { start, stuck, draftId, core } = await ready({ lacksVoice: true }, first)
    const working = await stuck()
    const jobId = await start()
    await working()
    await core.db.fork().nativeUpdate(JobEntity, { jobId }, { attempts: 100 })
    const second = await testProgram({ folder })
    const em = second.core.db.fork()
    expect(await em.findOneOrFail(JobEntity, { jobId })).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/ended \d+ times/),
    })
    await second.queue.idle()
    expect(await second.core.db.fork().findOneOrFail(DraftEntity, { draftId })).toMatchObject({
      status: 'assets_ready',
    })
  })

  it('leaves no draft rendering that no job renders', async () => {
    const { core, draftId } = await ready()
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'converting' })
    const second = await testProgram({ folder: program().folder, fakes: fakeProviders(['Ready?']) })
    expect((await second.load(draftId)).draft.status).toBe('assets_ready')
  })
})

describe('quotas', () => {
  it('say when the next render and the next draft are allowed', async () => {
    const env = { MAX_OPEN_DRAFTS: '1', MAX_RENDERS_PER_HOUR: '1' }
    const own = await testProgram({ fakes: fakeProviders(['Ready?']), env })
    const { start, stuck, core, scope } = await ready({ lacksVoice: true }, own)
    await expect(own.draft()).rejects.toMatchObject({ code: 'limit_open_drafts', params: { max: 1 } })
    await stuck()
    await start()
    await cancelRender(core, scope)
    await expect(start()).rejects.toMatchObject({
      code: 'limit_renders',
      params: { max: 1, again: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/) },
    })
    expect(await start({}, BEN)).toMatch(/^job_/)
    await cancelRender(core, scope)
  })
})
