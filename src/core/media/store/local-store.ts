import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { isNodeError } from '../../model/failure.ts'
import { FOLDERS, type FolderName } from '../../model/folders.ts'
import type { Store, StoredFile, StoredName } from '../../model/store.ts'
import { removeForsaken } from './forsaken.ts'

/** What is remembered of the content of files: at most a kilobyte each. Every view of a long draft needs the names of all its clips. */
const DERIVED = 6000

/**
 * The store of one process, as files in a folder on this machine; the folder may be moved. Which files are being created or
 * held is only known to this process: another one on the same folder may create a file a second time, which is harmless,
 * and only removes files that have not been used for a while.
 */
export class LocalStore implements Store {
  readonly root: string
  #making = new Map<string, Promise<string>>()
  /** Files that running work has created or looked up, which the cleanup leaves alone. */
  #holding = new AsyncLocalStorage<Set<string>>()
  /** Files held by finished work, because what it started, such as the next job, still counts as part of it. */
  readonly #over = new WeakSet<Set<string>>()
  #held = new Map<string, number>()
  readonly #derived = new LRUCache<string, object | string>({ max: DERIVED })

  /** @param root the folder; created with the first file. */
  constructor(root: string) {
    this.root = path.resolve(root)
  }

  async open(name: string, range?: { from: number; to: number }): Promise<AsyncIterable<Uint8Array>> {
    const file = await open(this.#local(name))
    return file.createReadStream(range && { start: range.from, end: range.to })
  }

  async put(name: StoredName, produce: (file: string) => Promise<void>): Promise<string> {
    this.hold(name)
    for (;;) {
      const others = this.#making.get(name)
      if (!others) break
      // The other caller may be cancelled for its own reasons; then it is this caller's turn.
      await others.catch(() => undefined)
    }
    if (await this.touch(name)) return name
    const again = this.#making.get(name)
    if (again) return this.put(name, produce)
    const making = this.#produce(name, produce)
    this.#making.set(name, making)
    try {
      return await making
    } finally {
      this.#making.delete(name)
    }
  }

  withLocalFile<T>(name: string, work: (file: string) => Promise<T>): Promise<T> {
    return work(this.#local(name))
  }

  withLocalFiles<T>(names: readonly string[], work: (files: string[]) => Promise<T>): Promise<T> {
    return work(names.map((name) => this.#local(name)))
  }

  /** On the same disk. */
  async temporary(extension = 'part'): Promise<string> {
    const file = this.#local(`tmp/${process.pid}-${randomUUID()}.${extension}`)
    await mkdir(path.dirname(file), { recursive: true })
    return file
  }

  async derived<T extends object | string>(key: string, find: () => Promise<T>): Promise<T> {
    const known = this.#derived.get(key)
    // Each key is only ever used with one type.
    if (known !== undefined) return known as T
    const found = await find()
    this.#derived.set(key, found)
    return found
  }

  async has(name: string): Promise<boolean> {
    return ((await this.size(name)) ?? 0) > 0
  }

  async size(name: string): Promise<number | null> {
    return stat(this.#local(name)).then(
      ({ size }) => size,
      () => null,
    )
  }

  async list(folder: FolderName, isWanted: (name: string) => boolean = () => true): Promise<StoredFile[]> {
    const entries = await orNone(readdir(this.#local(folder), { recursive: true, withFileTypes: true }))
    const files: StoredFile[] = []
    for (const entry of entries ?? []) {
      if (!entry.isFile() || !isWanted(entry.name)) continue
      const file = path.join(entry.parentPath, entry.name)
      // It may have been removed since the folder was read.
      const found = await orNone(stat(file))
      if (!found) continue
      const name = path.relative(this.root, file).replaceAll(path.sep, '/')
      files.push({ path: name, bytes: found.size, usedAt: usedAt(found) })
    }
    return files
  }

  async foreign(): Promise<string[]> {
    // With a database elsewhere, there may be no folder yet.
    const entries = await orNone(readdir(this.root))
    return (entries ?? []).filter((name) => !Object.hasOwn(FOLDERS, name) && !BESIDE.test(name)).sort()
  }

  async removeForsaken(): Promise<void> {
    await removeForsaken(this.root)
  }

  async remove(name: string): Promise<void> {
    await rm(this.#local(name), { force: true })
  }

  /**
   * Another process may be about to use the file, so it is moved aside first and checked again; synchronously, so that
   * nothing else in this process happens in between.
   */
  async discard(name: string, unusedSince: number): Promise<number | null> {
    if (this.#held.has(name)) return null
    const file = this.#local(name)
    const found = statSync(file, { throwIfNoEntry: false })
    if (!found || usedAt(found) > unusedSince) return null
    const aside = this.#local(`tmp/${process.pid}-${randomUUID()}.discarded`)
    mkdirSync(path.dirname(aside), { recursive: true })
    renameSync(file, aside)
    const state = statSync(aside)
    if (usedAt(state) > unusedSince) {
      renameSync(aside, file)
      return null
    }
    rmSync(aside, { force: true })
    return state.size
  }

  async touch(name: string): Promise<boolean> {
    this.hold(name)
    if (!(await this.has(name))) return false
    const now = new Date()
    return utimes(this.#local(name), now, now).then(
      () => true,
      () => false,
    )
  }

  hold(name: string): void {
    const mine = this.#holding.getStore()
    if (!mine || this.#over.has(mine) || mine.has(name)) return
    mine.add(name)
    this.#held.set(name, (this.#held.get(name) ?? 0) + 1)
  }

  async holding<T>(
    work: () => Promise<T>,
    whenDone?: (files: ReadonlySet<string>) => Promise<void>,
  ): Promise<T> {
    const mine = new Set<string>()
    try {
      const done = await this.#holding.run(mine, work).catch(async (error: unknown) => {
        // The work's own error is more informative.
        if (mine.size > 0) await whenDone?.(mine).catch(() => undefined)
        throw error
      })
      if (mine.size > 0) await whenDone?.(mine)
      return done
    } finally {
      this.#over.add(mine)
      for (const name of mine) {
        const others = (this.#held.get(name) ?? 1) - 1
        if (others > 0) this.#held.set(name, others)
        else this.#held.delete(name)
      }
    }
  }

  #local(name: string): string {
    return path.join(this.root, name)
  }

  async #produce(name: string, produce: (file: string) => Promise<void>): Promise<string> {
    const temporary = await this.temporary(path.extname(name).slice(1))
    try {
      await produce(temporary)
      const target = this.#local(name)
      await mkdir(path.dirname(target), { recursive: true })
      // Its age counts from here, however long it took to create.
      const now = new Date()
      await utimes(temporary, now, now)
      await rename(temporary, target)
      return name
    } finally {
      await rm(temporary, { force: true })
    }
  }
}

/** Milliseconds by which a file's time may be in the future: network folders have their own clocks. */
const AHEAD = 24 * 3_600_000

/**
 * When a file was last used, in milliseconds; 0 for a time in the future: the clock has been set back since, so it is
 * unknown.
 */
function usedAt({ mtimeMs }: { mtimeMs: number }): number {
  return mtimeMs > Date.now() + AHEAD ? 0 : mtimeMs
}

/** The database and the lock, with SQLite's files next to them, and the temporary files of backups and restores. */
const BESIDE =
  /^(.+\.sqlite(-wal|-shm|-journal)?|lock\.json(\.\d+)?|(credentials|webhook)\.key(\.\d+)?|\.(backup|restore)-.+)$/

/** Null if there is no such file or folder. */
async function orNone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (isNodeError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}
