import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import SqliteFile from 'better-sqlite3'
import { type Entry, extract } from 'tar-stream'
import { MIGRATIONS } from '../../../db/orm-config.ts'
import { isDiskFull, isNodeError } from '../../model/failure.ts'
import { isBesideFilm } from '../../model/film-files.ts'
import { type Inventory, inventoryOf } from './inventory.ts'
import { BackupError, DATABASE, FILES, FORMAT, MANIFEST, MANIFEST_MAX, Manifest } from './manifest.ts'

export interface RestoreOptions {
  /** DATA_DIR, absolute; used by this process only. */
  root: string
  /** The SQLite file to create or, with `force`, replace. */
  database: string
  archive: string
  /** True to replace existing data. */
  force: boolean
  signal?: AbortSignal
}

/**
 * Restores a backup of `makeBackup`. Everything is unpacked next to the existing data and checked (names, sizes, hashes,
 * the database itself) before anything is replaced; if anything is wrong, the folder stays unchanged.
 * @returns the archive's manifest.
 * @throws BackupError: the folder is in use, or the archive is damaged, foreign, from a newer version, or larger than the
 * free space.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { root, database, force } = options
  await mkdir(root, { recursive: true, mode: 0o700 })
  if (!force) await requireEmpty(root, database)
  const staging = path.join(root, `.restore-${process.pid}-${randomUUID()}`)
  await mkdir(staging, { mode: 0o700 })
  try {
    const manifest = await unpack(options, staging)
    await requireSound(path.join(staging, DATABASE), manifest)
    for (const [index, { path: file }] of manifest.files.entries()) {
      const target = path.join(root, file)
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
      await rename(path.join(staging, String(index)), target)
    }
    // Last, because nothing refers to the files without it.
    await replaceDatabase(path.join(staging, DATABASE), database)
    return manifest
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** What may already exist: this process's lock, and leftovers of killed tools. */
const NOTHING = /^(?:lock\.|\.restore-|\.backup-)/

async function requireEmpty(root: string, database: string): Promise<void> {
  const names = await readdir(root)
  if (!existsSync(database) && names.every((name) => NOTHING.test(name))) return
  throw new BackupError(`${root} is not empty. Use --force to replace what is there with the backup.`)
}

async function unpack({ archive, root, signal }: RestoreOptions, staging: string): Promise<Manifest> {
  const entries = extract()
  const reading = pipeline(createReadStream(archive), createGunzip(), entries, { ...(signal && { signal }) })
  const taking = take(entries, root, staging).catch((error: unknown) => {
    entries.destroy()
    throw error
  })
  const [read, taken] = await Promise.allSettled([reading, taking])
  // Our own refusal stops the reading, and a broken archive stops the writing; the first of the two errors is the cause.
  const reason = [taken, read].find(
    (each) => each.status === 'rejected' && each.reason instanceof BackupError,
  )
  if (reason?.status === 'rejected') throw reason.reason
  if (read.status === 'rejected') throw asBackupError(archive, read.reason)
  if (taken.status === 'rejected') throw asBackupError(archive, taken.reason)
  return taken.value
}

async function take(entries: AsyncIterable<Entry>, root: string, staging: string): Promise<Manifest> {
  let manifest: Manifest | null = null
  const expected = new Map<string, { file: string; bytes: number; sha256: string }>()
  for await (const entry of entries) {
    const { name, type, size = 0 } = entry.header
    if (manifest === null) {
      if (name !== MANIFEST || type !== 'file') throw foreign()
      manifest = readManifest(await textOf(entry))
      expected.set(DATABASE, { file: DATABASE, ...manifest.database })
      for (const [index, { path, ...rest }] of manifest.files.entries())
        expected.set(`${FILES}${path}`, { file: String(index), ...rest })
      await requireRoom(root, manifest)
      continue
    }
    const wanted = expected.get(name)
    // Whatever its name in the archive, it is written where the validated manifest says.
    if (!wanted || type !== 'file') throw damaged(`it contains an unexpected entry (${inShort(name)})`)
    if (size !== wanted.bytes) throw damaged(`${inShort(name)} has the wrong size`)
    expected.delete(name)
    const hash = createHash('sha256')
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    const target = createWriteStream(path.join(staging, wanted.file), {
      flags: 'wx',
      mode: 0o600,
      flush: true,
    })
    await pipeline(entry, hashing, target)
    if (hash.digest('hex') !== wanted.sha256)
      throw damaged(`the contents of ${inShort(name)} do not match its checksum`)
  }
  if (manifest === null) throw foreign()
  const [first] = expected.keys()
  if (first !== undefined) throw damaged(`${inShort(first)} is missing from it`)
  return manifest
}

