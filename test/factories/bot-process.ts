import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { nodeEnv } from './node-env.ts'
import { QUICK_FFMPEG } from './quick-ffmpeg.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Maximum wait, in milliseconds, for the program to reach the state a test wants; the machine may be busy. */
const PATIENCE = 90_000

export interface BotProcess {
  /** Everything it printed, including its log. */
  output(): string
  signal(name: NodeJS.Signals): void
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>
  /** Waits until the condition holds; fails if the program ends first. */
  until(condition: () => boolean, what: string): Promise<void>
  /**
   * Sends SIGTERM and waits for it to end; `SIGKILL` gives it no chance to clean up.
   * @returns the exit code.
   */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

/** Starts `npm start` as a separate process with only these settings, and waits until it is ready. */
export async function startBot(env: Record<string, string>): Promise<BotProcess> {
  const bot = spawnBot(env)
  await bot.until(() => bot.output().includes('Rushes is ready.'), 'to be ready')
  return bot
}

/** Same, without waiting until it is ready. */
export function spawnBot(env: Record<string, string>): BotProcess {
  const child = spawn(process.execPath, ['src/bot/program/main.ts'], {
    cwd: ROOT,
    env: { ...nodeEnv(), LOG_LEVEL: 'warn', PORT: '0', ...QUICK_FFMPEG, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const ended = once(child, 'close').then(() => child.exitCode)
  const bot: BotProcess = {
    output: () => output,
    signal: (name) => void child.kill(name),
    ended,
    async until(condition, what) {
      const end = Date.now() + PATIENCE
      while (!condition()) {
        if (hasEnded() || Date.now() > end) throw new Error(`The bot did not come ${what}:\n${output}`)
        await setTimeout(20)
      }
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
  onTestFinished(async () => void (await bot.stop('SIGKILL')))
  return bot
}

/** The command lines of processes that work on files in a folder. */
export function processesOn(folder: string): string[] {
  const all = execFileSync('ps', ['-e', '-o', 'args='], { encoding: 'utf8' }).split('\n')
  return all.filter((line) => /ff(mpeg|probe)/.test(line) && line.includes(folder))
}
