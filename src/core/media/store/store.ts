import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FolderName } from './folders.ts'

/** Folders whose files can be made again from the others. */
export const CACHES = ['clips', 'sounds', 'previews'] as const satisfies FolderName[]
/** Folders whose files are named after what they hold. */
export type StoreKind = Exclude<FolderName, 'videos' | 'answers' | 'tmp'>

/**
 * Content-addressed files under one folder. A file appears under its final name only when it is complete;
 * the same key made twice at once is made once. Paths given out and taken in are relative to the folder
 * (`voices/ab/abcdef….wav`), so that the folder can be moved.
 */
export class AssetStore {
  readonly root: string
  #making = new Map<string, Promise<string>>()
  /** What the work that is under way here has made or looked up, so that cleaning leaves it alone. */
  #holding = new AsyncLocalStorage<Set<string>>()
  /** What work that is over has held: what it left to others, such as the next job of the queue, still counts as a part of it. */
  readonly #over = new WeakSet<Set<string>>()
  #held = new Map<string, number>()

  constructor(root: string) {
    this.root = path.resolve(root)
  }

  absolute(relative: string): string {
    return path.join(this.root, relative)
  }

  /** The path in the store of a file under its folder. */
  relative(absolute: string): string {
    return path.relative(this.root, absolute).replaceAll(path.sep, '/')
  }

  /** The path of a file in one of the store's folders. */
  inFolder(folder: FolderName, name: string): string {
    return path.posix.join(folder, name)
  }

  pathFor(kind: StoreKind, key: string, extension: string): string {
    return this.inFolder(kind, `${key.slice(0, 2)}/${key}.${extension}`)
  }

  async has(relative: string): Promise<boolean> {
    return ((await this.size(relative)) ?? 0) > 0
  }

  /** Bytes; null when the file is not there. */
  async size(relative: string): Promise<number | null> {
    return stat(this.absolute(relative)).then(
      ({ size }) => size,
      () => null,
    )
  }

  /**
   * Runs work that makes or looks up files and then writes down in the database that it uses them. Until it is over,
   * `discard` removes none of them.
   * @param whenDone gets the files that were made or looked up, also when the work has failed; they are held until it
   * has ended as well.
   */
  async holding<T>(
    work: () => Promise<T>,
    whenDone?: (files: ReadonlySet<string>) => Promise<void>,
  ): Promise<T> {
    const mine = new Set<string>()
    try {
      const done = await this.#holding.run(mine, work).catch(async (error: unknown) => {
        // What the work has failed with says more.
        if (mine.size > 0) await whenDone?.(mine).catch(() => undefined)
        throw error
      })
      if (mine.size > 0) await whenDone?.(mine)
      return done
    } finally {
      this.#over.add(mine)
      for (const relative of mine) {
        const others = (this.#held.get(relative) ?? 1) - 1
        if (others > 0) this.#held.set(relative, others)
        else this.#held.delete(relative)
      }
    }
  }

  /**
   * Returns the path of the file with this key, making it first if it is not there. `produce` writes to a
   * temporary file; whatever it throws is passed on and nothing is left behind.
   */
  async make(
    kind: StoreKind,
    key: string,
    extension: string,
    produce: (temporary: string) => Promise<void>,
  ): Promise<string> {
    const relative = this.pathFor(kind, key, extension)
    this.hold(relative)
    for (;;) {
      const others = this.#making.get(relative)
      if (!others) break
      // The other caller may be cancelled for its own reasons; then it is this caller's turn.
      await others.catch(() => undefined)
    }
    if (await this.touch(relative)) return relative
    const again = this.#making.get(relative)
    if (again) return this.make(kind, key, extension, produce)
    const making = this.#produce(relative, extension, produce)
    this.#making.set(relative, making)
    try {
      return await making
    } finally {
      this.#making.delete(relative)
    }
  }

  /** Moves a finished temporary file into the store under the hash of its content. */
  async adopt(kind: StoreKind, temporary: string, extension: string): Promise<string> {
    const relative = this.pathFor(kind, await hashFile(temporary), extension)
    if (await this.touch(relative)) await rm(temporary, { force: true })
    else await this.#place(temporary, relative)
    return relative
  }

  /** A new path in the store's own temporary folder, on the same disk. The caller removes it. */
  async temporary(extension = 'part'): Promise<string> {
    const file = this.absolute(this.inFolder('tmp', `${process.pid}-${randomUUID()}.${extension}`))
    await mkdir(path.dirname(file), { recursive: true })
    return file
  }

  /** Counts a file as used by the work under way, if there is some: it is kept for it. */
  hold(relative: string): void {
    const mine = this.#holding.getStore()
    if (!mine || this.#over.has(mine) || mine.has(relative)) return
    mine.add(relative)
    this.#held.set(relative, (this.#held.get(relative) ?? 0) + 1)
  }

  /**
   * Marks a file as used now, for the least-recently-used order of the caches, and keeps it for the work under way.
   * @returns whether it is there.
   */
  async touch(relative: string): Promise<boolean> {
    this.hold(relative)
    if (!(await this.has(relative))) return false
    const now = new Date()
    return utimes(this.absolute(relative), now, now).then(
      () => true,
      () => false,
    )
  }

  /**
   * Removes a file that nothing refers to, unless work under way holds it or it was used after `unusedSince`
   * (milliseconds). Another process may be about to use it, so it is moved aside first and looked at once more; all in one
   * go, so that nothing else of this process comes in between.
   * @returns the bytes that were freed; null when the file was kept.
   */
  discard(relative: string, unusedSince: number): number | null {
    if (this.#held.has(relative)) return null
    const file = this.absolute(relative)
    const found = statSync(file, { throwIfNoEntry: false })
    if (!found || found.mtimeMs > unusedSince) return null
    const aside = this.absolute(this.inFolder('tmp', `${process.pid}-${randomUUID()}.discarded`))
    mkdirSync(path.dirname(aside), { recursive: true })
    renameSync(file, aside)
    const { mtimeMs, size } = statSync(aside)
    if (mtimeMs > unusedSince) {
      renameSync(aside, file)
      return null
    }
    rmSync(aside, { force: true })
    return size
  }

  async #produce(
    relative: string,
    extension: string,
    produce: (temporary: string) => Promise<void>,
  ): Promise<string> {
    const temporary = await this.temporary(extension)
    try {
      await produce(temporary)
      await this.#place(temporary, relative)
      return relative
    } finally {
      await rm(temporary, { force: true })
    }
  }

  async #place(temporary: string, relative: string): Promise<void> {
    const target = this.absolute(relative)
    await mkdir(path.dirname(target), { recursive: true })
    // Its age counts from here, however long it took to make.
    const now = new Date()
    await utimes(temporary, now, now)
    await rename(temporary, target)
  }
}

/** SHA-256 over a canonical JSON form of the parts, as 40 hex digits. */
export function hashOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
}

/** SHA-256 of what is in a file, as 40 hex digits. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex').slice(0, 40)
}
