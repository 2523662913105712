/** The moments at which a kill loses most. */
export const MOMENTS = [
  /** The script is being written. */
  'script',
  /** A voice is being made, or footage fetched. */
  'voice',
  'footage',
  /** ffmpeg is making a video that a person is waiting for. */
  'render',
  /** A video is on its way to the platform. */
  'upload',
  /** The platform has done it, and the bot doesn't know yet. */
  'opened',
  'sent',
  'posted',
  'edited',
  'removed',
  /** Something has been changed, and the person hasn't been told yet. */
  'answer',
] as const

export type Moment = (typeof MOMENTS)[number]

/** To be called whenever a moment has come. */
export type Reached = (moment: Moment) => void

/** Ends this process like `kill -9` when a moment comes for the nth time. */
export function endAt(moment: string | undefined, nth: number): Reached {
  let left = nth
  return (reached) => {
    if (reached !== moment) return
    left -= 1
    if (left <= 0) process.kill(process.pid, 'SIGKILL')
  }
}
