export interface TimedSignal {
  /** Aborts when the caller's signal does, or when there was no progress for too long. */
  signal: AbortSignal
  /** To be called whenever something arrives. */
  progress(): void
  /** True when it was the clock, not the caller, that ended it. */
  expired(): boolean
  stop(): void
}

/** Watches that an exchange keeps moving: `idleSeconds` without progress ends it, `totalSeconds` ends it anyway. */
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
