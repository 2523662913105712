import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { createHealth, type HealthOptions } from '../../../../src/bot/program/metrics/health.ts'
import { openDatabase } from '../../../../src/db/database.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { insertJob } from '../../../../src/jobs/job-rows.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { fillUp, makeRoom } from '../../../factories/full-disk.ts'

const NOW = new Date('2026-01-01T12:00:00Z')

async function health(options: Partial<HealthOptions> = {}) {
  const db = options.db ?? (await openDatabase(':memory:'))
  onTestFinished(() => db.close())
  const logged: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line).msg) })
  const check = createHealth({
    ...{ db, log },
    isWorking: () => true,
    down: () => [],
    idleFor: () => 0,
    freeBytes: async () => 10 ** 9,
    now: () => NOW,
    ...options,
  })
  return { check, db, logged }
}

it('is well with a database that can be read and platforms that are connected', async () => {
  const { check, logged } = await health()
  expect([await check(), await check(), logged]).toEqual([null, null, []])
})

it('is not well before it works', async () => {
  let isWorking = false
  const { check } = await health({ isWorking: () => isWorking })
  expect(await check()).toBe('starting or stopping')
  isWorking = true
  expect(await check()).toBeNull()
})

it('is not well without its database, and says so once', async () => {
  const { check, db, logged } = await health()
  await db.close()
  expect([await check(), await check()]).toEqual(Array(2).fill('the database cannot be read or written'))
  expect(logged).toEqual(['not healthy'])
})

it('is not well once a platform is away for a minute, and well again when it is back', async () => {
  const down = [{ surface: 'discord', since: new Date(NOW.getTime() - 59_000) }]
  const { check, logged } = await health({ down: () => down })
  expect(await check()).toBeNull()
  down.unshift({ surface: 'slack', since: new Date(NOW.getTime() - 61_000) })
  expect(await check()).toBe('slack has been disconnected since 2026-01-01T11:58:59.000Z')
  down.shift()
  expect(await check()).toBeNull()
  expect(logged).toEqual(['not healthy', 'healthy again'])
})

it('writes, and says that the disk is full, until there is room', async () => {
  const { check, db, logged } = await health()
  expect(await check()).toBeNull()
  await fillUp(db)
  expect([await check(), await check()]).toEqual(Array(2).fill('the disk is full, so nothing can be saved'))
  await makeRoom(db)
  expect(await check()).toBeNull()
  expect(logged).toEqual(['not healthy', 'healthy again'])
  const { check: other } = await health({ freeBytes: async () => 4096 })
  expect(await other()).toBe('the disk is full, so nothing can be saved')
})

it('says that the database is busy within two seconds, and that it is read-only', async () => {
  const file = path.join(await temporaryFolder(), 'rushes.sqlite')
  // Waiting for the lock itself would take longer than the whole test may.
  const { check, db } = await health({ db: await openDatabase(file, { lock: 600_000, turn: 600_000 }) })
  const other = new SqliteFile(file)
  other.exec('begin exclusive')
  expect(await check()).toMatch(/^the database is busy/)
  other.close()
  await db.fork().getConnection().execute('pragma query_only = on')
  await expect.poll(check).toMatch(/read-only/)
})

it('says which job is stuck, running or waiting', async () => {
  let idle = 0
  const { check, db } = await health({ idleFor: (kind) => (kind === 'clip' ? idle : 0) })
  const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
  const job = { draftId: null, workspace: '', requester: null }
  const clip = await insertJob(db.fork(), { ...job, kind: 'clip', key: 'a' }, ago(3))
  expect(await check()).toBeNull()
  idle = 150_000
  expect(await check()).toBe(
    `the job queue is stuck: ${clip} (clip) has been waiting for 3 minutes, and no such job is running`,
  )
  const running = { state: 'running', startedAt: ago(90) } as const
  await db.fork().nativeUpdate(JobEntity, { jobId: clip }, { ...running, updatedAt: ago(30) })
  expect(await check()).toBeNull()
  await db.fork().nativeUpdate(JobEntity, { jobId: clip }, { updatedAt: ago(50) })
  expect(await check()).toBe(`the job queue is stuck: ${clip} (clip) has made no progress for 50 minutes`)
})
