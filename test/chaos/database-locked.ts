import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import SqliteFile from 'better-sqlite3'
import { type Stressed, underStress } from './stress.ts'

/** Milliseconds that another program holds the lock: shorter and longer than people are kept waiting. */
const HELD = [500, 7000]
const FREE = 1500
/** Milliseconds that the event loop may be blocked; waiting for a lock inside SQLite would block it throughout. */
const STANDSTILL = 3000

/** Another program locks the database from time to time. */
export function databaseLocked(folder: string, times: number): Promise<string[]> {
  return underStress(folder, {
    async disturb({ file }: Stressed) {
      const delay = monitorEventLoopDelay({ resolution: 20 })
      delay.enable()
      for (let time = 0; time < times; time += 1) {
        const other = new SqliteFile(file)
        // The program may be writing at this moment.
        while (!tryLock(other)) await setTimeout(10)
        await setTimeout(HELD[time % HELD.length])
        other.close()
        await setTimeout(FREE)
      }
      delay.disable()
      const longest = delay.max / 1e6
      return longest > STANDSTILL ? [`the event loop stood still for ${Math.round(longest)} ms`] : []
    },
  })
}

function tryLock(other: SqliteFile.Database): boolean {
  try {
    other.pragma('busy_timeout = 0')
    other.exec('begin exclusive')
    return true
  } catch {
    return false
  }
}
