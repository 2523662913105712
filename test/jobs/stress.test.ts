import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { LocalEvents } from '../../src/bot/program/local/events.ts'
import { UserError } from '../../src/core/model/errors.ts'
import type { NewJob } from '../../src/core/model/jobs.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { HandledEventEntity } from '../../src/db/entities/handled-event.ts'
import { type Job, JobEntity } from '../../src/db/entities/job.ts'
import { BACKOFF } from '../../src/jobs/outcome.ts'
import { SqliteQueue } from '../../src/jobs/queue.ts'
import type { QueueOptions } from '../../src/jobs/queue-options.ts'
import { temporaryFolder } from '../factories/folder.ts'
import { fillUp, makeRoom } from '../factories/full-disk.ts'
import { ANN } from '../factories/people.ts'

const YEAR = 365 * 86_400_000
const START = new Date('2027-01-01T00:00:00Z')
const collect = (key: string): NewJob => ({
  kind: 'collect',
  key,
  draftId: 'draft_1',
  workspace: 'test:1',
  requester: ANN,
})

async function testQueue(options: Partial<QueueOptions> = {}) {
  const db = options.db ?? (await openDatabase(path.join(await temporaryFolder(), 'rushes.sqlite')))
  onTestFinished(() => db.close())
  let now = START
  const begun: string[] = []
  const queue = new SqliteQueue({
    db,
    events: new LocalEvents(),
    log: pino({ level: 'silent' }),
    clock: () => now,
    lanes: [{ kinds: ['collect'], concurrency: 1 }],
    work: async ({ key }) => void begun.push(key),
    ...options,
  })
  onTestFinished(() => queue.stop())
  const rows = () => db.fork().find(JobEntity, {}, { orderBy: { id: 'asc' } })
  return {
    ...{ queue, db, begun, rows },
    states: async () => (await rows()).map(({ state }) => state),
    pass: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds)
    },
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(5)
}

/** Makes every change of a job fail, as on a full disk: an update that needs no space can still succeed there. */
async function refuseChanges(db: Database): Promise<void> {
  await fillUp(db)
  await db
    .fork()
    .getConnection()
    .execute(
      `create temp trigger full before update on job_history begin
         insert into probe (id, written_at, filler) values (9, 0, zeroblob(100000)); end`,
    )
}

async function allowChanges(db: Database): Promise<void> {
  await db.fork().getConnection().execute('drop trigger full')
  await makeRoom(db)
}

it('writes the end of a job down once there is room again, and does the work once', async () => {
  const work = Promise.withResolvers<void>()
  let runs = 0
  const { queue, db, states } = await testQueue({
    work: () => {
      runs += 1
      return work.promise
    },
  })
  await queue.start()
  await queue.enqueue(collect('a'))
  await until(() => runs === 1)
  await refuseChanges(db)
  work.resolve()
  await setTimeout(300)
  expect(await states()).toEqual(['running'])
  await allowChanges(db)
  await queue.idle()
  expect([await states(), runs]).toEqual([['done'], 1])
})

it('tells of a failed job once there is room again, however often that fails too', async () => {
  const failed: Job[] = []
  let full = true
  const { queue, db, states } = await testQueue({
    work: async () => {
      throw new UserError('disk_full')
    },
    onFailed: async (job) => {
      if (full) await db.fork().insert(HandledEventEntity, { key: 'x'.repeat(100_000), createdAt: START })
      failed.push(job)
    },
  })
  await queue.start()
  await queue.enqueue(collect('a'))
  await fillUp(db)
  await until(async () => (await states())[0] === 'failed')
  await setTimeout(300)
  expect(failed).toEqual([])
  full = false
  await makeRoom(db)
  await queue.idle()
  expect(failed).toMatchObject([{ key: 'a', state: 'failed' }])
})

it('takes the same job again although the end of the last could not be written yet', async () => {
  const work = Promise.withResolvers<void>()
  const begun: string[] = []
  const { queue, db, states } = await testQueue({
    work: ({ jobId }) => {
      begun.push(jobId)
      return work.promise
    },
  })
  await queue.start()
  const first = await queue.enqueue(collect('a'))
  await until(() => begun.length === 1)
  await refuseChanges(db)
  work.resolve()
  await setTimeout(20)
  await expect(queue.enqueue(collect('a'))).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  await allowChanges(db)
  const second = await queue.enqueue(collect('a'))
  expect(second).not.toBe(first)
  await queue.idle()
  expect([begun, await states()]).toEqual([
    [first, second],
    ['done', 'done'],
  ])
})

