import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { createHealth, type HealthOptions } from '../../../src/bot/metrics/health.ts'
import { openDatabase } from '../../../src/db/database.ts'

const NOW = new Date('2026-01-01T12:00:00Z')

async function health(options: Partial<HealthOptions> = {}) {
  const db = await openDatabase(':memory:')
  onTestFinished(() => db.close())
  const logged: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line).msg) })
  const check = createHealth({ db, log, isWorking: () => true, down: () => [], now: () => NOW, ...options })
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
  expect([await check(), await check()]).toEqual(Array(2).fill('the database cannot be read'))
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
