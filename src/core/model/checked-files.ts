/** What is good, by the hash of its content and the build that has decoded it. */
export type CheckedFiles = Map<string, CheckedFootage>

/** What a file was found to be. */
export interface CheckedFootage {
  kind: 'video' | 'image'
  /** Seconds that decode; null for a still. */
  duration: number | null
  /** Under which it is kept. */
  extension: string
}
