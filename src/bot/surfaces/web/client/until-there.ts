import { online } from './state.ts'

/** Milliseconds before a failed request is repeated: longer each time. */
const WAITS = [1000, 4000, 15_000, 60_000]

interface Wishes<T> {
  show: (answer: T) => void
  /** The HTTP status of a refusal; null if the server can't be reached. */
  statusOf: (error: unknown) => number | null
}

/**
 * Repeats a request until it succeeds: without end, and at once when the page is back online, while the server can't be reached;
 * a few times if the server is in trouble; not if it refuses. @returns a function that cancels it.
 */
export function untilThere<T>(get: () => Promise<T>, { show, statusOf }: Wishes<T>): () => void {
  let isCurrent = true
  let isWaiting = false
  let failures = 0
  let troubles = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = () => {
    clearTimeout(timer)
    isWaiting = false
    get().then((answer) => isCurrent && show(answer), whenFailed)
  }
  const whenFailed = (error: unknown) => {
    const status = statusOf(error)
    if (!isCurrent || (status !== null && isFinal(status))) return
    // While the page is offline, a status such as 502 comes from a proxy that can't reach the server.
    if (status !== null && online.peek()) troubles++
    if (troubles > WAITS.length) return
    isWaiting = true
    timer = setTimeout(ask, WAITS[Math.min(failures, WAITS.length - 1)])
    failures++
  }
  const endWatch = online.subscribe((isOnline) => {
    if (isOnline && isWaiting) ask()
  })
  ask()
  return () => {
    isCurrent = false
    clearTimeout(timer)
    endWatch()
  }
}

/** Whether the server would refuse the same request again: 408 and 429 only mean “later”. */
function isFinal(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429
}
