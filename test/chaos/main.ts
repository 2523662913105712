import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { clockJump } from './clock-jump.ts'
import { databaseLocked } from './database-locked.ts'
import { diskFull } from './disk-full.ts'
import { trouble } from './invariants.ts'
import { killMany, randomKills } from './kill.ts'
import { rubbishMedia } from './rubbish-media.ts'

/**
 * Causes the given number of disturbances in a separate folder.
 * @returns everything that is wrong afterwards, one sentence each.
 */
type Scenario = (folder: string, times: number, say: (line: string) => void) => Promise<string[]>

const SCENARIOS: Record<string, { run: Scenario; times: number }> = {
  kill: { run: killed, times: 60 },
  'disk-full': { run: diskFull, times: 6 },
  'database-locked': { run: databaseLocked, times: 4 },
  'clock-jump': { run: clockJump, times: 4 },
  'rubbish-media': { run: (folder) => rubbishMedia(folder), times: 1 },
}

/** `npm run test:chaos [-- <scenario> [<times>]]`, all scenarios by default: disturbs the bot and checks the aftermath. */
const [named, times] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)
const chosen = Object.entries(SCENARIOS).filter(([name]) => named === undefined || name === named)
if (chosen.length === 0) say(`There are the scenarios ${Object.keys(SCENARIOS).join(', ')}.`)
process.exitCode = chosen.length === 0 ? 2 : 0
for (const [name, scenario] of chosen) {
  const folder = await mkdtemp(path.join(os.tmpdir(), `rushes-chaos-${name}-`))
  const count = Number(times ?? scenario.times)
  const wrong = await scenario.run(folder, count, say)
  for (const line of wrong) say(line)
  say(
    `${name}, ${count} times: ${wrong.length === 0 ? 'nothing is wrong.' : `the folder is kept: ${folder}`}`,
  )
  if (wrong.length === 0) await rm(folder, { recursive: true, force: true })
  else process.exitCode = 1
}

/** The bot is killed at random moments. */
async function killed(folder: string, times: number, say: (line: string) => void): Promise<string[]> {
  const [data, platform] = [path.join(folder, 'data'), path.join(folder, 'platform.jsonl')]
  const chaos = await killMany(data, platform, randomKills(times), say)
  return trouble(data, platform, chaos)
}
