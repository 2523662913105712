/** Milliseconds after SIGTERM at which the program exits even if something hangs; supervisors allow ten seconds. */
const LAST_MOMENT = 9000

/**
 * Aborted by the first SIGTERM or SIGINT, with the signal's name as its reason; later ones have no effect. Even if
 * something hangs, the program exits in time.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) return
    setTimeout(() => process.exit(0), LAST_MOMENT).unref()
    controller.abort(signal)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  return controller.signal
}
