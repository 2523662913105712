import type { FileRef } from '../view/types.ts'

/** Where the finished video is posted. */
export interface ShownFilm {
  /** Its address; null if the platform has none. */
  link: string | null
  /** True if it is in the draft's message in the channel; false if it has its own message in the thread. */
  isInChannel: boolean
  poster: FileRef | null
}

/** The slot of the message that says a video is ready. */
export function readySlot(jobId: string): string {
  return `video:${jobId}`
}
