import type { World } from './world.ts'

/** Maximum wait for anything, in ms: generous, because the machine may be busy with ffmpeg. */
const PATIENCE = 30_000
/** Interval between checks, in ms: conditions may also depend on things outside this server, such as the bot's database. */
const LOOK_AGAIN = 50

/**
 * Waits until `condition` returns something truthy, and returns that. Checks whenever the server's state changes. Rejects after
 * `timeout` ms with `what` and the bot's last requests. An error thrown by `condition` rejects immediately.
 */
export function until<T>(
  world: World,
  condition: () => T | Promise<T>,
  what: string,
  timeout = PATIENCE,
): Promise<NonNullable<T>> {
  return new Promise((resolve, reject) => {
    let looking = false
    let again = false
    let done = false
    const end = (act: () => void) => {
      if (done) return
      done = true
      stopListening()
      clearInterval(interval)
      clearTimeout(timer)
      act()
    }
    const look = async () => {
      if (looking) {
        again = true
        return
      }
      looking = true
      do {
        again = false
        try {
          const value = await condition()
          if (value) {
            end(() => resolve(value))
            return
          }
        } catch (error) {
          end(() => reject(error))
          return
        }
      } while (again && !done)
      looking = false
    }
    const stopListening = world.onChange(() => void look())
    const interval = setInterval(() => void look(), LOOK_AGAIN)
    const timer = setTimeout(
      () =>
        end(() =>
          reject(
            new Error(`Waited ${timeout / 1000} s without success for ${what}.\n${lastRequests(world)}`),
          ),
        ),
      timeout,
    )
    void look()
  })
}

function lastRequests(world: World): string {
  const lines = world.requests.slice(-8).map(({ method, path, status, refusal, body }) => {
    const short = path.replace(/[\w-]{60,}/, '…')
    return `  ${method} ${short} → ${status} ${refusal ?? ''} ${JSON.stringify(body ?? null).slice(0, 200)}`
  })
  return lines.length === 0 ? 'The bot has sent no request.' : `The bot's last requests:\n${lines.join('\n')}`
}
