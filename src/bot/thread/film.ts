import type { FileRef } from '../view/types.ts'

/** Where people find the finished video. */
export interface ShownFilm {
  /** An address that leads there; null where the platform has none. */
  link: string | null
  /** True where it stands in the message of the draft in its channel; false where it has a message of its own in the thread. */
  isInChannel: boolean
  poster: FileRef | null
}

/** The slot of the message by which people learn that a video is ready. */
export function readySlot(jobId: string): string {
  return `video:${jobId}`
}
