import { setImmediate, setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { LocalEvents } from '../../src/bot/program/local/events.ts'
import { UnwantedError, UserError } from '../../src/core/model/errors.ts'
import type { NewJob } from '../../src/core/model/jobs.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { type Job, JobEntity } from '../../src/db/entities/job.ts'
import { waitingJobs } from '../../src/jobs/job-rows.ts'
import { BACKOFF, MAX_STARTS } from '../../src/jobs/outcome.ts'
import { SqliteQueue } from '../../src/jobs/queue.ts'
import type { QueueOptions } from '../../src/jobs/queue-options.ts'
import { ANN, BEN } from '../factories/people.ts'

const job = (key: string, rest: Partial<NewJob> = {}): NewJob => ({
  kind: 'collect',
  key,
  draftId: 'draft_1',
  workspace: 'test:1',
  requester: ANN,
  ...rest,
})

async function memory(): Promise<Database> {
  const db = await openDatabase(':memory:')
  onTestFinished(() => db.close())
  return db
}

/** A queue with a single slot whose jobs end on demand. */
async function testQueue(options: Partial<QueueOptions> = {}) {
  const db = options.db ?? (await memory())
  const begun: string[] = []
  let now = new Date('2026-01-01T00:00:00Z')
  const queue = new SqliteQueue({
    db,
    events: new LocalEvents(),
    log: pino({ level: 'silent' }),
    clock: () => now,
    lanes: [{ kinds: ['collect'], concurrency: 1 }],
    work: async ({ key }) => {
      begun.push(key)
    },
    ...options,
  })
  onTestFinished(() => queue.stop())
  const rows = () => db.fork().find(JobEntity, {}, { orderBy: { id: 'asc' } })
  const pass = (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds)
  }
  return { queue, db, begun, rows, pass }
}

