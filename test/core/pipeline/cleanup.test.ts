import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { lastCleanup } from '../../../src/core/draft/jobs.ts'
import { listDrafts } from '../../../src/core/draft/list.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { reopenDraft, requestRender } from '../../../src/core/draft/render.ts'
import { CLEANUP_JOB } from '../../../src/core/draft/space.ts'
import { CACHES } from '../../../src/core/model/folders.ts'
import { type Cleaning, type CleanupLimits, cleanUp } from '../../../src/core/pipeline/cleanup.ts'
import { HandledEventEntity } from '../../../src/db/entities/handled-event.ts'
import { type Job, JobEntity } from '../../../src/db/entities/job.ts'
import { KeptFormEntity } from '../../../src/db/entities/kept-form.ts'
import { PaidCallEntity } from '../../../src/db/entities/paid-call.ts'
import { RevisionEntity } from '../../../src/db/entities/revision.ts'
import { SpendingEntity } from '../../../src/db/entities/spending.ts'
import { runAt } from '../../../src/jobs/schedule.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { SMALL, scope, type TestProgram, testProgram } from '../../factories/program.ts'
import { jobRow } from '../../factories/rows.ts'
import { quickProviders } from '../../fakes/providers.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Timeout in milliseconds for a test that keeps rendering what is cleaned away, on a possibly busy machine. */
const PATIENCE = 3 * 60_000
/** Milliseconds between cleanups while others write: room for many renders, with most of the machine left to the writers. */
const PAUSE = 200
const LIMITS: CleanupLimits = {
  draftTtlDays: 30,
  outputTtlDays: 90,
  auditTtlDays: 365,
  assetGraceHours: 24,
  cacheMaxBytes: 1e9,
}

/** A program whose clock can be advanced; its drafts have one segment by default. */
async function aging(options: Parameters<typeof testProgram>[0] = {}) {
  let passed = 0
  const clock = () => new Date(Date.now() + passed)
  const program = await testProgram({
    ...{ clock, fakes: quickProviders(['One.']), knowsFootage: false },
    ...options,
  })
  return {
    ...program,
    pass: (milliseconds: number) => {
      passed += milliseconds
    },
  }
}

function clean({ core }: TestProgram, limits: Partial<CleanupLimits> = {}, rest: Partial<Cleaning> = {}) {
  const { db, store, events, log, clock, jobs } = core
  return cleanUp({ db, store, events, log, clock, jobs, limits: { ...LIMITS, ...limits }, ...rest })
}

/** The files in some folders of the store. */
async function filesIn({ folder }: TestProgram, ...folders: string[]): Promise<string[]> {
  const lists = folders.map(async (name) => {
    const entries = await readdir(path.join(folder, name), { recursive: true, withFileTypes: true }).catch(
      () => [],
    )
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(name, entry.name))
  })
  return (await Promise.all(lists)).flat().sort()
}

async function exists(program: TestProgram, draftId: string): Promise<boolean> {
  return program.load(draftId).then(
    () => true,
    () => false,
  )
}

describe('cleaning drafts', () => {
  it('tells the thread a day before, then removes the draft and what only it used', async () => {
    const program = await aging()
    const draftId = await program.draft()
    program.pass(28.9 * DAY)
    expect(await clean(program)).toMatchObject({ announced: 0, drafts: 0 })
    program.pass(0.2 * DAY)
    expect(await clean(program)).toMatchObject({ announced: 1, drafts: 0 })
    expect((await program.load(draftId)).draft.expiryNoticeAt).not.toBeNull()
    expect(await clean(program)).toMatchObject({ announced: 0, drafts: 0 })
    program.pass(DAY)
    const { drafts, unused } = await clean(program)
    expect(drafts).toBe(1)
    // The footage, the voice and its note.
    expect(unused.files).toBeGreaterThanOrEqual(3)
    expect(unused.bytes).toBeGreaterThan(10_000)
    expect(await exists(program, draftId)).toBe(false)
    expect(await filesIn(program, 'voices', 'footage')).toEqual([])
  })

  it('keeps a draft that somebody touches after the notice, and tells again later', async () => {
    const program = await aging()
    const draftId = await program.draft()
    program.pass(29.5 * DAY)
    await clean(program)
    const [segment] = (await program.load(draftId)).segments
    await editSegment(program.core, scope(draftId), {
      segmentId: segment?.id ?? 0,
      change: { duration: 7 },
    })
    await program.queue.idle()
    program.pass(1.5 * DAY)
    expect(await clean(program)).toMatchObject({ announced: 0, drafts: 0 })
    program.pass(29 * DAY)
    expect(await clean(program)).toMatchObject({ announced: 1, drafts: 0 })
    expect(await exists(program, draftId)).toBe(true)
  })

  it('says in a dry run what it would do, and does nothing', async () => {
    const program = await aging()
    await program.draft()
    program.pass(31 * DAY)
    await clean(program)
    program.pass(DAY)
    const before = await filesIn(program, '.')
    const planned = await clean(program, { cacheMaxBytes: 0 }, { dryRun: true })
    expect(planned).toMatchObject({ drafts: 1 })
    expect(planned.caches.files).toBe(1)
    expect(await filesIn(program, '.')).toEqual(before)
    expect(await clean(program, { cacheMaxBytes: 0 }, { dryRun: true })).toEqual(planned)
  })
})

