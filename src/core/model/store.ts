import type { FolderName } from './folders.ts'

/** A name in the store, e.g. `voices/ab/abcdef….wav`, as used in rows and payloads. */
export type StoredName = `${FolderName}/${string}`

/** Folders whose files are named by their content. */
export type KeyedFolder = Exclude<FolderName, 'videos' | 'answers' | 'tmp'>

export interface StoredFile {
  /** The name within the store. */
  path: string
  bytes: number
  /** When it was last created or requested, in milliseconds. */
  usedAt: number
}

/**
 * The files of all drafts, under names that are independent of the location: a folder on this machine today, a bucket (S3)
 * for several machines. A file appears under its name only once it is complete.
 */
export interface Store {
  /**
   * A file's content, or a range of its bytes, both ends included; to be read once.
   * @throws Error if it doesn't exist.
   */
  open(name: string, range?: { from: number; to: number }): Promise<AsyncIterable<Uint8Array>>

  /**
   * Creates a file unless it exists, and returns its name; concurrent calls with the same name create it once. `produce`
   * writes to a local file with the name's extension; its errors are passed on, and nothing is left behind.
   */
  put(name: StoredName, produce: (file: string) => Promise<void>): Promise<string>

  /**
   * Provides a file to a program that reads from the disk, such as ffmpeg: `work` gets a local path that is valid until it
   * ends and must not be written to. If there is no such file, reading it fails.
   */
  withLocalFile<T>(name: string, work: (file: string) => Promise<T>): Promise<T>

  /** Same, for several files, in order. */
  withLocalFiles<T>(names: readonly string[], work: (files: string[]) => Promise<T>): Promise<T>

  /** A new local path for a temporary file, or for one that is later `put`. The caller removes it. */
  temporary(extension?: string): Promise<string>

  /** True for a file that exists and isn't empty. */
  has(name: string): Promise<boolean>

  /** The size in bytes; null if the file doesn't exist. */
  size(name: string): Promise<number | null>

  /** The files of a folder, or those with the given names (without folders). */
  list(folder: FolderName, isWanted?: (name: string) => boolean): Promise<StoredFile[]>

  /** Foreign files at the store's location, which are left alone: their names, sorted. */
  foreign(): Promise<string[]>

  /** Removes what killed backups and restores have left at the store's location. */
  removeForsaken(): Promise<void>

  /** Removes a file, even while it is in use; does nothing if it doesn't exist. */
  remove(name: string): Promise<void>

  /**
   * Removes an unreferenced file, unless running work holds it or it was used after `unusedSince` (milliseconds).
   * @returns the number of bytes freed; null if the file was kept.
   */
  discard(name: string, unusedSince: number): Promise<number | null>

  /**
   * Marks a file as used now, for the least-recently-used order of the caches, and holds it for the running work.
   * @returns whether it exists.
   */
  touch(name: string): Promise<boolean>

  /**
   * Something that depends on nothing but `key`, which names stored files and so their content: computed by `find`, or
   * returned as it was computed before, if that is still known. An error of `find` is passed on, and isn't remembered.
   */
  derived<T extends object | string>(key: string, find: () => Promise<T>): Promise<T>

  /** Holds a file for the running work, if there is any. */
  hold(name: string): void

  /**
   * Runs work that creates or looks up files and then records their use in the database. Until it ends, `discard` doesn't
   * remove any of them.
   * @param whenDone gets the created and looked-up files, also if the work failed; they are held until it has ended, too.
   */
  holding<T>(work: () => Promise<T>, whenDone?: (files: ReadonlySet<string>) => Promise<void>): Promise<T>
}

/** The name of a file by the hash of its inputs. */
export function storedName(folder: KeyedFolder, key: string, extension: string): StoredName {
  return `${folder}/${key.slice(0, 2)}/${key}.${extension}`
}
