import PQueue from 'p-queue'
import { UserError } from '../../model/errors.ts'
import { Fading } from '../../model/fading.ts'

/**
 * How much somebody waits for a run of ffmpeg: `render` is a video that was asked for, `asked` one thing that a person
 * looks at or works on, `background` what nobody has asked for yet.
 */
export type Urgency = 'render' | 'asked' | 'background'

const PRIORITY: Record<Urgency, number> = { render: 2, asked: 1, background: 0 }

/** What bounds the runs of ffmpeg in this process: never more at once, whatever they work for. */
export interface FfmpegPool {
  readonly concurrency: number
  /**
   * Runs `work` when a place is free: renders first, then what a person looks at, then in turns between those for whom a job
   * works (`whose`), of each mostly what is asked for. Work in the background gives its place up to a render and is
   * begun again afterwards, so it must be repeatable; `signal` is what it has to obey.
   * @throws UserError `cancelled` when the signal is given before the work has begun.
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
 * Of a person's jobs, runs that are asked for for each one in the background, where both wait. Those must go on too: they hold a
 * place of their lane, for which others wait.
 */
const ASKED_SHARE = 3

function kindOf({ whose = '', urgency }: Waiting): string {
  return JSON.stringify([whose, urgency])
}

/** What somebody waits for goes before all jobs. */
function rankOf({ urgency, whose }: Waiting): number {
  if (urgency === 'render') return 2
  return urgency === 'asked' && whose === undefined ? 1 : 0
}

/** @param concurrency places, at least 1. */
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

  /** One for each render that comes: what it needs beyond that it takes as places become free. */
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
    // p-queue frees the place of a task as soon as its signal is given; here the process must have ended first.
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
      // Which one is next depends on what waits when a place is free.
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
