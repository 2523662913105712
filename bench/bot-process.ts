import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Discord } from '../test/servers/discord/start.ts'

/** Timeout in milliseconds for anything on a slow machine. */
export const PATIENCE = 300_000

export interface BotProcess {
  /** Milliseconds from its start to “Rushes is ready.” */
  readyAfter: number
  /** Current and peak memory of the process in megabytes (VmRSS and VmHWM of proc(5)). */
  memory(): { now: number; most: number }
  /** Its output so far. */
  said(): string
  stop(): Promise<void>
}

/** `npm start` for this Discord, once it is ready. */
export function startBot(discord: Discord, folder: string): Promise<BotProcess> {
  return startProcess({ DATA_DIR: folder, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl })
}

/** `npm start` with these settings, once it is ready; it serves the studio on any free port. */
export async function startProcess(env: Record<string, string>): Promise<BotProcess> {
  const began = performance.now()
  const bot = spawn(process.execPath, [path.resolve(import.meta.dirname, '../src/bot/program/main.ts')], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = Promise.withResolvers<void>()
  let said = ''
  bot.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.includes('Rushes is ready.')) ready.resolve()
  })
  bot.once('exit', (code) => ready.reject(new Error(`The bot ended with ${code} before it was ready.`)))
  await ready.promise
  return {
    readyAfter: performance.now() - began,
    said: () => said,
    memory: () => {
      const status = readFileSync(`/proc/${bot.pid}/status`, 'utf8')
      const megabytes = (name: string) =>
        Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024
      return { now: megabytes('VmRSS'), most: megabytes('VmHWM') }
    },
    stop: async () => {
      if (bot.exitCode !== null) return
      bot.kill('SIGTERM')
      await once(bot, 'exit')
    },
  }
}
