import PQueue from 'p-queue'
import { UserError } from '../../model/errors.ts'
import { Fading } from '../../model/fading.ts'

/**
 * How urgently a run of ffmpeg is needed: `render` is for a requested video, `asked` for one thing that a person looks at or
 * works on, `background` for things that nobody has asked for yet.
 */
export type Urgency = 'render' | 'asked' | 'background'

const PRIORITY: Record<Urgency, number> = { render: 2, asked: 1, background: 0 }

/** Limits how many ffmpeg processes run at once in this process, whatever they are for. */
export interface FfmpegPool {
  readonly concurrency: number
  /**
   * Runs `work` when a slot is free: renders first, then things that a person looks at, then jobs, taking turns between the
   * people they are for (`whose`), and for each person mostly the `asked` ones. Background work yields its slot to a render
   * and restarts afterwards, so it must be repeatable and obey `signal`.
   * @throws UserError `cancelled` if the signal is aborted before the work has started.
   */
  run<T>(
    urgency: Urgency,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal | undefined) => Promise<T>,
    whose?: string,
  ): Promise<T>
}

/** The same pool, for the jobs of one person. */
export function poolFor(pool: FfmpegPool, whose: string): FfmpegPool {
  return { ...pool, run: (urgency, signal, work) => pool.run(urgency, signal, work, whose) }
}

interface Waiting {
  urgency: Urgency
  whose: string | undefined
  begin: () => Promise<void>
}

/**
 * How many `asked` runs of a person's jobs start for each background one while both wait. Background runs must progress
 * too: their jobs hold slots of their lane, which others wait for.
 */
const ASKED_SHARE = 3

function kindOf({ whose = '', urgency }: Waiting): string {
  return JSON.stringify([whose, urgency])
}

/** Renders and things a person is looking at go before all jobs. */
function rankOf({ urgency, whose }: Waiting): number {
  if (urgency === 'render') return 2
  return urgency === 'asked' && whose === undefined ? 1 : 0
}

/** @param concurrency the number of slots, at least 1. */
export function createPool(concurrency: number): FfmpegPool {
  const queue = new PQueue({ concurrency: Math.max(1, concurrency) })
  const inBackground = new Set<AbortController>()
  const waiting: Waiting[] = []
  const lately = new Fading()

  async function run<T>(
    urgency: Urgency,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal | undefined) => Promise<T>,
    whose?: string,
  ): Promise<T> {
    if (urgency === 'render' && queue.pending >= queue.concurrency) makeRoom()
    for (;;) {
      if (urgency !== 'background') return await inPlace(urgency, signal, whose, () => work(signal))
      const giveWay = new AbortController()
      const either = signal ? AbortSignal.any([signal, giveWay.signal]) : giveWay.signal
      try {
        return await inPlace(urgency, signal, whose, async () => {
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

  /** Stops one background run per arriving render, which takes further slots as they become free. */
  function makeRoom(): void {
    for (const giveWay of inBackground) {
      if (giveWay.signal.aborted) continue
      giveWay.abort()
      return
    }
  }

  function inPlace<T>(
    urgency: Urgency,
    signal: AbortSignal | undefined,
    whose: string | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    // p-queue frees a task's slot as soon as its signal is aborted; here the process must have ended first.
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (waiting.includes(entry)) waiting.splice(waiting.indexOf(entry), 1)
        reject(new UserError('cancelled', undefined, { cause: signal?.reason }))
      }
      const entry: Waiting = {
        ...{ urgency, whose },
        begin: async () => {
          signal?.removeEventListener('abort', leave)
          await work().then(resolve, reject)
        },
      }
      if (signal?.aborted) return leave()
      signal?.addEventListener('abort', leave, { once: true })
      waiting.push(entry)
      // Which one is next is decided when a slot becomes free, from those waiting then.
      void queue.add(async () => takeNext()?.begin())
    })
  }

  function takeNext(): Waiting | undefined {
    const whoHad = ({ whose = '' }: Waiting) => lately.had(whose)
    const kindHad = (one: Waiting) =>
      lately.had(kindOf(one)) * (one.urgency === 'background' ? ASKED_SHARE : 1)
    const [next] = waiting.toSorted(
      (a, b) =>
        rankOf(b) - rankOf(a) ||
        whoHad(a) - whoHad(b) ||
        kindHad(a) - kindHad(b) ||
        PRIORITY[b.urgency] - PRIORITY[a.urgency],
    )
    if (!next) return undefined
    waiting.splice(waiting.indexOf(next), 1)
    lately.begun(next.whose ?? '', kindOf(next))
    return next
  }

  return { concurrency: queue.concurrency, run }
}
