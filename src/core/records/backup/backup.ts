import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import SqliteFile from 'better-sqlite3'
import { type Pack, pack } from 'tar-stream'
import { removeForsaken } from '../../media/store/forsaken.ts'
import { inventoryOf, measure } from './inventory.ts'
import { DATABASE, FILES, FORMAT, MANIFEST, type Manifest } from './manifest.ts'
import { pinTogether } from './pin.ts'

export interface BackupOptions {
  /** DATA_DIR, absolute. */
  root: string
  /** The SQLite file. A program may be writing to it. */
  database: string
  /** The archive, which must not exist yet. */
  archive: string
  /** An empty folder, removed by the caller; needs space for a copy of the database. */
  scratch: string
  now: Date
  signal?: AbortSignal
}

export interface BackupReport {
  files: number
  /** The size of its content before compression. */
  bytes: number
  missing: string[]
}

/** Milliseconds to wait for the database while it is being written to. */
const BUSY = 10_000
/** Videos and voices hardly compress; the database does. */
const LEVEL = 1

/**
 * Writes a consistent copy of the database and the files that its drafts need into one archive (tar, gzip). Files that can
 * be recreated (clips, sounds, previews), settings and keys are left out. The program may be running: nothing is locked.
 * @throws errors of the file system and SQLite.
 */
export async function makeBackup(options: BackupOptions): Promise<BackupReport> {
  const { root, archive, now, signal } = options
  await removeForsaken(root)
  const pins = path.join(root, `${PINS}${process.pid}-${randomUUID()}`)
  await mkdir(pins, { mode: 0o700 })
  try {
    const copy = path.join(options.scratch, DATABASE)
    const take = async () => {
      signal?.throwIfAborted()
      await rm(copy, { force: true })
      copyDatabase(options.database, copy)
      return inventoryOf(copy)
    }
    const { pinned, missing, migrations } = await pinTogether(root, pins, take)
    const files: Manifest['files'] = []
    for (const [file, pin] of pinned) {
      signal?.throwIfAborted()
      files.push({ path: file, ...(await measure(pin)) })
    }
    const database = await measure(copy)
    const manifest = { format: FORMAT, createdAt: now.toISOString(), migrations, database, files, missing }
    const sources = [
      { name: DATABASE, file: copy, bytes: database.bytes },
      ...files.map(({ path, bytes }) => ({ name: `${FILES}${path}`, file: pinned.get(path) ?? '', bytes })),
    ]
    await write(archive, manifest, sources, signal)
    return { files: files.length, bytes: sources.reduce((sum, { bytes }) => sum + bytes, 0), missing }
  } finally {
    await rm(pins, { recursive: true, force: true })
  }
}

/** Hidden, so that they aren't taken for files of the store. */
const PINS = '.backup-'

/** A consistent copy despite concurrent writes, without the file's free pages. Blocks until it is done. */
function copyDatabase(database: string, copy: string): void {
  const source = new SqliteFile(database, { fileMustExist: true, timeout: BUSY })
  try {
    source.prepare('vacuum into ?').run(copy)
  } finally {
    source.close()
  }
}

interface Source {
  name: string
  file: string
  bytes: number
}

async function write(
  archive: string,
  manifest: Manifest,
  sources: Source[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const entries = pack()
  const target = createWriteStream(archive, { flags: 'wx', mode: 0o600, flush: true })
  const writing = pipeline(entries, createGzip({ level: LEVEL }), target, { ...(signal && { signal }) })
  const filling = fill(entries, manifest, sources).catch((error: Error) => {
    entries.destroy(error)
    throw error
  })
  // Both must end before their output is removed. The write error is more informative than the resulting error of the producer.
  const ended = await Promise.allSettled([writing, filling])
  for (const each of ended) if (each.status === 'rejected') throw each.reason
}

async function fill(entries: Pack, manifest: Manifest, sources: Source[]): Promise<void> {
  const about = { mode: 0o600, mtime: new Date(manifest.createdAt) }
  entries.entry({ ...about, name: MANIFEST }, JSON.stringify(manifest))
  for (const { name, file, bytes } of sources)
    await pipeline(createReadStream(file), entries.entry({ ...about, name, size: bytes }))
  entries.finalize()
}
