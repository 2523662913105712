import { open as openFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import SqliteFile from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { type Database, type DatabaseLimits, openDatabase } from '../../src/db/database.ts'
import { HandledEventEntity } from '../../src/db/entities/handled-event.ts'
import { temporaryFolder } from '../factories/folder.ts'
import { fillUp, makeRoom } from '../factories/full-disk.ts'

const NOW = new Date('2026-01-02T03:04:05.678Z')

async function open(limits: Partial<DatabaseLimits> = {}): Promise<{ db: Database; file: string }> {
  const file = path.join(await temporaryFolder(), 'rushes.sqlite')
  const db = await openDatabase(file, limits)
  onTestFinished(() => db.close())
  return { db, file }
}

const insert = (db: Pick<Database, 'fork'>, key: string) =>
  db.fork().insert(HandledEventEntity, { key, createdAt: NOW })
const keysIn = async (db: Database) => (await db.fork().find(HandledEventEntity, {})).map(({ key }) => key)
const LARGE = 'x'.repeat(200_000)

/** Another program that holds the write lock for the given milliseconds. */
function lockFor(file: string, milliseconds: number): { release(): void } {
  const other = new SqliteFile(file)
  other.exec('begin exclusive')
  const release = () => void (other.open && other.close())
  void setTimeout(milliseconds).then(release)
  onTestFinished(release)
  return { release }
}

it('goes on after a full disk, whatever it was at, and undoes all of the transaction', async () => {
  const { db } = await open()
  await insert(db, 'before')
  await fillUp(db)
  for (const attempt of [1, 2, 3]) {
    const failing = db.transaction(async (em) => {
      await em.insert(HandledEventEntity, { key: `small ${attempt}`, createdAt: NOW })
      await em.insert(HandledEventEntity, { key: `${LARGE}${attempt}`, createdAt: NOW })
    })
    await expect(failing).rejects.toMatchObject({ code: 'SQLITE_FULL' })
    await expect(insert(db, LARGE)).rejects.toMatchObject({ code: 'SQLITE_FULL' })
    expect(await keysIn(db)).toEqual(['before'])
  }
  await makeRoom(db)
  await db.transaction((em) => em.insert(HandledEventEntity, { key: LARGE, createdAt: NOW }))
  expect(await keysIn(db)).toEqual(['before', LARGE])
})

it('writes nothing of a transaction that SQLite has ended, even if the work goes on', async () => {
  const { db } = await open()
  await fillUp(db)
  const failing = db.transaction(async (em) => {
    await em.insert(HandledEventEntity, { key: LARGE, createdAt: NOW }).catch(() => undefined)
    await em.insert(HandledEventEntity, { key: 'later', createdAt: NOW }).catch(() => undefined)
  })
  await expect(failing).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  expect(await keysIn(db)).toEqual([])
})

it('goes on after a full disk within a transaction in a transaction', async () => {
  const { db } = await open()
  await fillUp(db)
  const failing = db.transaction((em) =>
    em.transactional((inner) => inner.insert(HandledEventEntity, { key: LARGE, createdAt: NOW })),
  )
  await expect(failing).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  await makeRoom(db)
  await db.transaction((em) =>
    em.transactional((inner) => inner.insert(HandledEventEntity, { key: 'after', createdAt: NOW })),
  )
  expect(await keysIn(db)).toEqual(['after'])
})

it('goes on after a transaction that cannot be committed', async () => {
  const { db } = await open()
  const failing = db.transaction(async (em) => {
    const run = (sql: string) => em.getConnection().execute(sql, [], 'run', em.getTransactionContext())
    await run('pragma defer_foreign_keys = on')
    await run(
      `insert into draft_segments (draft_id, segment_index, text, keyword, image_search_query, created_at, updated_at)
         values ('nobody', 0, '', '', '', 0, 0)`,
    )
  })
  await expect(failing).rejects.toThrow(/FOREIGN KEY/)
  await insert(db, 'after')
  expect(await keysIn(db)).toEqual(['after'])
})

it('waits for a lock held elsewhere without stopping the process, while others read', async () => {
  const { db, file } = await open()
  const delay = monitorEventLoopDelay({ resolution: 10 })
  lockFor(file, 1500)
  delay.enable()
  let isWritten = false
  const writing = [1, 2, 3].map((number) =>
    db.transaction((em) => em.insert(HandledEventEntity, { key: `${number}`, createdAt: NOW })),
  )
  const all = Promise.all([...writing, insert(db, '4')]).then(() => {
    isWritten = true
  })
  let reads = 0
  while (!isWritten && reads < 10) {
    expect(await keysIn(db)).toEqual([])
    reads += 1
    await setTimeout(20)
  }
  expect([isWritten, reads]).toEqual([false, 10])
  await all
  delay.disable()
  expect((await keysIn(db)).toSorted()).toEqual(['1', '2', '3', '4'])
  // Waiting for a lock inside SQLite would block throughout.
  expect(delay.max / 1e6).toBeLessThan(1000)
})

it('says that the database is busy when a lock is held for long, and works when it is gone', async () => {
  const { db, file } = await open({ lock: 200 })
  const lock = lockFor(file, 60_000)
  const busy = { code: 'SQLITE_BUSY_TIMEOUT' }
  const refused = await Promise.allSettled([
    insert(db, 'alone'),
    ...[1, 2].map((key) =>
      db.transaction((em) => em.insert(HandledEventEntity, { key: `${key}`, createdAt: NOW })),
    ),
  ])
  for (const each of refused) expect(each).toMatchObject({ status: 'rejected', reason: busy })
  lock.release()
  await insert(db, 'after')
  expect(await keysIn(db)).toEqual(['after'])
})

it('undoes a transaction whose work never ends, and lets the others on', async () => {
  const { db } = await open({ transaction: 200 })
  const stuck = Promise.withResolvers<void>()
  let late: Promise<unknown> | undefined
  const endless = db.transaction(async (em) => {
    await em.insert(HandledEventEntity, { key: 'endless', createdAt: NOW })
    await stuck.promise
    late = em.insert(HandledEventEntity, { key: 'late', createdAt: NOW })
    await late
  })
  await expect(endless).rejects.toMatchObject({ code: 'SQLITE_BUSY_TIMEOUT' })
  await insert(db, 'other')
  stuck.resolve()
  await setTimeout(0)
  await expect(late).rejects.toThrow(/rolled back|over/)
  expect(await keysIn(db)).toEqual(['other'])
})

it('says so when its turn does not come in time', async () => {
  const { db } = await open({ turn: 100 })
  const { promise, resolve } = Promise.withResolvers<void>()
  const long = db.transaction(() => promise)
  await expect(keysIn(db)).rejects.toMatchObject({ code: 'SQLITE_BUSY_TIMEOUT' })
  resolve()
  await long
  expect(await keysIn(db)).toEqual([])
})

it('finds out whether anything can be written', async () => {
  const { db } = await open()
  await db.probe()
  await fillUp(db)
  await expect(db.probe()).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  await makeRoom(db)
  await db.probe()
  await db.probe()
  const rows = await db.fork().getConnection().execute('select id from probe')
  expect(rows).toEqual([{ id: 1 }])
})

it('is lost when somebody removes or replaces its file', async () => {
  const { db, file } = await open({ look: 20 })
  expect(db.lost.aborted).toBe(false)
  await rm(file)
  await new Promise((resolve) => db.lost.addEventListener('abort', resolve, { once: true }))
  expect(db.lost.reason.message).toBe(`The database ${file} was removed or replaced.`)
})

it('is lost when it is damaged', async () => {
  const { db, file } = await open()
  await insert(db, 'before')
  await db.close()
  const again = await openDatabase(file)
  onTestFinished(() => again.close())
  // Every page but the first, which is read when the file is opened.
  const other = new SqliteFile(file)
  const pages = Number(other.pragma('page_count', { simple: true }))
  other.close()
  const handle = await openFile(file, 'r+')
  await handle.write(Buffer.alloc((pages - 1) * 4096, 0xff), 0, undefined, 4096)
  await handle.close()
  await writeFile(`${file}-wal`, '')
  await expect(again.fork().find(HandledEventEntity, { key: 'other' })).rejects.toThrow()
  expect(again.lost.reason?.message).toMatch(/is damaged/)
})

it('lets the event loop in between transactions and between statements that take long, also when nobody waits', async () => {
  const { db } = await open()
  let turns = 0
  let isOver = false
  const count = () => {
    turns += 1
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const takeLong = () => {
    const end = performance.now() + 6
    while (performance.now() < end);
  }
  for (let at = 0; at < 20; at += 1) await db.transaction(async () => takeLong())
  expect(turns).toBeGreaterThanOrEqual(19)
  turns = 0
  for (let at = 0; at < 20; at += 1) {
    takeLong()
    await db.fork().count(HandledEventEntity)
  }
  expect(turns).toBeGreaterThanOrEqual(9)
  isOver = true
})
