export interface TimedSignal {
  /** Aborted with the caller's signal, or if there is no progress for too long. */
  signal: AbortSignal
  /** Call it whenever data arrives. */
  progress(): void
  /** True if it was ended by a timeout and not by the caller. */
  expired(): boolean
  stop(): void
}

/** Limits an exchange: `idleSeconds` without progress or `totalSeconds` overall end it. */
export function timedSignal(signal: AbortSignal, idleSeconds: number, totalSeconds = Infinity): TimedSignal {
  const clock = new AbortController()
  const expire = () => clock.abort(new DOMException('No answer in time.', 'TimeoutError'))
  const idle = setTimeout(expire, idleSeconds * 1000)
  const total = Number.isFinite(totalSeconds) ? setTimeout(expire, totalSeconds * 1000) : undefined
  return {
    signal: AbortSignal.any([signal, clock.signal]),
    progress: () => {
      idle.refresh()
    },
    expired: () => clock.signal.aborted,
    stop: () => {
      clearTimeout(idle)
      clearTimeout(total)
    },
  }
}
