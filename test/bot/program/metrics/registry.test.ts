import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { LocalEvents } from '../../../../src/bot/program/local/events.ts'
import { createMetrics } from '../../../../src/bot/program/metrics/registry.ts'
import { UserError } from '../../../../src/core/model/errors.ts'
import type { NewJob } from '../../../../src/core/model/jobs.ts'
import { openDatabase } from '../../../../src/db/database.ts'
import { SqliteQueue } from '../../../../src/jobs/queue.ts'
import type { QueueOptions } from '../../../../src/jobs/queue-options.ts'
import { valueIn } from '../../../factories/metrics.ts'
import { ANN } from '../../../factories/people.ts'

const job = (key: string): NewJob => ({
  kind: 'collect',
  key,
  draftId: 'draft_1',
  workspace: 'test:1',
  requester: ANN,
})

async function watchedQueue(work: QueueOptions['work']) {
  const db = await openDatabase(':memory:')
  onTestFinished(() => db.close())
  let now = new Date('2026-01-01T00:00:00Z')
  const queue = new SqliteQueue({
    db,
    events: new LocalEvents(),
    log: pino({ level: 'silent' }),
    clock: () => now,
    lanes: [{ kinds: ['collect'], concurrency: 1 }],
    work,
  })
  onTestFinished(() => queue.stop())
  const { registry } = createMetrics(db, queue)
  const value = async (series: string) => valueIn(await registry.metrics(), series)
  return {
    queue,
    pass: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
    waiting: () => value('rushes_jobs{kind="collect",state="queued"}'),
    working: () => value('rushes_jobs{kind="collect",state="running"}'),
    ended: (state: string) => value(`rushes_job_seconds_count{kind="collect",state="${state}"}`),
  }
}

it('shows how many jobs wait and work, and times only those that have begun', async () => {
  const { promise: begun, resolve } = Promise.withResolvers<void>()
  const { queue, waiting, working, ended } = await watchedQueue((_job, { signal }) => {
    resolve()
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new UserError('cancelled')), { once: true })
    })
  })
  const [first, second] = [await queue.enqueue(job('one')), await queue.enqueue(job('two'))]
  expect([await waiting(), await working()]).toEqual([2, 0])
  await queue.start()
  await begun
  expect([await waiting(), await working()]).toEqual([1, 1])
  await queue.cancel(second)
  await queue.cancel(first)
  expect([await waiting(), await working()]).toEqual([0, 0])
  expect(await ended('cancelled')).toBe(1)
})

it('counts each run of a job by how it ended', async () => {
  let runs = 0
  const { queue, pass, ended } = await watchedQueue(async () => {
    runs += 1
    if (runs === 1) throw new Error('not yet')
    if (runs === 3) throw new UserError('disk_full')
  })
  const settled = () => new Promise((resolve) => queue.once('settled', resolve))
  await queue.start()
  const tried = settled()
  await queue.enqueue(job('twice'))
  await tried
  pass(60)
  await queue.enqueue(job('refused'))
  await queue.idle()
  expect([await ended('queued'), await ended('done'), await ended('failed')]).toEqual([1, 1, 1])
})
