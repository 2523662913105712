import type { FolderName } from './folders.ts'

/** Where content is in the store, e.g. `voices/ab/abcdef….wav`: what rows and payloads carry. */
export type StoredName = `${FolderName}/${string}`

/** Folders whose files are named after what they hold. */
export type KeyedFolder = Exclude<FolderName, 'videos' | 'answers' | 'tmp'>

export interface StoredFile {
  /** Within the store. */
  path: string
  bytes: number
  /** When it was last made or asked for, in milliseconds. */
  usedAt: number
}

/**
 * The files of all drafts, by names that say nothing of where they lie: in a folder of this machine today, in a bucket (S3)
 * for several machines. A file appears under its name only when it is complete.
 */
export interface Store {
  /**
   * What a file holds, or the bytes of it from one to another, both included; to be read once.
   * @throws Error when it is not there.
   */
  open(name: string, range?: { from: number; to: number }): Promise<AsyncIterable<Uint8Array>>

  /**
   * Makes a file unless it is there, and returns its name; the same name asked for twice at once is made once. `produce` writes
   * to a local file with the name's extension; whatever it throws is passed on and nothing is left behind.
   */
  put(name: StoredName, produce: (file: string) => Promise<void>): Promise<string>

  /**
   * Lends a file to a program that reads from the disk, such as ffmpeg: `work` gets a local path that is good until it is over and
   * must not be written to. Where there is no such file, reading it fails.
   */
  withLocalFile<T>(name: string, work: (file: string) => Promise<T>): Promise<T>

  /** The same for several, in their order. */
  withLocalFiles<T>(names: readonly string[], work: (files: string[]) => Promise<T>): Promise<T>

  /** A new local path for something that is only written on the way, or is `put` when it is finished. The caller removes it. */
  temporary(extension?: string): Promise<string>

  /** True for a file that is there and not empty. */
  has(name: string): Promise<boolean>

  /** Bytes; null when the file is not there. */
  size(name: string): Promise<number | null>

  /** The files of a folder, or those with such names (without their folders). */
  list(folder: FolderName, isWanted?: (name: string) => boolean): Promise<StoredFile[]>

  /** What lies where the store is and belongs to somebody else, which is left alone: names, sorted. */
  foreign(): Promise<string[]>

  /** Removes what backups and restores that were killed have left where the store is. */
  removeForsaken(): Promise<void>

  /** Removes a file, also while somebody uses it; nothing happens when it is not there. */
  remove(name: string): Promise<void>

  /**
   * Removes a file that nothing refers to, unless work under way holds it or it was used after `unusedSince` (milliseconds).
   * @returns the bytes that were freed; null when the file was kept.
   */
  discard(name: string, unusedSince: number): Promise<number | null>

  /**
   * Marks a file as used now, for the least-recently-used order of the caches, and keeps it for the work under way.
   * @returns whether it is there.
   */
  touch(name: string): Promise<boolean>

  /** Counts a file as used by the work under way, if there is some: it is kept for it. */
  hold(name: string): void

  /**
   * Runs work that makes or looks up files and then writes down in the database that it uses them. Until it is over,
   * `discard` removes none of them.
   * @param whenDone gets the files that were made or looked up, also when the work has failed; they are held until it
   * has ended as well.
   */
  holding<T>(work: () => Promise<T>, whenDone?: (files: ReadonlySet<string>) => Promise<void>): Promise<T>
}

/** The name of the file that is made from what the key is the hash of. */
export function storedName(folder: KeyedFolder, key: string, extension: string): StoredName {
  return `${folder}/${key.slice(0, 2)}/${key}.${extension}`
}
