import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { newJobId } from '../../../../src/core/model/ids.ts'
import { BackupError } from '../../../../src/core/records/backup/manifest.ts'
import { restoreBackup } from '../../../../src/core/records/backup/restore.ts'
import { openDatabase } from '../../../../src/db/database.ts'
import { AuditEntity } from '../../../../src/db/entities/audit.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { MIGRATIONS } from '../../../../src/db/orm-config.ts'
import { insertJob } from '../../../../src/jobs/job-rows.ts'
import { temporaryFolder } from '../../../factories/folder.ts'

interface Part {
  name: string
  content: string | Buffer
  type?: 'file' | 'symlink' | 'directory'
  linkname?: string
}

const databases = new Map<string, Promise<Buffer>>()

/** A database with one render whose video is at the given path; made once for all tests. */
function databaseWith(video: string): Promise<Buffer> {
  const made = databases.get(video) ?? makeDatabase(video)
  databases.set(video, made)
  return made
}

async function makeDatabase(video: string): Promise<Buffer> {
  const file = path.join(await temporaryFolder(), 'made.sqlite')
  const db = await openDatabase(file)
  const em = db.fork()
  const now = new Date()
  const job = {
    kind: 'finalize',
    key: newJobId(now),
    draftId: null,
    workspace: 'w',
    requester: null,
  } as const
  const jobId = await insertJob(em, job, now)
  await em.nativeUpdate(JobEntity, { jobId }, { outputVideoPath: video })
  await db.close()
  return readFile(file)
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const described = (content: string | Buffer) => ({
  bytes: Buffer.byteLength(content),
  sha256: sha256(content),
})

const VIDEO = 'videos/one.mp4'

/** The contents of a valid archive. */
async function good() {
  const database = await databaseWith(VIDEO)
  const manifest = {
    ...{ format: 1, createdAt: '2026-01-02T03:04:05.000Z', migrations: MIGRATIONS.map(({ name }) => name) },
    ...{ database: described(database), files: [{ path: VIDEO, ...described('a film') }], missing: [] },
  }
  const parts: Part[] = [
    { name: 'database.sqlite', content: database },
    { name: `files/${VIDEO}`, content: 'a film' },
  ]
  return { manifest, parts, database }
}

async function archiveOf(manifest: object | string, parts: Part[]): Promise<Buffer> {
  const entries = pack()
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
  for (const { name, content, type = 'file', linkname } of [
    { name: 'manifest.json', content: text },
    ...parts,
  ] as Part[])
    if (type === 'file') entries.entry({ name }, content)
    else entries.entry({ name, type, ...(linkname !== undefined && { linkname }) })
  entries.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of entries) chunks.push(Buffer.from(chunk))
  return gzipSync(Buffer.concat(chunks))
}

/** A target to restore an archive to, in a folder that reveals what escapes from it. */
async function place(archive: Buffer) {
  const around = await temporaryFolder()
  const root = path.join(around, 'data')
  const file = path.join(around, 'backup.tar.gz')
  await writeFile(file, archive)
  const restore = (force = false) =>
    restoreBackup({ root, database: path.join(root, 'rushes.sqlite'), archive: file, force })
  const all = async () => (await readdir(around, { recursive: true })).toSorted()
  return { root, restore, all }
}

type Good = Awaited<ReturnType<typeof good>>

