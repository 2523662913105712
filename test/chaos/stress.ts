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
  /** Its database's file. */
  file: string
}

export interface Stress {
  /** Does harm for a while, and takes it back before it ends. @returns what is wrong meanwhile, a sentence each. */
  disturb: (stressed: Stressed) => Promise<string[]>
  clock?: () => Date
  /** Takes back what is still so after `disturb`; then nothing may be left over. */
  putRight?: () => void
  /** Troubles that people were told of and can put right. */
  tolerated?: RegExp
}

/** Milliseconds between two things that people do. */
const PACE = 200
/** Milliseconds in which everybody must have been answered. */
const PATIENCE = 60_000

/** People use the program while it is disturbed; then it comes to rest. @returns all that is wrong, a sentence each. */
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
    // There is something to lose first.
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
    // What reads the list before it does something has nobody to answer to.
    const acting = act(program, platform).catch(() => undefined)
    atWork.add(acting)
    void acting.then(() => atWork.delete(acting))
  }, PACE)
  return {
    /** @returns how many still wait after a while. */
    async end(): Promise<number> {
      clearInterval(timer)
      await Promise.race([Promise.all(atWork), setTimeout(PATIENCE, null, { ref: false })])
      return atWork.size
    },
  }
}
