import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { MikroORM } from '@mikro-orm/sqlite'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { emptySegment } from '../../src/core/draft/create.ts'
import { type Database, DatabaseError, openDatabase } from '../../src/db/database.ts'
import { DraftEntity } from '../../src/db/entities/draft.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { KeptFormEntity } from '../../src/db/entities/kept-form.ts'
import { RevisionEntity } from '../../src/db/entities/revision.ts'
import { SegmentEntity } from '../../src/db/entities/segment.ts'
import { MIGRATIONS, ormConfig } from '../../src/db/orm-config.ts'

/** The program that `npm run migrate` starts. */
const MIKRO_ORM = path.resolve('node_modules/@mikro-orm/cli/cli.js')
const NOW = new Date('2026-01-02T03:04:05.678Z')

async function temporaryFile(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-db-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return path.join(folder, 'rushes.sqlite')
}

async function open(file: string): Promise<Database> {
  const db = await openDatabase(file)
  onTestFinished(() => db.close())
  return db
}

/** A file as a program with only the first migration left it, containing a draft with two segments. */
async function olderFile(): Promise<string> {
  const file = await temporaryFile()
  const orm = await MikroORM.init(ormConfig(file))
  await orm.migrator.up({ to: MIGRATIONS[0]?.name ?? '' })
  const em = orm.em.fork()
  const { brand: _, endCard: __, ...older } = draftRow('draft_old')
  await em.insert(DraftEntity, older as ReturnType<typeof draftRow>)
  // By raw SQL: the entity now has columns that this file lacks.
  for (const segmentIndex of [0, 1])
    await em.getConnection().execute(
      `insert into draft_segments (draft_id, segment_index, text, keyword, image_search_query, created_at, updated_at)
           values ('draft_old', ?, '오래된 글 “x”', '', '', ?, ?)`,
      [segmentIndex, NOW.getTime(), NOW.getTime()],
    )
  await orm.close(true)
  return file
}

function draftRow(draftId: string) {
  return {
    draftId,
    accountId: null,
    topic: 'Tea',
    title: 'Tea',
    description: '',
    tags: ['a', '나'],
    format: 'shorts' as const,
    targetDuration: 30,
    contentPlanJson: {},
    status: 'editing' as const,
    style: null,
    language: 'en',
    template: 'clean',
    musicEnabled: true,
    musicMood: 'calm' as const,
    musicVolume: 25,
    brand: null,
    endCard: true,
    voice: null,
    voiceSpeed: 1,
    isOutline: false,
    otherTopics: [],
    notice: null,
    usage: [],
    surface: 'test',
    workspace: 'test:1',
    channelId: 'c',
    threadId: null,
    authorId: 'ann',
    authorName: 'Ann',
    revision: 1,
    settingsVersion: 1,
    settingsEditedByName: null,
    expiryNoticeAt: null,
    createdAt: NOW,
    updatedAt: NOW,
  }
}

function jobRow(key: string) {
  return {
    jobId: `job_${key}`,
    kind: 'collect' as const,
    key,
    draftId: null,
    workspace: 'w',
    state: 'queued' as const,
    progress: 0,
    requesterId: null,
    requesterName: null,
    payload: {},
    priority: 0,
    attempts: 0,
    runAfter: NOW,
    outputVideoPath: null,
    outputDuration: null,
    youtubeUrl: null,
    error: null,
    createdAt: NOW,
    startedAt: null,
    finishedAt: null,
    updatedAt: NOW,
  }
}

async function pragma(db: Database, name: string): Promise<unknown> {
  const [row] = await db.fork().getConnection().execute(`pragma ${name}`)
  return Object.values(row ?? {})[0]
}

