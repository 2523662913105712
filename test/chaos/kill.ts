import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { MOMENTS, type Moment } from './moments.ts'

/**
 * How a process ends: at a moment that comes for the nth time, or some milliseconds after it was ready (or, if early, started).
 */
export type Kill = { moment: Moment; nth: number } | { after: number; early: boolean }

export interface Chaos {
  /** Calls that the calm process at the end made again although everything was done. */
  repeated: string[]
  /** Lines at level error and above that the processes logged. */
  errors: string[]
}

/** Lifetime in milliseconds of those killed by the clock. */
const LIFE = { least: 20, most: 3000 }
/** Maximum lifetime in milliseconds of the others: people may not do what their moment needs. */
const PATIENCE = 6000
/** Log level `error`. */
const ERROR = 50

/** Half of them by the clock, the others at one of the worst moments. */
export function randomKills(times: number): Kill[] {
  return Array.from({ length: times }, (): Kill => {
    const moment = MOMENTS[Math.floor(Math.random() * MOMENTS.length)]
    if (moment !== undefined && Math.random() < 0.5) return { moment, nth: 1 + Math.floor(Math.random() * 3) }
    return { after: LIFE.least + Math.random() * (LIFE.most - LIFE.least), early: Math.random() < 0.2 }
  })
}

/** Starts and kills the bot once for each of these, then lets it finish. */
export async function killMany(
  folder: string,
  platformFile: string,
  kills: Kill[],
  say: (line: string) => void = () => {},
): Promise<Chaos> {
  const errors: string[] = []
  for (const [index, kill] of kills.entries()) {
    const isTimed = 'after' in kill
    const moment = isTimed ? [] : [kill.moment, String(kill.nth)]
    const bot = start(errors, [folder, platformFile, 'busy', ...moment])
    if (!isTimed || !kill.early) await bot.ready
    await Promise.race([setTimeout(isTimed ? kill.after : PATIENCE), bot.ended])
    if (bot.child.exitCode !== null) throw new Error(`the bot ended by itself: ${bot.complaints()}`)
    const came = bot.child.signalCode !== null
    bot.child.kill('SIGKILL')
    await bot.ended
    const how = isTimed
      ? `after ${Math.round(kill.after)} ms`
      : `${kill.moment} ${kill.nth}${came ? '' : ' (which did not come)'}`
    say(`kill ${index + 1} of ${kills.length}: ${how}`)
  }
  const calm = start(errors, [folder, platformFile, 'calm'])
  await calm.ended
  const repeated = /repeated (\[.*\])/.exec(calm.said())?.[1]
  if (calm.child.exitCode !== 0 || repeated === undefined)
    throw new Error(`the last one failed: ${calm.complaints()}`)
  return { repeated: JSON.parse(repeated), errors }
}

/** @param errors collects what it logs as errors. */
function start(errors: string[], args: string[]) {
  const script = path.join(import.meta.dirname, 'bot.ts')
  const child: ChildProcess = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let logged = ''
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  child.stdout?.on('data', (data: Buffer) => {
    said += data.toString()
    if (said.includes('ready\n')) resolve()
  })
  child.stderr?.on('data', (data: Buffer) => {
    logged += data.toString()
  })
  const ended = once(child, 'close').then(() => {
    resolve()
    errors.push(...logged.split('\n').filter(isError))
  })
  return { child, ready, ended, said: () => said, complaints: () => logged }
}

function isError(line: string): boolean {
  if (line.trim() === '') return false
  try {
    return JSON.parse(line).level >= ERROR
  } catch {
    // Not a log line: a crash, unless the kill cut the line off.
    return !line.startsWith('{')
  }
}
