import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'

export interface Chaos {
  /** What the calm process at the end did anew although all was done. */
  repeated: number
  /** Lines at level error and above that the processes logged. */
  errors: string[]
}

/** Milliseconds of life between being ready and being killed. */
const LIFE = { least: 20, most: 3000 }
/** Log level `error`. */
const ERROR = 50

/** Starts the bot so many times and kills it at a random moment each time, then lets it finish. */
export async function killMany(
  folder: string,
  platformFile: string,
  times: number,
  say: (line: string) => void = () => {},
): Promise<Chaos> {
  const errors: string[] = []
  for (let index = 1; index <= times; index += 1) {
    const bot = start(folder, platformFile, 'busy', errors)
    // Some die while they start.
    if (Math.random() < 0.8) await bot.ready
    const life = LIFE.least + Math.random() * (LIFE.most - LIFE.least)
    await Promise.race([setTimeout(life), bot.ended])
    if (bot.child.exitCode !== null) throw new Error(`the bot ended by itself: ${errors.join('\n')}`)
    bot.child.kill('SIGKILL')
    await bot.ended
    say(`kill ${index} of ${times}, after ${Math.round(life)} ms`)
  }
  const calm = start(folder, platformFile, 'calm', errors)
  await calm.ended
  if (calm.child.exitCode !== 0) throw new Error(`the last one failed: ${errors.join('\n')}`)
  return { repeated: Number(/repeated (\d+)/.exec(calm.said())?.[1]), errors }
}

/** @param errors collects what it logs as an error. */
function start(folder: string, platformFile: string, mood: 'busy' | 'calm', errors: string[]) {
  const script = path.join(import.meta.dirname, 'bot.ts')
  const child: ChildProcess = spawn(process.execPath, [script, folder, platformFile, mood], {
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
  return { child, ready, ended, said: () => said }
}

function isError(line: string): boolean {
  if (line.trim() === '') return false
  try {
    return JSON.parse(line).level >= ERROR
  } catch {
    // Not the log's: a crash, unless the kill has cut the line off.
    return !line.startsWith('{')
  }
}