function readManifest(text: string): Manifest {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (cause) {
    throw damaged('its list of contents cannot be read', cause)
  }
  const format = typeof read === 'object' && read !== null && 'format' in read ? read.format : null
  if (typeof format === 'number' && format > FORMAT) throw newer(`its format is ${format}`)
  const manifest = Manifest.safeParse(read)
  if (!manifest.success) throw damaged('its list of contents is not valid', manifest.error)
  const known = new Set(MIGRATIONS.map(({ name }) => name))
  const unknown = manifest.data.migrations.filter((name) => !known.has(name))
  if (unknown.length > 0) throw newer(`it contains ${unknown.slice(0, 3).map(inShort).join(', ')}`)
  return manifest.data
}

async function textOf(entry: Entry): Promise<string> {
  if ((entry.header.size ?? 0) > MANIFEST_MAX) throw damaged('its list of contents is too long')
  const chunks: Buffer[] = []
  for await (const chunk of entry) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const MEGABYTE = 1024 ** 2

async function requireRoom(root: string, { database, files }: Manifest): Promise<void> {
  const needed = files.reduce((sum, { bytes }) => sum + bytes, database.bytes)
  const { bavail, bsize } = await statfs(root)
  if (needed <= bavail * bsize) return
  const [wanted, free] = [needed, bavail * bsize].map((bytes) => Math.ceil(bytes / MEGABYTE))
  throw new BackupError(
    `The backup needs ${wanted} MB of disk space, but only ${free} MB is free in ${root}.`,
  )
}

/** The database must be intact, match the manifest, and only refer to existing files within the store. */
async function requireSound(database: string, { files, missing, migrations }: Manifest): Promise<void> {
  const inventory = await wholeInventory(database)
  if (inventory.migrations.join() !== migrations.join())
    throw damaged('its database has a different version than its list of contents says')
  const known = new Set([...files.map(({ path }) => path), ...missing])
  const lost = inventory.files.find((file) => !known.has(file) && !isBesideFilm(file))
  if (lost !== undefined) throw damaged(`its database refers to ${inShort(lost)}, which is missing from it`)
}

async function wholeInventory(database: string): Promise<Inventory> {
  try {
    const file = new SqliteFile(database, { fileMustExist: true })
    const found = file.pragma('integrity_check(1)', { simple: true })
    file.close()
    if (found !== 'ok') throw new Error(String(found))
    return await inventoryOf(database)
  } catch (cause) {
    throw damaged('its database cannot be read', cause)
  }
}

async function replaceDatabase(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
  try {
    // Merges the old file's write-ahead log into it, so that it is complete until it is replaced.
    const old = new SqliteFile(to, { fileMustExist: true })
    old.pragma('journal_mode = delete')
    old.close()
  } catch {
    // It doesn't exist or is damaged, which may be why it is being replaced.
  }
  // SQLite would take the old write-ahead log for a part of the new file.
  for (const beside of ['-wal', '-shm', '-journal']) await rm(`${to}${beside}`, { force: true })
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    await copyFile(from, `${to}.restored`)
    await rename(`${to}.restored`, to)
  })
}

function damaged(detail: string, cause?: unknown): BackupError {
  return new BackupError(`The backup is damaged: ${detail}. Nothing was changed.`, { cause })
}

function foreign(): BackupError {
  return new BackupError('This file is not a Rushes backup. Nothing was changed.')
}

function newer(detail: string): BackupError {
  return new BackupError(`The backup was made by a newer version of Rushes (${detail}). Update Rushes first.`)
}

function asBackupError(archive: string, cause: unknown): unknown {
  if (isDiskFull(cause)) return new BackupError('The disk is full. Nothing was changed.', { cause })
  if (!isNodeError(cause)) return damaged('it is cut short or is not an archive', cause)
  if (cause.syscall === 'open' || cause.syscall === 'read')
    return new BackupError(`${archive} cannot be read (${cause.code}).`, { cause })
  return cause.code?.startsWith('Z_') || cause.syscall === undefined
    ? damaged('it is cut short or is not an archive', cause)
    : cause
}

function inShort(name: string): string {
  return JSON.stringify(name.slice(0, 100))
}
