import type { Ffmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'
import type { FfmpegPool, Urgency } from '../../src/core/media/ffmpeg/pool.ts'
import { UserError } from '../../src/core/model/errors.ts'

/** Blocks ffmpeg runs of one urgency until `open` is called, as if they took long; cancelling a blocked run ends it at once. */
export function gate(ffmpeg: Ffmpeg, urgency: Urgency) {
  const { pool } = ffmpeg
  const { promise, resolve } = Promise.withResolvers<void>()
  let waiting = 0
  const gated: FfmpegPool = {
    concurrency: pool.concurrency,
    run: (wanted, signal, work) =>
      pool.run(wanted, signal, async (signal) => {
        if (wanted === urgency) {
          waiting += 1
          const stopped = new Promise<never>((_resolve, reject) => {
            const stop = () => reject(new UserError('cancelled'))
            if (signal?.aborted) stop()
            signal?.addEventListener('abort', stop, { once: true })
          })
          await Promise.race([promise, stopped])
        }
        return work(signal)
      }),
  }
  ffmpeg.pool = gated
  return { open: resolve, waiting: () => waiting }
}
