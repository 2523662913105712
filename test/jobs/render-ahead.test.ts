import { readdir, rm } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { requestAllClips, requestClips } from '../../src/core/draft/clips.ts'
import { requestDraft } from '../../src/core/draft/create.ts'
import { editSegment } from '../../src/core/draft/edit-segment.ts'
import { listJobs } from '../../src/core/draft/jobs.ts'
import { cancelRender, reopenDraft, requestRender } from '../../src/core/draft/render.ts'
import { type Job, JobEntity, type JobKind } from '../../src/db/entities/job.ts'
import { gate } from '../factories/gate.ts'
import { onDisk } from '../factories/on-disk.ts'
import { ANN, PLACE } from '../factories/people.ts'
import { scope, type TestProgram, testProgram } from '../factories/program.ts'
import { quickProviders } from '../fakes/providers.ts'

/** Two segments: what holds for two holds for any number. */
const two = () => quickProviders(['One two.', 'Three four.'])

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(20)
}

function jobs({ core }: TestProgram, kind: JobKind): Promise<Job[]> {
  return core.db.fork().find(JobEntity, { kind }, { orderBy: { id: 'asc' } })
}

async function newestRender({ core }: TestProgram): Promise<Job> {
  const { jobs } = await listJobs(core, PLACE.workspace, { limit: 1 })
  if (!jobs[0]) throw new Error('no render')
  return jobs[0]
}

