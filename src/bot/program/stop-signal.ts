/** Milliseconds after SIGTERM at which the program ends whatever hangs; those who sent it allow ten seconds. */
const LAST_MOMENT = 9000

/**
 * Aborted by the first SIGTERM or SIGINT, with the name of the signal as its reason; later ones change nothing. Whatever
 * hangs then, the program ends in time.
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
