/** What is good, by the hash of its content and the build that has decoded it. What is forgotten is decoded once more. */
export interface CheckedFiles {
  get(key: string): Promise<CheckedFootage | null>
  set(key: string, found: CheckedFootage): Promise<void>
}

/** What a file was found to be. */
export interface CheckedFootage {
  kind: 'video' | 'image'
  /** Seconds that decode; null for a still. */
  duration: number | null
  /** Under which it is kept. */
  extension: string
}
