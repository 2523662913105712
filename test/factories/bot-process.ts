import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { nodeEnv } from './node-env.ts'
import { QUICK_FFMPEG } from './quick-ffmpeg.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Milliseconds until the program has to be where a test wants it; the machine may be busy. */
const PATIENCE = 90_000

export interface BotProcess {
  /** All that it printed, its log included. */
  output(): string
  signal(name: NodeJS.Signals): void
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>
  /** Waits until the program has come so far; fails when it ends before. */
  until(condition: () => boolean, what: string): Promise<void>
  /** SIGTERM, and waits for its end; `SIGKILL` gives it no chance to tidy up. @returns the exit code. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

/** `npm start` as a process of its own, with only these settings, once it is ready. */
export async function startBot(env: Record<string, string>): Promise<BotProcess> {
  const bot = spawnBot(env)
  await bot.until(() => bot.output().includes('Rushes is ready.'), 'to be ready')
  return bot
}

/** The same from its first moment on. */
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

/** The command lines of processes that work on files of a folder. */
export function processesOn(folder: string): string[] {
  const all = execFileSync('ps', ['-e', '-o', 'args='], { encoding: 'utf8' }).split('\n')
  return all.filter((line) => /ff(mpeg|probe)/.test(line) && line.includes(folder))
}
