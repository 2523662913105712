import { setTimeout } from 'node:timers/promises'
import { createHealth } from '../../src/bot/program/metrics/health.ts'
import { fillUp, makeRoom } from '../factories/full-disk.ts'
import { type Stressed, underStress } from './stress.ts'

/** Milliseconds for which the disk is full, and for which there is room in between. */
const FULL = 1500
const ROOM = 1500

/** The disk is full from time to time, at least for the database. */
export function diskFull(folder: string, times: number): Promise<string[]> {
  return underStress(folder, {
    // People got an error message and can ask again; nothing else may be left over.
    tolerated: /failed: (The disk is full|Footage or a voice is missing)/,
    async disturb({ program }: Stressed) {
      const { core, queue } = program
      const health = createHealth({
        ...{ db: core.db, log: core.log, freeBytes: core.freeBytes },
        isWorking: () => true,
        down: () => [],
        idleFor: (kind) => queue.idleFor(kind),
      })
      const wrong: string[] = []
      for (let time = 0; time < times; time += 1) {
        await fillUp(core.db)
        const full = await health()
        if (full === null || !full.includes('full')) wrong.push(`the health of a full disk is ${full}`)
        await setTimeout(FULL)
        await makeRoom(core.db)
        const well = await health()
        if (well !== null) wrong.push(`with room again it is still said: ${well}`)
        await setTimeout(ROOM)
      }
      return wrong
    },
  })
}