describe('cleaning files', () => {
  it('removes what nobody refers to once it is old enough, and nothing that a kept revision uses', async () => {
    // Of different lengths, so that each has its own voice file.
    const program = await aging({
      fakes: quickProviders(['One two three four five.', 'Six.', 'Seven eight nine ten eleven twelve.']),
    })
    const { core } = program
    const draftId = await program.draft()
    const [segment] = (await program.load(draftId)).segments
    await editSegment(core, scope(draftId), {
      segmentId: segment?.id ?? 0,
      change: { text: 'And so it goes on.' },
    })
    await program.queue.idle()
    await mkdir(path.join(program.folder, 'footage/zz'), { recursive: true })
    await writeFile(path.join(program.folder, 'footage/zz/orphan.mp4'), 'x'.repeat(1000))
    const before = await filesIn(program, 'voices', 'footage')
    expect((await clean(program)).unused.files).toBe(0)
    program.pass(25 * HOUR)
    expect((await clean(program)).unused).toEqual({ files: 1, bytes: 1000 })
    const after = await filesIn(program, 'voices', 'footage')
    expect(after).toEqual(before.filter((file) => !file.includes('orphan')))
    // The old words are still there for Undo; without their revision nothing refers to their voice.
    await core.db.fork().nativeDelete(RevisionEntity, { draftId, number: 1 })
    expect((await clean(program)).unused.files).toBe(2)
    expect(await filesIn(program, 'voices')).toHaveLength(6)
  })

  it('keeps the caches below their limit, least recently used first, stills last', async () => {
    const program = await aging()
    const { folder } = program
    await mkdir(path.join(folder, 'clips/aa'), { recursive: true })
    await mkdir(path.join(folder, 'previews/aa'), { recursive: true })
    const file = async (name: string, age: number) => {
      const target = path.join(folder, name)
      await writeFile(target, 'x'.repeat(1000))
      const at = new Date(Date.now() - age * HOUR)
      await utimes(target, at, at)
    }
    await file('previews/aa/still.jpg', 9)
    await file('clips/aa/oldest.mp4', 8)
    await file('clips/aa/old.mp4', 7)
    await file('previews/aa/recent.mp4', 1)
    await program.core.store.touch('clips/aa/oldest.mp4')
    expect((await clean(program, { cacheMaxBytes: 3500 })).caches).toEqual({ files: 1, bytes: 1000 })
    expect(await filesIn(program, 'clips', 'previews')).toEqual([
      'clips/oldest.mp4',
      'previews/recent.mp4',
      'previews/still.jpg',
    ])
    await clean(program, { cacheMaxBytes: 1000 })
    expect(await filesIn(program, 'clips', 'previews')).toEqual(['previews/still.jpg'])
  })

  it('removes old videos and keeps their renders in the history; a draft that lost its video can render again', async () => {
    const program = await aging()
    const { core, queue } = program
    const draftId = await program.draft(SMALL)
    await requestRender(core, scope(draftId))
    await queue.idle()
    program.pass(91 * DAY)
    const { videos, drafts } = await clean(program, { draftTtlDays: 3650 })
    expect({ drafts, files: videos.files }).toEqual({ drafts: 0, files: 4 })
    expect(videos.bytes).toBeGreaterThan(10_000)
    expect(await filesIn(program, 'videos')).toEqual([])
    const job = await core.db.fork().findOneOrFail(JobEntity, { kind: 'finalize' })
    expect(job).toMatchObject({ state: 'done', outputVideoPath: null })
    await reopenDraft(core, scope(draftId))
    await requestRender(core, scope(draftId))
    await queue.idle()
    expect(await filesIn(program, 'videos')).toHaveLength(4)
  })

  it(
    'never removes what is being made or used, whatever happens at the same time',
    async () => {
      const fakes = quickProviders(['One two.'])
      const program = await testProgram({
        knowsFootage: false,
        fakes,
        env: { ASSET_GRACE_HOURS: '0' },
        rendersAhead: true,
      })
      const { core, queue, load } = program
      const writers = async (name: string) => {
        for (let round = 0; round < 2; round += 1) {
          const topic = `${name} ${round}`
          const { draftId } = await requestDraft(core, { topic, format: 'square' }, ANN, PLACE)
          await queue.idle(draftId)
          const { segments } = await load(draftId)
          // The same words as another draft, so that old and new drafts share files.
          await editSegment(core, scope(draftId), {
            segmentId: segments[0]?.id ?? 0,
            change: { text: `Round ${round}.` },
          })
          await queue.idle(draftId)
          if (round === 0) await deleteDraft(core, scope(draftId))
          else await requestRender(core, scope(draftId))
          await queue.idle(draftId)
        }
      }
      let writing = true
      const cleaner = async () => {
        let rounds = 0
        for (; writing; rounds += 1) {
          await clean(program, { assetGraceHours: 0, cacheMaxBytes: 0 })
          await setTimeout(PAUSE)
        }
        return rounds
      }
      const cleaning = cleaner()
      await Promise.all(['left', 'right'].map(writers)).finally(() => {
        writing = false
      })
      expect(await cleaning).toBeGreaterThan(5)
      const em = core.db.fork()
      const failed = await em.find(JobEntity, { state: 'failed' })
      expect(failed.map(({ kind, error }) => ({ kind, error }))).toEqual([])
      const { drafts } = await listDrafts(core, { workspace: PLACE.workspace })
      expect(drafts).toHaveLength(2)
      for (const { draftId, status } of drafts) {
        expect(status).toBe('finalized')
        for (const { ttsLocalPath, videoLocalPath } of (await load(draftId)).segments) {
          expect(await core.store.has(ttsLocalPath ?? '')).toBe(true)
          expect(await core.store.has(videoLocalPath ?? '')).toBe(true)
        }
      }
      // Each with its subtitles and poster.
      expect(await filesIn(program, 'videos')).toHaveLength(8)
      expect(await filesIn(program, 'tmp')).toEqual([])
    },
    PATIENCE,
  )

  it('beside a running bot leaves drafts and everything fresh alone', async () => {
    const program = await aging()
    const draftId = await program.draft()
    await deleteDraft(program.core, scope(draftId), { keepFiles: true })
    const kept = await program.draft({ topic: 'Coffee' })
    program.pass(40 * DAY)
    await clean(program)
    program.pass(2 * DAY)
    const before = await filesIn(program, 'voices', 'footage')
    const beside = { jobs: null, clock: () => new Date() }
    expect(await clean(program, { assetGraceHours: 0 }, beside)).toMatchObject({
      drafts: 0,
      announced: 0,
      unused: { files: 0 },
    })
    expect(await filesIn(program, 'voices', 'footage')).toEqual(before)
    expect(await exists(program, kept)).toBe(true)
  })
})