const BAD: [string, RegExp, (good: Good) => Promise<Buffer> | Buffer][] = [
  [
    'is cut off',
    /damaged: it is cut short/,
    async ({ manifest, parts }) => (await archiveOf(manifest, parts)).subarray(0, -400),
  ],
  [
    'is cut off between two files',
    /damaged: /,
    async ({ manifest, parts }) => {
      const tar = gunzipSync(await archiveOf(manifest, parts))
      return gzipSync(tar.subarray(0, tar.length - 2048))
    },
  ],
  [
    'has a bit that changed',
    /damaged: the contents of "files\/videos\/one\.mp4" do not match its checksum/,
    async ({ manifest, parts }) =>
      archiveOf(manifest, [...parts.slice(0, 1), { name: `files/${VIDEO}`, content: 'a Film' }]),
  ],
  [
    'has a file of another size',
    /damaged: "files\/videos\/one\.mp4" has the wrong size/,
    async ({ manifest, parts }) =>
      archiveOf(manifest, [...parts.slice(0, 1), { name: `files/${VIDEO}`, content: 'a longer film' }]),
  ],
  [
    'lacks a file',
    /damaged: "files\/videos\/one\.mp4" is missing from it/,
    ({ manifest, parts }) => archiveOf(manifest, parts.slice(0, 1)),
  ],
  [
    'has a file twice',
    /damaged: it contains an unexpected entry/,
    ({ manifest, parts }) => archiveOf(manifest, [...parts, ...parts.slice(1)]),
  ],
  [
    'has a file that goes elsewhere',
    /damaged: it contains an unexpected entry \("\.\.\/evil"\)/,
    ({ manifest, parts }) => archiveOf(manifest, [{ name: '../evil', content: 'x' }, ...parts]),
  ],
  [
    'has a link in the place of a file',
    /damaged: it contains an unexpected entry/,
    ({ manifest, parts }) =>
      archiveOf(manifest, [
        ...parts.slice(0, 1),
        { name: `files/${VIDEO}`, content: '', type: 'symlink', linkname: '/etc/passwd' },
      ]),
  ],
  ...[
    '../evil',
    '/etc/evil',
    'videos/../../evil',
    'videos//evil',
    'lock.sqlite',
    'videos/.hidden',
    'videos\\evil/x',
    `videos/${'x'.repeat(300)}`,
  ].map((evil): (typeof BAD)[number] => [
    `lists ${evil.slice(0, 30)}`,
    /damaged: its list of contents is not valid/,
    ({ manifest, parts }) =>
      archiveOf({ ...manifest, files: [{ path: evil, ...described('x') }] }, [
        ...parts.slice(0, 1),
        { name: `files/${evil}`, content: 'x' },
      ]),
  ]),
  [
    'lists a file twice',
    /damaged: its list of contents is not valid/,
    ({ manifest, parts }) => archiveOf({ ...manifest, files: [...manifest.files, ...manifest.files] }, parts),
  ],
  [
    'has a database that names a file elsewhere',
    /damaged: its database refers to "\.\.\/\.\.\/evil", which is missing from it/,
    async ({ manifest, parts }) => {
      const database = await databaseWith('../../evil')
      return archiveOf({ ...manifest, database: described(database) }, [
        { name: 'database.sqlite', content: database },
        ...parts.slice(1),
      ])
    },
  ],
  [
    'has a database that is none',
    /damaged: its database cannot be read/,
    ({ manifest, parts }) =>
      archiveOf({ ...manifest, database: described('no database') }, [
        { name: 'database.sqlite', content: 'no database' },
        ...parts.slice(1),
      ]),
  ],
  [
    'has a damaged database',
    /damaged: its database cannot be read/,
    ({ manifest, parts, database }) => {
      const broken = Buffer.from(database).fill(0xff, 4096, 20_000)
      return archiveOf({ ...manifest, database: described(broken) }, [
        { name: 'database.sqlite', content: broken },
        ...parts.slice(1),
      ])
    },
  ],
  [
    'says another version than its database is of',
    /damaged: its database has a different version/,
    ({ manifest, parts }) => archiveOf({ ...manifest, migrations: manifest.migrations.slice(0, 1) }, parts),
  ],
  [
    'is of a newer format',
    /made by a newer version of Rushes \(its format is 2\)/,
    ({ manifest, parts }) => archiveOf({ ...manifest, format: 2, files: null }, parts),
  ],
  [
    'is of a newer version',
    /made by a newer version of Rushes \(it contains "9999-later"\)/,
    ({ manifest, parts }) =>
      archiveOf({ ...manifest, migrations: [...manifest.migrations, '9999-later'] }, parts),
  ],
  [
    'has no list of contents that can be read',
    /damaged: its list of contents cannot be read/,
    ({ parts }) => archiveOf('{', parts),
  ],
  [
    'needs more than the disk has',
    /^The backup needs \d+ MB of disk space, but only \d+ MB is free in /,
    ({ manifest, parts }) =>
      archiveOf({ ...manifest, files: [{ path: VIDEO, bytes: 1e15, sha256: sha256('') }] }, parts),
  ],
  [
    'is another archive',
    /^This file is not a Rushes backup/,
    () => {
      const entries = pack()
      entries.entry({ name: 'readme.txt' }, 'Hello.')
      entries.finalize()
      return gzipSync(Buffer.from(entries.read() ?? ''))
    },
  ],
  ['is empty', /damaged|not a Rushes backup/, () => Buffer.alloc(0)],
  [
    'is no archive',
    /damaged: it is cut short or is not an archive/,
    () => Buffer.from('Hello. '.repeat(1000)),
  ],
]