describe('rendering ahead', () => {
  it('leaves nothing but joining to Render', async () => {
    const program = await testProgram({ rendersAhead: true, fakes: two() })
    const draftId = await program.draft({ topic: 'Tea', format: 'square' })
    expect((await jobs(program, 'clip')).map(({ state }) => state)).toEqual(['done', 'done'])
    expect((await jobs(program, 'sound')).map(({ state }) => state)).toContain('done')

    await requestRender(program.core, scope(draftId))
    await program.queue.idle()
    expect((await newestRender(program)).payload.report).toMatchObject({
      clipsEncoded: 0,
      clipsReused: 2,
      soundReused: true,
    })
  })

  it('ends the clip and the sound that an edit has made stale, and makes the new ones', async () => {
    const program = await testProgram({ rendersAhead: true, fakes: two(), env: { RENDER_CONCURRENCY: '1' } })
    const clips = gate(program.core.ffmpeg, 'background')
    const { core, load, queue } = program
    const draftId = await draftWithoutWaiting(program)
    // The slot may be taken by the sound.
    const running = async () => (await jobs(program, 'clip')).filter(({ state }) => state === 'running')
    await until(async () => clips.waiting() === 1 && (await running()).length > 0)
    const [first] = await running()
    const { segments } = await load(draftId)
    const segmentId = Number(first?.payload.segmentId)
    await editSegment(core, scope(draftId), { segmentId, change: { text: 'Something else.' } })
    const after = await core.db.fork().findOneOrFail(JobEntity, { jobId: first?.jobId ?? '' })
    expect(after.state).toBe('cancelled')
    clips.open()
    await queue.idle()
    const done = (await jobs(program, 'clip')).filter(({ state }) => state === 'done')
    expect(new Set(done.map(({ payload }) => payload.segmentId))).toEqual(
      new Set(segments.map(({ id }) => id)),
    )
    expect(new Set((await jobs(program, 'sound')).map(({ state }) => state))).not.toContain('failed')
    expect(await readdir(onDisk(core.store, 'tmp'))).toEqual([])
  })

  it('is put aside for a Render, and asked for again when that is cancelled', async () => {
    const program = await testProgram({ rendersAhead: true, fakes: two() })
    const background = gate(program.core.ffmpeg, 'background')
    const joining = gate(program.core.ffmpeg, 'render')
    const draftId = await draftWithoutWaiting(program)
    await until(() => background.waiting() > 0)
    await requestRender(program.core, scope(draftId))
    await until(() => joining.waiting() > 0)
    await until(async () => (await jobs(program, 'clip')).every(({ state }) => state !== 'running'))
    background.open()
    await cancelRender(program.core, scope(draftId))
    await program.queue.idle()
    // One started as Render was pressed has nothing left to do, and finishes first.
    const render = await newestRender(program)
    const clips = (await jobs(program, 'clip')).filter(({ id }) => id > render.id)
    expect(clips.map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('leaves nothing in the line behind the back of a render that begins while it is asked for', async () => {
    const program = await testProgram({ rendersAhead: true, fakes: quickProviders(['One two.']) })
    const { core, queue } = program
    const draftId = await program.draft({ topic: 'Tea', format: 'square' })
    await queue.stop()
    await rm(onDisk(core.store, 'previews'), { recursive: true })
    // Its check takes a moment, during which someone presses Render.
    const { freeBytes } = core
    core.freeBytes = async () => {
      core.freeBytes = freeBytes
      await requestRender(core, scope(draftId))
      return freeBytes()
    }
    await requestClips(core, draftId)
    expect((await jobs(program, 'clip')).map(({ state }) => state)).not.toContain('queued')
  })

  it('makes again what the caches have let go of: for all at a start, for one that is reopened', async () => {
    const program = await testProgram({ rendersAhead: true, fakes: quickProviders(['One two.']) })
    const { core, queue } = program
    const draftId = await program.draft({ topic: 'Tea', format: 'square' })
    const files = async () => (await core.store.list('clips')).map(({ path }) => path)
    const clips = await files()
    expect(clips).toHaveLength(1)
    // Its preview is younger, and stays.
    const forget = () => rm(onDisk(core.store, 'clips'), { recursive: true })
    await forget()
    await requestAllClips(core)
    await queue.idle()
    expect(await files()).toEqual(clips)
    expect((await jobs(program, 'sound')).map(({ state }) => state)).toEqual(['done'])
    await requestRender(core, scope(draftId))
    await queue.idle()
    await forget()
    await reopenDraft(core, scope(draftId))
    await queue.idle()
    expect(await files()).toEqual(clips)
  })

  it('ends what is stale also while there is no room for anything new', async () => {
    const program = await testProgram({ rendersAhead: true, fakes: quickProviders(['One two.']) })
    const { core } = program
    const background = gate(core.ffmpeg, 'background')
    const draftId = await draftWithoutWaiting(program)
    await until(() => background.waiting() > 0)
    core.freeBytes = async () => 0
    const { segments } = await program.load(draftId)
    await editSegment(core, scope(draftId), { segmentId: segments[0]?.id ?? 0, change: { duration: 3 } })
    expect(new Set((await jobs(program, 'clip')).map(({ state }) => state))).toEqual(new Set(['cancelled']))
  })

  it('gives way to the collecting of a render as well', async () => {
    const env = { RENDER_CONCURRENCY: '1' }
    const program = await testProgram({ rendersAhead: true, fakes: quickProviders(['One two.']), env })
    const { core, queue, fakes } = program
    const background = gate(core.ffmpeg, 'background')
    await draftWithoutWaiting(program)
    await until(() => background.waiting() > 0)
    fakes.texts = ['Words that have no voice yet.']
    const { draftId } = await requestDraft(
      core,
      { topic: 'Tea', format: 'square', collect: false },
      ANN,
      PLACE,
    )
    await queue.idle(draftId)
    await requestRender(core, scope(draftId))
    await queue.idle(draftId)
    expect((await program.load(draftId)).draft.status).toBe('finalized')
    background.open()
  })
})

describe('Cancel', () => {
  it.each([
    ['while assets are collected', 'voice'],
    ['while clips and sound are rendered', 'render'],
    ['while the last part is written', 'join'],
  ])('%s makes the draft editable at once, and leaves no file', async (_name, stage) => {
    const fakes = quickProviders(['One two.'])
    const program = await testProgram({ fakes })
    const { core, load, queue } = program
    const draftId = await program.draft({ topic: 'Tea', format: 'square' })
    if (stage === 'voice') {
      const { segments } = await load(draftId)
      fakes.onVoice = () => new Promise(() => {})
      await editSegment(core, scope(draftId), {
        segmentId: segments[0]?.id ?? 0,
        change: { text: 'Never spoken.' },
      })
    }
    if (stage === 'join') {
      await requestRender(core, scope(draftId))
      await queue.idle()
      await reopenDraft(core, scope(draftId))
    }
    const before = await readdir(onDisk(core.store, 'videos')).catch(() => [])
    const spoken = fakes.spoken.length
    const render = gate(program.core.ffmpeg, 'render')
    await requestRender(core, scope(draftId))
    await until(() => (stage === 'voice' ? fakes.spoken.length > spoken : render.waiting() > 0))
    expect((await load(draftId)).draft.status).toBe('converting')
    await cancelRender(core, scope(draftId))
    expect((await load(draftId)).draft.status).toBe(stage === 'voice' ? 'editing' : 'assets_ready')
    expect(await newestRender(program)).toMatchObject({ state: 'cancelled', outputVideoPath: null })
    expect(await readdir(onDisk(core.store, 'videos')).catch(() => [])).toEqual(before)
    fakes.onVoice = async () => {}
    render.open()
    await queue.cancelDraft(draftId, ['collect'])
    await requestRender(core, scope(draftId))
    await queue.idle()
    expect((await load(draftId)).draft.status).toBe('finalized')
    expect(await readdir(onDisk(core.store, 'tmp'))).toEqual([])
  })
})

/** Makes a draft and waits only for its assets. */
async function draftWithoutWaiting(program: TestProgram): Promise<string> {
  const { draftId } = await requestDraft(program.core, { topic: 'Tea', format: 'square' }, ANN, PLACE)
  await until(async () =>
    program.load(draftId).then(
      ({ draft }) => draft.status === 'assets_ready',
      () => false,
    ),
  )
  return draftId
}