describe('cleaning rows', () => {
  it('removes traces of what is over, and keeps what is shown', async () => {
    const program = await aging({ fakes: quickProviders(['One.', 'Two.', 'Three.']) })
    const { core, queue, pass } = program
    const draftId = await program.draft(SMALL)
    await requestRender(core, scope(draftId))
    await queue.idle()
    const em = core.db.fork()
    const createdAt = core.clock()
    await em.insert(HandledEventEntity, { key: 'slack:1', createdAt })
    await em.insert(KeptFormEntity, { workspace: 'w', userId: 'u', form: 'f', values: {}, createdAt })
    await em.insert(PaidCallEntity, { personId: 'U1', workspace: 'w', calls: 1, createdAt })
    await em.insert(SpendingEntity, { workspace: 'w', usd: 1, createdAt })
    const { id: _, ...told } = jobRow({ jobId: 'job_told', kind: 'webhook', draftId, outputVideoPath: null })
    await em.insert(JobEntity, { ...told, updatedAt: createdAt })
    pass(8 * DAY)
    await em.insert(HandledEventEntity, { key: 'slack:2', createdAt: core.clock() })
    await em.insert(SpendingEntity, { workspace: 'w', usd: 2, createdAt: core.clock() })
    // Three collect jobs, the event, the form, the requests and spending, and the record that someone was notified.
    expect((await clean(program)).rows).toBe(8)
    expect(await core.db.fork().find(SpendingEntity, {})).toMatchObject([{ usd: 2 }])
    const kinds = (await core.db.fork().find(JobEntity, {})).map(({ kind }: Job) => kind)
    expect(kinds.sort()).toEqual(['create', 'finalize'])
    expect(await core.db.fork().count(HandledEventEntity)).toBe(1)
  })

  it('says of the last cleaning when it was and what it freed', async () => {
    const program = await testProgram()
    expect(await lastCleanup(program.core)).toBeNull()
    const left = await program.core.store.temporary()
    await writeFile(left, 'x'.repeat(500))
    const old = new Date(Date.now() - 25 * HOUR)
    await utimes(left, old, old)
    await program.queue.enqueue(CLEANUP_JOB)
    await program.queue.idle()
    expect(await lastCleanup(program.core)).toMatchObject({ bytes: 500, at: expect.any(Date) })
  })
})