describe('a restore', () => {
  it('brings back the database and its files, once', async () => {
    const { manifest, parts } = await good()
    const { root, restore, all } = await place(await archiveOf(manifest, parts))
    expect(await restore()).toEqual(manifest)
    expect(await readFile(path.join(root, VIDEO), 'utf8')).toBe('a film')
    expect(await all()).toEqual([
      'backup.tar.gz',
      'data',
      'data/rushes.sqlite',
      'data/videos',
      `data/${VIDEO}`,
    ])
    await expect(restore()).rejects.toThrow(
      /^.* is not empty\. Use --force to replace what is there with the backup\.$/,
    )
    await restore(true)
    expect(await readFile(path.join(root, VIDEO), 'utf8')).toBe('a film')
  })

  it('replaces a database, and nothing of the old one comes into it', async () => {
    const { manifest, parts } = await good()
    const { root, restore } = await place(await archiveOf(manifest, parts))
    const file = path.join(root, 'rushes.sqlite')
    const old = await openDatabase(file)
    for (let row = 0; row < 50; row += 1)
      await old.fork().insert(AuditEntity, {
        ...{ surface: 's', workspace: 'w', channelId: '', threadId: null, draftId: null, actorId: null },
        ...{ actorName: null, act: 'created', facts: {}, createdAt: new Date() },
      })
    // As a killed process leaves it: with a WAL file of changes that aren't in the database file yet.
    const beside = await readFile(`${file}-wal`)
    const itself = await readFile(file)
    await old.close()
    await writeFile(file, itself)
    await writeFile(`${file}-wal`, beside)
    await restore(true)
    const db = await openDatabase(file)
    expect(await db.fork().count(AuditEntity)).toBe(0)
    expect(await db.fork().count(JobEntity, { outputVideoPath: VIDEO })).toBe(1)
    await db.close()
  })

  it.each(BAD)('changes nothing when the archive %s', async (_, sentence, make) => {
    const { root, restore, all } = await place(await make(await good()))
    const old = await databaseWith('videos/older.mp4')
    await mkdir(root)
    await writeFile(path.join(root, 'rushes.sqlite'), old)
    const before = await all()
    const error: unknown = await restore(true).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BackupError)
    expect(error instanceof Error && error.message).toMatch(sentence)
    expect(await all()).toEqual(before)
    expect((await readFile(path.join(root, 'rushes.sqlite'))).equals(old)).toBe(true)
  })

  it('says that there is no such file', async () => {
    const root = await temporaryFolder()
    const options = { root, database: path.join(root, 'rushes.sqlite'), force: false }
    await expect(restoreBackup({ ...options, archive: path.join(root, '../none.tar.gz') })).rejects.toThrow(
      /none\.tar\.gz cannot be read \(ENOENT\)\.$/,
    )
    await expect(restoreBackup({ ...options, archive: root })).rejects.toThrow(/cannot be read \(EISDIR\)\.$/)
  })
})