it('stops although the end of a job cannot be written down', async () => {
  const work = Promise.withResolvers<void>()
  const { queue, db, states } = await testQueue({ work: () => work.promise })
  await queue.start()
  await queue.enqueue(collect('a'))
  await until(async () => (await states())[0] === 'running')
  await refuseChanges(db)
  work.resolve()
  await setTimeout(20)
  await queue.stop()
  await allowChanges(db)
  expect(await states()).toEqual(['running'])
  const next = await testQueue({ db })
  await next.queue.start()
  await next.queue.idle()
  expect([next.begun, await states()]).toEqual([['a'], ['done']])
})

it('takes back what is marked as running but is not running here, without a restart', async () => {
  const work = Promise.withResolvers<void>()
  const begun: string[] = []
  const { queue, db, rows } = await testQueue({
    checkEvery: 20,
    lanes: [{ kinds: ['collect'], concurrency: 2 }],
    work: async ({ key }) => {
      begun.push(key)
      if (key === 'mine') await work.promise
    },
  })
  await queue.start()
  await queue.enqueue(collect('mine'))
  await until(() => begun.length === 1)
  const now = { createdAt: START, updatedAt: START, runAfter: START }
  const [mine] = await rows()
  if (!mine) throw new Error('there is no job')
  const { id: _id, ...row } = mine
  await db.fork().insert(JobEntity, { ...row, ...now, jobId: 'job_lost', key: 'lost', attempts: 1 })
  await until(() => begun.length === 2)
  await setTimeout(60)
  expect(begun).toEqual(['mine', 'lost'])
  work.resolve()
  await queue.idle()
  expect((await rows()).map(({ key, state }) => [key, state])).toEqual([
    ['mine', 'done'],
    ['lost', 'done'],
  ])
})

it('lets no job wait for a year when the clock was put back while the program was not running', async () => {
  const { queue, db, begun, rows, pass } = await testQueue()
  await queue.enqueue(collect('new'))
  await queue.enqueue(collect('failed'))
  await db.fork().nativeUpdate(JobEntity, { key: 'failed' }, { failures: 1 })
  pass(-YEAR)
  await queue.start()
  await until(() => begun.length === 1)
  expect(begun).toEqual(['new'])
  expect((await rows())[1]?.runAfter.getTime()).toBe(START.getTime() - YEAR + BACKOFF)
  pass(BACKOFF)
  await queue.idle()
  expect(begun).toEqual(['new', 'failed'])
})

it('lets no job wait for a year when the clock is put back while it waits for its next attempt', async () => {
  let fails = true
  const { queue, rows, pass } = await testQueue({
    work: async () => {
      if (fails) throw new Error('no')
    },
  })
  await queue.start()
  await queue.enqueue(collect('a'))
  await until(async () => (await rows())[0]?.failures === 1)
  fails = false
  pass(-YEAR)
  const now = START.getTime() - YEAR
  // The check made when the attempt was due; no one requests anything.
  await until(async () => ((await rows())[0]?.runAfter.getTime() ?? 0) <= now + BACKOFF)
  pass(BACKOFF)
  await queue.idle()
  expect((await rows())[0]).toMatchObject({ state: 'done' })
})

it('begins nothing more, and takes nothing back, once another queue has taken over', async () => {
  const said: string[] = []
  const log = pino({ level: 'error' }, { write: (line) => void said.push(line) })
  const first = await testQueue({ checkEvery: 20, log })
  await first.queue.start()
  const work = Promise.withResolvers<void>()
  let runs = 0
  const second = await testQueue({
    db: first.db,
    lanes: [
      { kinds: ['clip'], concurrency: 1 },
      { kinds: ['collect'], concurrency: 1 },
    ],
    work: () => {
      runs += 1
      return work.promise
    },
  })
  await second.queue.start()
  // Of a kind that the first queue doesn't work on: it may be choosing a job at this moment, and notices only at its next check.
  await second.queue.enqueue({ ...collect('a'), kind: 'clip' })
  await until(() => runs === 1)
  await until(() => said.some((line) => line.includes('has taken over')))
  await second.queue.enqueue(collect('b'))
  await until(() => runs === 2)
  await setTimeout(100)
  expect(await second.states()).toEqual(['running', 'running'])
  work.resolve()
  await second.queue.idle()
  expect([first.begun, runs]).toEqual([[], 2])
})
