import { setTimeout } from 'node:timers/promises'
import { underStress } from './stress.ts'

const YEAR = 365 * 86_400_000
const BETWEEN = 2000

/** The clock is moved forward and back by a year from time to time, and is a year behind while the program comes to rest. */
export function clockJump(folder: string, times: number): Promise<string[]> {
  let ahead = 0
  return underStress(folder, {
    clock: () => new Date(Date.now() + ahead),
    async disturb() {
      for (let time = 0; time < times; time += 1) {
        ahead = time % 2 === 0 ? 0 : -YEAR
        await setTimeout(BETWEEN)
      }
      ahead = -YEAR
      return []
    },
    // The files have the machine's times, which are in the future until then, so nothing is old enough to be removed.
    putRight: () => {
      ahead = 0
    },
  })
}
