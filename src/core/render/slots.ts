import PQueue from 'p-queue'
import { UserError } from '../errors.ts'

/**
 * How much somebody waits for a run of ffmpeg: `render` is a video that was asked for, `asked` one thing that a person
 * looks at or works on, `background` what nobody has asked for yet.
 */
export type Urgency = 'render' | 'asked' | 'background'

const PRIORITY: Record<Urgency, number> = { render: 2, asked: 1, background: 0 }

/** The places for ffmpeg in this process: never more run at once, whatever they work for. */
export interface RenderSlots {
  readonly concurrency: number
  /**
   * Runs `work` when a place is free, the most urgent first. Work in the background gives its place up to a render and is
   * begun again afterwards, so it must be repeatable; `signal` is what it has to obey.
   * @throws UserError `cancelled` when the signal is given before the work has begun.
   */
  run<T>(
    urgency: Urgency,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal | undefined) => Promise<T>,
  ): Promise<T>
}

/** @param concurrency places, at least 1. */
export function createSlots(concurrency: number): RenderSlots {
  const queue = new PQueue({ concurrency: Math.max(1, concurrency) })
  const inBackground = new Set<AbortController>()

  async function run<T>(
    urgency: Urgency,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal | undefined) => Promise<T>,
  ): Promise<T> {
    if (urgency === 'render' && queue.pending >= queue.concurrency) makeRoom()
    for (;;) {
      if (urgency !== 'background') return await inPlace(urgency, signal, () => work(signal))
      const giveWay = new AbortController()
      const either = signal ? AbortSignal.any([signal, giveWay.signal]) : giveWay.signal
      try {
        return await inPlace(urgency, signal, async () => {
          inBackground.add(giveWay)
          try {
            return await work(either)
          } finally {
            inBackground.delete(giveWay)
          }
        })
      } catch (error) {
        if (!giveWay.signal.aborted || signal?.aborted) throw error
      }
    }
  }

  /** One for each render that comes: what it needs beyond that it takes as places become free. */
  function makeRoom(): void {
    for (const giveWay of inBackground) {
      if (giveWay.signal.aborted) continue
      giveWay.abort()
      return
    }
  }

  function inPlace<T>(urgency: Urgency, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    // p-queue frees the place of a task as soon as its signal is given; here the process must have ended first.
    return new Promise((resolve, reject) => {
      const leave = () => reject(new UserError('cancelled', undefined, { cause: signal?.reason }))
      if (signal?.aborted) return leave()
      signal?.addEventListener('abort', leave, { once: true })
      void queue.add(
        async () => {
          signal?.removeEventListener('abort', leave)
          if (!signal?.aborted) await work().then(resolve, reject)
        },
        { priority: PRIORITY[urgency] },
      )
    })
  }

  return { concurrency: queue.concurrency, run }
}
