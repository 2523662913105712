import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { draftFiles } from '../../../src/core/draft/references.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { cancelRender, reopenDraft, requestRender } from '../../../src/core/draft/render.ts'
import { probeMedia } from '../../../src/core/media/ffmpeg/probe.ts'
import { filmAndBeside } from '../../../src/core/model/film-files.ts'
import { ENDING } from '../../../src/core/model/formats.ts'
import { sweepUnused } from '../../../src/core/pipeline/sweep.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { scriptedFfmpeg } from '../../factories/other-ffmpeg.ts'
import { BEN } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { renderable } from '../../factories/renderable.ts'
import { quickProviders } from '../../fakes/providers.ts'

/** One short segment: these tests are about the status of a render, not its looks. */
const program = sharedProgram({ fakes: quickProviders(['Ready?']) })

const ready = (input: { lacksVoice?: boolean } = {}, on = program()) => renderable(on, input)

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
    expect(done.outputDuration).toBeCloseTo((segment?.ttsDuration ?? 0) + ENDING, 6)
    expect(done.payload.report).toMatchObject({ clipsEncoded: 1, clipsReused: 0, soundReused: false })
    expect((await draft()).status).toBe('finalized')
    const beside = filmAndBeside(done.outputVideoPath ?? '')
    expect(await videos()).toEqual(beside.map((file) => path.basename(file)).sort())
    const media = await probeMedia(core.ffmpeg, onDisk(core.store, done.outputVideoPath ?? ''))
    expect(media).toMatchObject({ width: 1080, height: 1080, hasVideo: true })

    await expect(start()).rejects.toMatchObject({ code: 'draft_finalized' })
    await expect(cancelRender(core, scope)).rejects.toMatchObject({ code: 'nothing_to_cancel' })
    await reopenDraft(core, scope)
    expect((await draft()).status).toBe('assets_ready')
    await expect(reopenDraft(core, scope)).rejects.toMatchObject({ code: 'draft_not_finalized' })
    // Again with other music: its clip already exists.
    await start({ mood: 'happy' })
    await settled()
    expect((await job()).payload.report).toMatchObject({ clipsEncoded: 0, clipsReused: 1 })
    expect(await jobs()).toHaveLength(2)

    // The files beside a video are kept as long as the video, backed up with it, and removed with it.
    const backedUp = await draftFiles(core.db.fork(), scope.draftId)
    expect(beside.filter((file) => backedUp.has(file))).toEqual(beside)
    await sweepUnused(core.db, core.store, Date.now())
    expect(await videos()).toHaveLength(8)
    await deleteDraft(core, scope)
    expect(await videos()).toEqual([])
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
    await expect(start({ uploadAfter: 'plain' })).rejects.toMatchObject({ code: 'upload_not_configured' })
    for (const bad of [{ template: 'x' }, { uploadAfter: 'yes' }])
      await expect(start(bad)).rejects.toMatchObject({ code: 'not_a_choice' })
    await expect(start({ volume: 200 })).rejects.toMatchObject({ code: 'number_out_of_range' })
    await expect(start({ template: 'news', seenVersion: 99 })).rejects.toMatchObject({
      name: 'StaleEditError',
    })
    const elsewhere = scope(draftId, BEN, 'test:2')
    for (const act of [requestRender, cancelRender, reopenDraft])
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
      error: expect.stringMatching(/missing in segment 1\./),
      outputVideoPath: null,
    })
    expect((await draft()).status).toBe('editing')
    expect((await segments())[0]?.voiceError).toMatch(/^Something went wrong in Rushes/)
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
    await expect(cancelRender(core, scope)).rejects.toMatchObject({ code: 'nothing_to_cancel' })
    // The work the render had taken over continues without it.
    await settled()
    expect((await draft()).status).toBe('assets_ready')
    expect(await videos()).toEqual([])
    expect(draftId).toBe((await draft()).draftId)
  })

  it('ends ffmpeg', async () => {
    const { start, job, draft, core, scope } = await ready()
    const started = path.join(await temporaryFolder(), 'started')
    // Encodes nothing and never ends once it is asked for a clip.
    const stuck = `case "$*" in *libx264*-f*mp4*) echo $$ > '${started}'; exec sleep 1000;; esac`
    await scriptedFfmpeg(program(), `${stuck}\nexec "$real" "$@"`)
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