describe('the database', () => {
  it('brings an older file up to date and keeps what is in it', async () => {
    const file = await olderFile()
    const db = await open(file)
    const em = db.fork()
    const draft = await em.findOneOrFail(DraftEntity, { draftId: 'draft_old' })
    expect(draft).toMatchObject({
      title: 'Tea',
      tags: ['a', '나'],
      createdAt: NOW,
      musicEnabled: true,
      version: 1,
    })
    const segments = await em.find(SegmentEntity, {}, { orderBy: { segmentIndex: 'asc' } })
    expect(segments.map(({ text }) => text)).toEqual(['오래된 글 “x”', '오래된 글 “x”'])
    const executed: { name: string }[] = await em
      .getConnection()
      .execute('select name from mikro_orm_migrations order by id')
    expect(executed.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name))
    const tables: { name: string }[] = await em
      .getConnection()
      .execute(`select name from sqlite_master where type = 'table'`)
    expect(tables.map(({ name }) => name)).toContain('thread_messages')
  })

  it('refuses a file of a newer program with one line that names what it has, and leaves it as it is', async () => {
    const file = await olderFile()
    const first = await openDatabase(file)
    await first
      .fork()
      .getConnection()
      .execute(`insert into mikro_orm_migrations (name, executed_at) values ('0099-browser', 0)`)
    await first.close()
    const before = await readFile(file)
    const refusal = await openDatabase(file).catch((error) => error)
    expect(refusal).toBeInstanceOf(DatabaseError)
    expect(refusal.message).toMatch(/^[^\n]*0099-browser[^\n]*Update Rushes[^\n]*$/)
    expect(refusal.message).toContain(file)
    const migrated = await promisify(execFile)(process.execPath, [MIKRO_ORM, 'migration:up'], {
      env: { ...process.env, DATABASE_URL: file },
    }).catch((error: { stdout: string; stderr: string }) => error)
    expect(`${migrated.stdout}${migrated.stderr}`).toMatch(/0099-browser[^\n]*Update Rushes/)
    expect((await readFile(file)).equals(before)).toBe(true)
    expect(await readdir(path.dirname(file))).toEqual([path.basename(file)])
  })

  it('says in one line when a file is no database', async () => {
    const file = await temporaryFile()
    await writeFile(file, 'This is a shopping list and no database.'.repeat(100))
    const refusal = await openDatabase(file).catch((error) => error)
    expect(refusal).toBeInstanceOf(DatabaseError)
    expect(refusal.message).toMatch(/^The database [^\n]+ cannot be used: [^\n]*not a database[^\n]*$/)
  })

  it('says in one line when its folder cannot be made', async () => {
    const file = await temporaryFile()
    await writeFile(file, '')
    const refusal = await openDatabase(path.join(file, 'data', 'rushes.sqlite')).catch((error) => error)
    expect(refusal).toBeInstanceOf(DatabaseError)
    expect(refusal.message).toMatch(/^The database [^\n]+ cannot be used: [^\n]+$/)
  })

  it('works in WAL mode, with foreign keys on, and never stops the process for a lock', async () => {
    const db = await open(await temporaryFile())
    expect(await pragma(db, 'journal_mode')).toBe('wal')
    expect(await pragma(db, 'foreign_keys')).toBe(1)
    expect(await pragma(db, 'busy_timeout')).toBe(0)
  })

  it('is made once when two open it at the same moment', async () => {
    const file = await temporaryFile()
    const databases = await Promise.all([open(file), open(file), open(file)])
    for (const db of databases) expect(await db.fork().count(DraftEntity)).toBe(0)
  })

  it('opens the same file again, with nothing left to do', async () => {
    const file = await temporaryFile()
    await (await openDatabase(file)).close()
    const db = await open(file)
    expect(await db.fork().count(DraftEntity)).toBe(0)
  })

  it('lets nobody write once it is closed, not even with what was opened before', async () => {
    const file = await temporaryFile()
    const db = await open(file)
    const [em, waiting] = [db.fork(), db.fork()]
    await em.insert(DraftEntity, draftRow('draft_1'))
    await db.close()
    await db.close()
    for (const ask of [
      () => em.insert(DraftEntity, draftRow('draft_2')),
      () => waiting.count(DraftEntity),
      () => db.fork().count(DraftEntity),
      () => db.transaction((em) => em.count(DraftEntity)),
    ])
      await expect(ask()).rejects.toThrow('The database is closed')
    expect(await (await open(file)).fork().count(DraftEntity)).toBe(1)
  })

  it('deletes segments and history with their draft', async () => {
    const db = await open(await olderFile())
    const em = db.fork()
    await em.insert(RevisionEntity, {
      draftId: 'draft_old',
      number: 1,
      actorId: 'ann',
      actorName: 'Ann',
      action: { code: 'created' },
      snapshot: { draft: draftRow('draft_old'), segments: [] },
      createdAt: NOW,
    })
    await em.nativeDelete(DraftEntity, { draftId: 'draft_old' })
    expect(await em.count(SegmentEntity)).toBe(0)
    expect(await em.count(RevisionEntity)).toBe(0)
  })

  it('has no two segments at one place, no draft twice, no segment without a draft, no unknown status', async () => {
    const em = (await open(await olderFile())).fork()
    const segment = { ...emptySegment('draft_old', NOW), segmentIndex: 1 }
    await expect(em.insert(SegmentEntity, segment)).rejects.toThrow(/unique/i)
    await expect(em.insert(DraftEntity, draftRow('draft_old'))).rejects.toThrow(/unique/i)
    await expect(em.insert(SegmentEntity, { ...segment, draftId: 'nobody' })).rejects.toThrow(/foreign key/i)
    const status = 'lost' as 'editing'
    await expect(em.insert(DraftEntity, { ...draftRow('draft_x'), status })).rejects.toThrow(/check/i)
  })

  it('takes back all of a transaction that fails', async () => {
    const db = await open(await olderFile())
    const failing = db.transaction(async (em) => {
      await em.nativeDelete(DraftEntity, {})
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await db.fork().count(SegmentEntity)).toBe(2)
  })

  it('lets two programs write to one file at once, each waiting for the other', async () => {
    const file = await temporaryFile()
    const one = await open(file)
    const write = (db: Database, name: string) =>
      Promise.all(
        Array.from({ length: 20 }, (_, number) =>
          db.transaction(async (em) => {
            const before = await em.count(JobEntity)
            await em.insert(JobEntity, jobRow(`${name}-${number}-${before}`))
          }),
        ),
      )
    const [printed] = await Promise.all([writeElsewhere(file), write(one, 'one'), write(one, 'two')])
    expect(printed).toBe('20')
    expect(await one.fork().count(JobEntity)).toBe(60)
  })

  it('is brought up to date by the mikro-orm command line', async () => {
    const file = await temporaryFile()
    const { stdout } = await promisify(execFile)('npm', ['run', 'migrate'], {
      env: { ...process.env, DATA_DIR: path.dirname(file) },
    })
    expect(stdout).toMatch(/success/i)
    const em = (await open(file)).fork()
    expect(await em.getConnection().execute('select name from mikro_orm_migrations')).toHaveLength(
      MIGRATIONS.length,
    )
  })
})

