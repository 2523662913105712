import { copyFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { approve } from '../../../src/core/draft/approve.ts'
import { setApprovalRule } from '../../../src/core/draft/set-approval-rule.ts'
import { hashOf } from '../../../src/core/media/store/hash.ts'
import { UserError } from '../../../src/core/model/errors.ts'
import { storedName } from '../../../src/core/model/store.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { otherFfmpeg, scriptedFfmpeg } from '../../factories/other-ffmpeg.ts'
import { BEN, PLACE } from '../../factories/people.ts'
import { sharedProgram, testProgram } from '../../factories/program.ts'
import { renderable } from '../../factories/renderable.ts'
import { quickProviders } from '../../fakes/providers.ts'

/** One short segment: these tests are about the status of a render, not its looks. */
const program = sharedProgram({ fakes: quickProviders(['Ready?']) })

const ready = (input: { lacksVoice?: boolean } = {}, on = program()) => renderable(on, input)

describe('a render that fails', () => {
  it('rolls back with the reason, and leaves no video', async () => {
    const own = await testProgram({ fakes: quickProviders(['Ready?']) })
    const { start, settled, job, draft, core, segments, videos } = await ready({}, own)
    const voice = onDisk(core.store, (await segments())[0]?.ttsLocalPath ?? '')
    await writeFile(voice, 'no sound at all')
    await start()
    await settled()
    expect(await job()).toMatchObject({ state: 'failed', error: expect.stringMatching(/^[^\n]+$/) })
    expect((await draft()).status).toBe('assets_ready')
    expect(await videos()).toEqual([])
  })

  it('is tried again while the draft waits for it, before it is given up', async () => {
    const own = await testProgram({ fakes: quickProviders(['Ready?']) })
    const { start, settled, job, draft, core } = await ready({}, own)
    const { pool } = core.ffmpeg
    const statuses = new Set<string>()
    core.ffmpeg.pool = {
      concurrency: pool.concurrency,
      run: async (urgency, signal, work) => {
        if ((await job()).attempts === 1) throw new UserError('ffmpeg_failed', { detail: 'no.' })
        statuses.add((await draft()).status)
        return pool.run(urgency, signal, work)
      },
    }
    await start()
    await settled()
    expect([...statuses]).toEqual(['converting'])
    expect(await job()).toMatchObject({ state: 'done', attempts: 2, failures: 1, error: null })
    expect((await draft()).status).toBe('finalized')
  })

  it('does not render what had to be made again after people approved it', async () => {
    const { start, settled, job, draft, core, segments, scope, draftId, videos } = await ready()
    const [segment] = await segments()
    const voice = segment?.ttsLocalPath ?? ''
    const other = await core.store.put(storedName('voices', hashOf('other'), 'wav'), (file) =>
      copyFile(onDisk(core.store, voice), file),
    )
    const em = core.db.fork()
    await em.nativeUpdate(SegmentEntity, { draftId }, { ttsLocalPath: other })
    await setApprovalRule(core, { place: PLACE, draftId, actor: BEN, manages: true }, { needed: 1 })
    await approve(core, { ...scope, actor: BEN })
    await core.store.remove(other)
    await start()
    await settled()
    expect(await job()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('no longer what was approved'),
    })
    expect([(await draft()).status, await videos()]).toEqual(['assets_ready', []])
    expect((await segments())[0]?.ttsLocalPath).toBe(voice)
    await expect(start()).rejects.toMatchObject({ code: 'approvals_missing' })
  })

  it('says that the disk is full', async () => {
    const { start, settled, job, draft, videos } = await ready()
    const full = `case "$*" in *.ass*) trap '' XFSZ; ulimit -f 4;; esac`
    await scriptedFfmpeg(program(), `${full}; exec "$real" "$@"`)
    await start()
    await settled()
    expect(await job()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('The disk is full.'),
    })
    expect((await draft()).status).toBe('assets_ready')
    expect(await videos()).toEqual([])
  })

  it.each(['ffmpegPath', 'ffprobePath'])('says that the one it works with has gone: %s', async (which) => {
    const { start, settled, job, draft, videos } = await ready()
    const gone = path.join(await temporaryFolder(), 'gone')
    otherFfmpeg(program(), { [which]: gone })
    await start()
    await settled()
    expect(await job()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining(
        `No usable ffmpeg was found: ${gone} can no longer be started (ENOENT).`,
      ),
    })
    expect((await draft()).status).toBe('assets_ready')
    expect(await videos()).toEqual([])
  })

  it('makes an asset again whose file somebody removed', async () => {
    const { start, settled, draft, core, segments } = await ready()
    const [before] = await segments()
    for (const file of [before?.ttsLocalPath, before?.videoLocalPath])
      await truncate(onDisk(core.store, file ?? ''))
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
    const first = await testProgram({ folder, fakes: quickProviders(['Ready?']) })
    const { start, stuck, job, draft } = await ready({ lacksVoice: true }, first)
    const working = await stuck()
    await start()
    await working()
    expect((await job()).state).toBe('running')
    // The first never ends: to the second it looks as if it had been killed.
    const second = await testProgram({ folder, fakes: quickProviders(['Ready?']) })
    await second.queue.idle()
    expect((await draft()).status).toBe('finalized')
    expect(await job()).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('hands it on when it is told to stop, without a word to anybody', async () => {
    const folder = await temporaryFolder()
    const first = await testProgram({ folder, fakes: quickProviders(['Ready?']) })
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
    const first = await testProgram({ folder, fakes: quickProviders(['Ready?']) })
    const { start, stuck, draftId, core } = await ready({ lacksVoice: true }, first)
    const working = await stuck()
    const jobId = await start()
    await working()
    await core.db.fork().nativeUpdate(JobEntity, { jobId }, { attempts: 100 })
    const second = await testProgram({ folder })
    const em = second.core.db.fork()
    expect(await em.findOneOrFail(JobEntity, { jobId })).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/stopped \d+ times/),
    })
    await second.queue.idle()
    expect(await second.core.db.fork().findOneOrFail(DraftEntity, { draftId })).toMatchObject({
      status: 'assets_ready',
    })
  })

  it('leaves no draft rendering that no job renders', async () => {
    // Not the one that all tests share: a program whose folder another one has taken over starts no more work.
    const folder = await temporaryFolder()
    const first = await testProgram({ folder, fakes: quickProviders(['Ready?']) })
    const { core, draftId } = await ready({}, first)
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'converting' })
    const second = await testProgram({ folder, fakes: quickProviders(['Ready?']) })
    expect((await second.load(draftId)).draft.status).toBe('assets_ready')
  })
})