describe('a disk that is nearly full', () => {
  /** As if the store had its own disk with the given number of bytes. */
  async function onDisk(program: TestProgram, capacity: number) {
    const { core } = program
    core.freeBytes = async () => {
      const files = (await Promise.all(CACHES.map((kind) => core.store.list(kind)))).flat()
      return files.reduce((free, { bytes }) => free - bytes, capacity)
    }
    await mkdir(path.join(program.folder, 'clips/aa'), { recursive: true })
    for (const [name, age] of [
      ['oldest', 3],
      ['older', 2],
    ] as const) {
      const file = path.join(program.folder, `clips/aa/${name}.mp4`)
      await writeFile(file, 'x'.repeat(2 ** 20))
      const at = new Date(Date.now() - age * HOUR)
      await utimes(file, at, at)
    }
  }

  it('is cleaned before a render, least recently used first, and says what it freed', async () => {
    const program = await testProgram({ fakes: quickProviders(['One.']), env: { MIN_FREE_MB: '10' } })
    const { core, queue } = program
    const draftId = await program.draft(SMALL)
    await onDisk(program, 11.5 * 2 ** 20)
    await requestRender(core, scope(draftId))
    expect(await filesIn(program, 'clips')).not.toContain('clips/oldest.mp4')
    expect(await filesIn(program, 'clips')).toContain('clips/older.mp4')
    await queue.idle()
    expect(await lastCleanup(core)).toMatchObject({ bytes: 2 ** 20 })
  })

  it('refuses a render with a sentence when cleaning would not be enough, and then keeps the caches', async () => {
    const program = await testProgram({ env: { MIN_FREE_MB: '10' } })
    const draftId = await program.draft()
    await onDisk(program, 5.5 * 2 ** 20)
    await expect(requestRender(program.core, scope(draftId))).rejects.toMatchObject({
      code: 'disk_low',
      message: expect.stringMatching(/^Only 3 MB of disk space is free, and 10 MB is needed\./),
    })
    expect(await filesIn(program, 'clips')).toHaveLength(2)
    expect((await program.load(draftId)).draft.status).toBe('assets_ready')
  })
})

describe('the schedule', () => {
  it('acts at the times of its expression, also after it has failed, until it is stopped', async () => {
    const failures: unknown[] = []
    let acted = 0
    const every = runAt(
      '* * * * * *',
      async () => {
        acted += 1
        throw new Error(`failure ${acted}`)
      },
      (error) => failures.push(error),
    )
    await vi.waitUntil(() => failures.length === 2, { timeout: 30_000 })
    await every.stop()
    expect(failures).toEqual([new Error('failure 1'), new Error('failure 2')])
  })
})