/** Another process that writes 20 jobs, each in a separate transaction that reads first; resolves to its output. */
async function writeElsewhere(file: string): Promise<string> {
  const at = (name: string) => JSON.stringify(new URL(`../../src/db/${name}`, import.meta.url).href)
  const program = `
    import { openDatabase } from ${at('database.ts')}
    import { JobEntity } from ${at('entities/job.ts')}
    const db = await openDatabase(${JSON.stringify(file)})
    const row = ${JSON.stringify(jobRow('other'))}
    for (const date of ['runAfter', 'createdAt', 'updatedAt']) row[date] = new Date(row[date])
    let written = 0
    for (let number = 0; number < 20; number += 1)
      await db.transaction(async (em) => {
        await em.count(JobEntity)
        await em.insert(JobEntity, { ...row, jobId: 'job_other' + number, key: 'other' + number })
        written += 1
      })
    console.log(written)
    await db.close()`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])
  return stdout.trim()
}

it('leaves nothing in a file of what an earlier version only marked as free', async () => {
  const file = await olderFile()
  const connection = new SqliteFile(file)
  connection.pragma('secure_delete = off')
  const words = 'Zyxwandel '.repeat(2000)
  connection.prepare('update draft_segments set text = ?').run(words)
  connection.prepare("update draft_segments set text = 'x'").run()
  connection.close()
  expect((await readFile(file)).includes('Zyxwandel')).toBe(true)
  await (await open(file)).close()
  expect((await readFile(file)).includes('Zyxwandel')).toBe(false)
})

it('takes what people have edited earlier for words of their own', async () => {
  const file = await olderFile()
  const orm = await MikroORM.init(ormConfig(file))
  await orm.em
    .getConnection()
    .execute("update draft_segments set edited_by_id = 'ann' where segment_index = 1")
  await orm.close(true)
  const segments = await (await open(file)).fork().find(SegmentEntity, {}, { orderBy: { id: 'asc' } })
  expect(segments.map(({ byHand }) => byHand)).toEqual(['', 'keyword search'])
})

it('says of forms that were kept earlier which draft they are about', async () => {
  const file = await temporaryFile()
  const orm = await MikroORM.init(ormConfig(file))
  await orm.migrator.up({ to: '0003-retries' })
  for (const form of ['edit:draft_1:5:2', 'create::0:0', 'f'])
    await orm.em
      .getConnection()
      .execute(
        "insert into kept_forms (workspace, user_id, form, form_values, created_at) values ('w', 'u', ?, '{}', 0)",
        [form],
      )
  await orm.close(true)
  const db = await open(file)
  const forms = await db.fork().find(KeptFormEntity, {}, { orderBy: { id: 'asc' } })
  expect(forms.map(({ draftId }) => draftId)).toEqual(['draft_1', null, null])
})

it('takes values with a NUL as they are', async () => {
  const em = (await open(await temporaryFile())).fork()
  for (const text of ['\0', "it's\0'here'\0\0", '\0?'])
    expect(
      await em.execute('select ? as text, length(?) > 0 as more where ? in (?, 1)', [text, 'x', text, text]),
    ).toEqual([{ text, more: 1 }])
})
