/** Files found to be good, by content hash and the build that decoded them. Forgotten ones are decoded again. */
export interface CheckedFiles {
  get(key: string): Promise<CheckedFootage | null>
  set(key: string, found: CheckedFootage): Promise<void>
}

/** What was found out about a file. */
export interface CheckedFootage {
  kind: 'video' | 'image'
  /** Seconds that could be decoded; null for a still. */
  duration: number | null
  /** The key under which it is remembered. */
  extension: string
}
