import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { onTestFinished } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Milliseconds until the program has to say that it is ready; the machine may be busy. */
const PATIENCE = 90_000

export interface BotProcess {
  /** All that it printed, its log included. */
  output(): string
  /** SIGTERM, and waits for its end; `SIGKILL` gives it no chance to tidy up. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

/** `npm start` as a process of its own, with only these settings. */
export async function startBot(env: Record<string, string>): Promise<BotProcess> {
  const child = spawn(process.execPath, ['src/bot/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const stop: BotProcess['stop'] = async (signal = 'SIGTERM') => {
    if (hasEnded(child)) return child.exitCode
    child.kill(signal)
    await once(child, 'exit')
    return child.exitCode
  }
  onTestFinished(async () => void (await stop('SIGKILL')))
  await ready(child, () => output)
  return { output: () => output, stop }
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const end = Date.now() + PATIENCE
  while (!output().includes('Rushes is ready.')) {
    if (hasEnded(child) || Date.now() > end) throw new Error(`The bot did not start:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
