import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { compose, type Program } from '../../src/bot/program/compose.ts'
import { loadSettings } from '../../src/bot/program/config.ts'
import { QUICK_FFMPEG } from '../factories/quick-ffmpeg.ts'
import { fakeProviders } from '../fakes/providers.ts'
import { calmDown } from './calm.ts'
import { trouble } from './invariants.ts'
import { act } from './people.ts'
import { FilePlatform } from './platform.ts'

/** A program in this process that people use. */
export interface Stressed {
  program: Program
  /** The database file. */
  file: string
}

export interface Stress {
  /**
   * Disturbs the program for a while, and undoes the disturbance before it ends.
   * @returns what was wrong in that time, one sentence each.
   */
  disturb: (stressed: Stressed) => Promise<string[]>
  clock?: () => Date
  /** Undoes what `disturb` left in place; after that nothing may be left over. */
  putRight?: () => void
  /** Problems that were reported to people, who can fix them. */
  tolerated?: RegExp
}

/** Milliseconds between two actions by people. */
const PACE = 200
/** Milliseconds within which everyone must have been answered. */
const PATIENCE = 60_000

/**
 * People use the program while it is disturbed; then it comes to rest.
 * @returns everything that is wrong, one sentence each.
 */
export async function underStress(
  folder: string,
  { disturb, clock, putRight, tolerated }: Stress,
): Promise<string[]> {
  const [data, platformFile] = [path.join(folder, 'data'), path.join(folder, 'platform.jsonl')]
  // Drafts and videos outlast a clock that jumps by a year.
  const ages = { ASSET_GRACE_HOURS: '0', DRAFT_TTL_DAYS: '3000', OUTPUT_TTL_DAYS: '3000' }
  const settings = loadSettings({ DATA_DIR: data, ...ages, ...QUICK_FFMPEG })
  const platform = new FilePlatform(platformFile)
  const providers = fakeProviders(['One two.', 'Three four.'])
  const program = await compose(settings, pino({ level: 'silent' }), { providers, ...(clock && { clock }) })
  program.threads.register(platform.chat())
  await program.start()
  const wrong: string[] = []
  try {
    const people = workIn(program, platform)
    // First let there be something to lose.
    await setTimeout(3000)
    wrong.push(...(await disturb({ program, file: path.join(data, 'rushes.sqlite') })))
    const unanswered = await people.end()
    if (unanswered > 0) wrong.push(`${unanswered} people were not answered`)
    const repeated = await calmDown(program, platform)
    if (putRight) {
      putRight()
      repeated.push(...(await calmDown(program, platform)))
    }
    await program.stop()
    wrong.push(...(await trouble(data, platformFile, { repeated, errors: [] })))
  } finally {
    await program.stop()
  }
  return wrong.filter((line) => !tolerated?.test(line))
}

function workIn(program: Program, platform: FilePlatform) {
  const atWork = new Set<Promise<void>>()
  const timer = setInterval(() => {
    // An action that fails while reading the list has no one to answer to.
    const acting = act(program, platform).catch(() => undefined)
    atWork.add(acting)
    void acting.then(() => atWork.delete(acting))
  }, PACE)
  return {
    /** @returns how many are still waiting after a while. */
    async end(): Promise<number> {
      clearInterval(timer)
      await Promise.race([Promise.all(atWork), setTimeout(PATIENCE, null, { ref: false })])
      return atWork.size
    },
  }
}
