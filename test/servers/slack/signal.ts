/**
 * Lets tests wait for a state instead of a time: everything that changes the server calls `changed`. For changes that happen only
 * in the app or in the test itself, the condition is also checked every 25 ms.
 */
export interface Signal {
  changed(): void
  /**
   * Resolves with the first truthy (awaited) value of `condition`, which is checked now and after every change. Rejects after
   * `timeoutMs` (milliseconds, 30,000 by default) with a message that names what it waited for.
   */
  until<T>(condition: () => T | Promise<T>, what?: string, timeoutMs?: number): Promise<NonNullable<T>>
}

export function createSignal(describe: () => string): Signal {
  const listeners = new Set<() => void>()
  return {
    changed() {
      for (const listener of [...listeners]) listener()
    },
    until<T>(condition: () => T | Promise<T>, what = String(condition), timeoutMs = 30_000) {
      return new Promise<NonNullable<T>>((resolve, reject) => {
        let trying = false
        let again = false
        const finish = (end: () => void) => {
          listeners.delete(attempt)
          clearTimeout(timer)
          clearInterval(look)
          end()
        }
        const attempt = async () => {
          // Changes that arrive while an async condition runs must not be missed.
          if (trying) {
            again = true
            return
          }
          trying = true
          try {
            do {
              again = false
              const value = await condition()
              if (value) return finish(() => resolve(value))
            } while (again)
          } catch (error) {
            finish(() => reject(error))
          } finally {
            trying = false
          }
        }
        const timer = setTimeout(
          () =>
            finish(() =>
              reject(new Error(`Waited ${timeoutMs} ms without success for: ${what}\n${describe()}`)),
            ),
          timeoutMs,
        )
        const look = setInterval(attempt, 25)
        listeners.add(attempt)
        void attempt()
      })
    },
  }
}