/** Work that continues until its signal is aborted. */
function endless(begun: string[] = []) {
  return ({ key }: Job, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((_resolve, reject) => {
      begun.push(key)
      signal.addEventListener('abort', () => reject(new UserError('cancelled')), { once: true })
    })
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(5)
}

it('looks into no lane of whose kinds nothing waits', async () => {
  const kinds = ['create', 'collect', 'clip', 'sound', 'finalize'] as const
  const lanes = kinds.map((kind) => ({ kinds: [kind], concurrency: 1 }))
  const { queue, db, begun } = await testQueue({ lanes })
  const asked = vi.spyOn(db.fork().getConnection(), 'execute')
  onTestFinished(() => asked.mockRestore())
  await queue.start()
  await queue.enqueue(job('a'))
  await queue.enqueue(job('b', { kind: 'clip' }))
  await queue.idle()
  expect(begun.sort()).toEqual(['a', 'b'])
  const lookedInto = asked.mock.calls
    .filter(([sql]) => String(sql).includes('row_number()'))
    .map(([, parameters]) => Object.values(parameters ?? [])[0])
  expect([...new Set(lookedInto)].sort()).toEqual(['clip', 'collect'])
})

describe('the job queue', () => {
  it('takes a job asked for twice once, while it waits or works', async () => {
    const { queue, rows, begun } = await testQueue()
    const ids = await Promise.all([1, 2, 3].map(() => queue.enqueue(job('same'))))
    expect(new Set(ids).size).toBe(1)
    await queue.start()
    await queue.idle()
    expect(begun).toEqual(['same'])
    const again = await queue.enqueue(job('same'))
    expect(again).not.toBe(ids[0])
    await queue.idle()
    expect((await rows()).map(({ state, progress }) => [state, progress])).toEqual([
      ['done', 1],
      ['done', 1],
    ])
  })

  it('forgets a job whose transaction is undone', async () => {
    const { queue, db, rows, begun } = await testQueue()
    await queue.start()
    const undone = db.transaction(async (em) => {
      await queue.enqueue(job('undone'), em)
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    await queue.idle()
    expect(await rows()).toEqual([])
    expect(begun).toEqual([])
  })

  it('does not let a draft of a hundred segments hold up another of three', async () => {
    const { queue, begun } = await testQueue()
    for (let index = 0; index < 100; index += 1)
      await queue.enqueue(job(`long ${index}`, { draftId: 'draft_long' }))
    for (let index = 0; index < 3; index += 1)
      await queue.enqueue(job(`short ${index}`, { draftId: 'draft_short' }))
    await queue.start()
    await queue.idle()
    expect(begun).toHaveLength(103)
    expect(begun.slice(0, 6).filter((key) => key.startsWith('short'))).toHaveLength(3)
  })

  it('does not let somebody with forty drafts hold up another with eight segments', async () => {
    const { queue, db, begun } = await testQueue()
    await db.transaction(async (em) => {
      for (let index = 0; index < 400; index += 1)
        await queue.enqueue(job(`many ${index}`, { draftId: `draft_${index % 40}` }), em)
      for (let index = 0; index < 8; index += 1)
        await queue.enqueue(job(`few ${index}`, { draftId: 'draft_few', requester: BEN }), em)
    })
    // One job of each draft is considered, however many are waiting.
    const looked = await waitingJobs(db, ['collect'], new Date('2026-01-01T00:00:00Z'))
    expect(looked.map(({ draftId }) => draftId).toSorted()).toEqual(
      [...Array.from({ length: 40 }, (_, index) => `draft_${index}`), 'draft_few'].toSorted(),
    )
    await queue.start()
    await until(() => begun.includes('few 7'))
    expect(begun.indexOf('few 7')).toBeLessThanOrEqual(16)
    await queue.stop()
  })

  it('is fair between drafts before anything of one of them comes first', async () => {
    const { queue, begun } = await testQueue()
    for (let index = 0; index < 10; index += 1)
      await queue.enqueue(job(`clip ${index}`, { draftId: 'draft_long', priority: -1 }))
    await queue.enqueue(job('sound', { draftId: 'draft_short', priority: -2 }))
    await queue.start()
    await queue.idle()
    expect(begun.indexOf('sound')).toBe(1)
  })

  it('begins urgent jobs first and keeps the order of equal ones', async () => {
    const { queue, begun } = await testQueue()
    await queue.enqueue(job('b', { priority: -1 }))
    await queue.enqueue(job('c', { priority: -1 }))
    await queue.enqueue(job('a', { priority: 5 }))
    await queue.start()
    await queue.idle()
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('tries again later and later, and then says why it failed', async () => {
    const failed: Job[] = []
    const { queue, rows, pass } = await testQueue({
      work: async () => {
        throw new Error('secret details')
      },
      onFailed: async (job) => void failed.push(job),
    })
    const start = new Date('2026-01-01').getTime()
    const attempt = async (attempts: number) => {
      await until(async () => {
        const [row] = await rows()
        return row?.attempts === attempts && row.state !== 'running'
      })
      const [row] = await rows()
      return row?.state === 'queued' ? row.runAfter.getTime() - start : row?.state
    }
    await queue.start()
    await queue.enqueue(job('bad'))
    expect(await attempt(1)).toBe(BACKOFF)
    pass(BACKOFF)
    // Any call that makes the queue check the table, as the passing of real time would.
    await queue.retry('job_none', ANN)
    expect(await attempt(2)).toBe(3 * BACKOFF)
    expect(failed).toEqual([])
    pass(2 * BACKOFF)
    await queue.retry('job_none', ANN)
    expect(await attempt(3)).toBe('failed')
    const error = expect.stringMatching(/^Something went wrong in Rushes. The log has the details\./)
    expect(failed).toMatchObject([{ key: 'bad', state: 'failed', error }])
    expect((await rows())[0]?.error).toEqual(error)
  })

  it('waits for hours where a kind of job has to, and no longer, wherever the clock is put', async () => {
    const hour = 3_600_000
    const { queue, rows, pass } = await testQueue({
      waits: { collect: [50, hour, 5 * hour] },
      work: async () => {
        throw new Error('no')
      },
    })
    await queue.start()
    await queue.enqueue(job('slow'))
    const tries: number[] = []
    for (const failures of [1, 2, 3, 4]) {
      await until(async () => (await rows())[0]?.failures === failures)
      const row = (await rows())[0]
      tries.push(row?.state === 'queued' ? row.runAfter.getTime() - row.updatedAt.getTime() : 0)
      pass(tries.at(-1) ?? 0)
      // A new job makes the queue check the table.
      await queue.enqueue(job(`other ${failures}`, { kind: 'cleanup' }))
    }
    expect(tries).toEqual([50, hour, 5 * hour, 0])
    expect((await rows())[0]).toMatchObject({ state: 'failed', failures: 4 })

    await queue.enqueue(job('back'))
    await until(async () => (await rows()).at(-1)?.failures === 1)
    pass(hour)
    await queue.enqueue(job('other', { kind: 'cleanup' }))
    const back = async () => (await rows()).find(({ key }) => key === 'back')
    await until(async () => (await back())?.failures === 2)
    pass(-24 * hour)
    await queue.enqueue(job('another', { kind: 'cleanup' }))
    const now = ((await back())?.updatedAt.getTime() ?? 0) - 24 * hour
    await until(async () => (await back())?.runAfter.getTime() === now + hour)
  })

  it('does not repeat what has an answer for people, and starts again when somebody retries', async () => {
    let refuse = true
    const { queue, rows } = await testQueue({
      work: async () => {
        if (refuse) throw new UserError('disk_full')
      },
    })
    await queue.start()
    const id = await queue.enqueue(job('full'))
    await queue.idle()
    expect((await rows())[0]).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.stringMatching(/disk is full/),
    })
    refuse = false
    expect(await queue.retry(id, BEN)).toBe(true)
    await queue.idle()
    expect((await rows())[0]).toMatchObject({ state: 'done', requesterName: 'Ben', error: null })
    expect(await queue.retry(id, BEN)).toBe(false)
    expect(await rows()).toHaveLength(1)
  })

  it('makes a retry no second job while the same is asked for again', async () => {
    const { queue, db, rows } = await testQueue()
    const id = await queue.enqueue(job('same'))
    await db.fork().nativeUpdate(JobEntity, { jobId: id }, { state: 'failed' })
    await queue.enqueue(job('same'))
    expect(await queue.retry(id, BEN)).toBe(true)
    expect((await rows()).map(({ state }) => state)).toEqual(['failed', 'queued'])
  })

  it('cancels what waits and what works, and waits until it has stopped', async () => {
    const begun: string[] = []
    const { queue, rows } = await testQueue({ work: endless(begun) })
    await queue.start()
    const working = await queue.enqueue(job('working'))
    const waiting = await queue.enqueue(job('waiting'))
    await until(() => begun.length === 1)
    expect(await queue.cancel(waiting)).toBe(true)
    expect(await queue.cancel(working)).toBe(true)
    expect((await rows()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect(begun).toEqual(['working'])
    expect(await queue.cancel(working)).toBe(false)
    expect(await queue.cancel('job_none')).toBe(false)
  })

  it('takes work that finds itself unwanted as cancelled, and does not try it again', async () => {
    const work = () => Promise.reject(new UnwantedError())
    const { queue, rows } = await testQueue({ work })
    await queue.enqueue(job('a'))
    await queue.start()
    await queue.idle()
    expect((await rows()).map(({ state, error, attempts }) => [state, error, attempts])).toEqual([
      ['cancelled', null, 1],
    ])
  })

  it('keeps a cancel that comes when the work has just been done', async () => {
    const done = Promise.withResolvers<void>()
    const { queue, rows } = await testQueue({ work: () => done.promise })
    await queue.start()
    const id = await queue.enqueue(job('last moment'))
    await until(async () => (await rows())[0]?.state === 'running')
    const cancelled = queue.cancel(id)
    // The cancellation is being recorded when the work ends.
    await setImmediate()
    done.resolve()
    expect(await cancelled).toBe(true)
    expect((await rows())[0]?.state).toBe('cancelled')
  })

  it('hands back at a stop what does not finish, without counting the attempt', async () => {
    const begun: string[] = []
    const { queue, db, rows } = await testQueue({ work: endless(begun) })
    await queue.start()
    await queue.enqueue(job('long'))
    await until(() => begun.length === 1)
    await queue.stop(10)
    expect((await rows())[0]).toMatchObject({ state: 'queued', attempts: 0, startedAt: null })
    const next = await testQueue({ db })
    await next.queue.start()
    await next.queue.idle()
    expect(next.begun).toEqual(['long'])
  })

  it('finishes at a stop what is nearly done', async () => {
    const { queue, rows } = await testQueue({ work: () => setTimeout(50) })
    await queue.start()
    await queue.enqueue(job('short'))
    await queue.enqueue(job('next'))
    await until(async () => (await rows())[0]?.state === 'running')
    await queue.stop(30_000)
    expect((await rows()).map(({ state }) => state)).toEqual(['done', 'queued'])
  })

  it('does not begin to work when it was stopped before it was started', async () => {
    const { queue, begun, rows } = await testQueue()
    await queue.enqueue(job('late'))
    await queue.stop()
    await queue.start()
    await setTimeout(20)
    expect([begun, (await rows()).map(({ state }) => state)]).toEqual([[], ['queued']])
  })

  it('continues what a killed process had begun, but not for ever', async () => {
    const failed: string[] = []
    const { queue, db, rows, begun } = await testQueue({ onFailed: async ({ key }) => void failed.push(key) })
    const [once, often] = [await queue.enqueue(job('once')), await queue.enqueue(job('often'))]
    await db.fork().nativeUpdate(JobEntity, { jobId: once }, { state: 'running', attempts: 1 })
    await db.fork().nativeUpdate(JobEntity, { jobId: often }, { state: 'running', attempts: MAX_STARTS })
    await queue.start()
    await queue.idle()
    expect(begun).toEqual(['once'])
    expect((await rows()).map(({ state }) => state)).toEqual(['done', 'failed'])
    expect((await rows())[1]?.error).toMatch(/^Rushes stopped 5 times/)
    expect(failed).toEqual(['often'])
  })

  it('takes only errors for failed attempts, not the ends of the process', async () => {
    let attempts = 0
    const { queue, db, rows, pass } = await testQueue({
      work: async () => {
        attempts += 1
        if (attempts === 1) throw new UserError('ffmpeg_failed', { detail: 'no.' })
      },
    })
    const id = await queue.enqueue(job('killed twice'))
    await db.fork().nativeUpdate(JobEntity, { jobId: id }, { state: 'running', attempts: MAX_STARTS - 1 })
    await queue.start()
    await until(async () => (await rows())[0]?.failures === 1)
    expect((await rows())[0]).toMatchObject({
      state: 'queued',
      error: expect.stringMatching(/^ffmpeg failed: no\./),
    })
    pass(BACKOFF)
    await queue.retry('job_none', ANN)
    await queue.idle()
    expect((await rows())[0]).toMatchObject({ state: 'done', attempts: MAX_STARTS + 1 })
  })

  it('writes progress down, never after the end', async () => {
    const { queue, rows } = await testQueue({
      work: async (_job, { onProgress, signal }) => {
        onProgress(0.5)
        await until(async () => (await rows())[0]?.progress === 0.5 || signal.aborted)
        onProgress(0.6)
      },
    })
    await queue.start()
    await queue.enqueue(job('progress'))
    await queue.idle()
    expect((await rows())[0]).toMatchObject({ state: 'done', progress: 1 })
  })
})
