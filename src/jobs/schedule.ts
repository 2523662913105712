import { schedule } from 'node-cron'

export interface Schedule {
  stop(): Promise<void>
}

/** Calls `act` at the times given by the cron expression, in the machine's time zone, until stopped. */
export function runAt(
  expression: string,
  act: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Schedule {
  const task = schedule(expression, async () => {
    await act().catch(onError)
  })
  return { stop: async () => void (await task.destroy()) }
}
