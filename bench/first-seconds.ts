import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Interaction } from '../test/servers/discord/interaction.ts'
import type { Person } from '../test/servers/discord/person.ts'
import { type Discord, startDiscord } from '../test/servers/discord/start.ts'
import { startBot } from './bot-process.ts'
import { withStoppedProgram } from './fill.ts'
import { insertManyDrafts } from './many-drafts.ts'
import type { Figure } from './table.ts'

const DRAFTS = 20_000
/** Milliseconds, and megabytes. */
const GOAL = { acknowledged: 500, ready: 3000, memory: 300 }
/** Milliseconds after which a start has completed its work. */
const SETTLED = 5000

/** The wait of the first person after a start, and the cost of a start with many drafts; `npm start` as a process. */
export async function firstSecondsFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-bench-'))
  const discord = await startDiscord()
  try {
    say('the first interaction after a start, with all cores busy')
    const first = await firstInteractions(discord, path.join(folder, 'empty'))
    say(`${DRAFTS} drafts are being made …`)
    const many = path.join(folder, 'many')
    await fill(many, discord)
    say(`a start with ${DRAFTS} drafts`)
    return [first, ...(await startWithMany(discord, many))]
  } finally {
    await discord.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Each kind of interaction is the first one of a separate process. */
async function firstInteractions(discord: Discord, folder: string): Promise<Figure> {
  const ann = discord.user('ann')
  const acts: [string, (person: Person) => Interaction][] = [
    ['create', () => ann.command('draft create', { script: 'Bees dance in the dark.', format: 'square' })],
    ['list', () => ann.command('draft list')],
    ['help', () => ann.command('draft help')],
  ]
  const took: string[] = []
  let slowest = 0
  for (const [name, act] of acts) {
    const spinners = os.cpus().map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
    const bot = await startBot(discord, folder)
    try {
      const latency = await act(ann).latency()
      slowest = Math.max(slowest, latency)
      took.push(`${name} ${Math.round(latency)} ms`)
    } finally {
      for (const spinner of spinners) spinner.kill('SIGKILL')
      await bot.stop()
    }
  }
  return {
    what: 'Discord: the first interaction after “Rushes is ready” with all cores busy',
    goal: `acknowledged within ${GOAL.acknowledged} ms`,
    measured: took.join(', '),
    isMet: slowest <= GOAL.acknowledged,
  }
}

function fill(folder: string, { guild, channel }: Discord): Promise<void> {
  const place = {
    surface: 'discord',
    workspace: `discord:${guild.id}`,
    channelId: channel.id,
    threadId: null,
  }
  return withStoppedProgram(folder, (core) => insertManyDrafts(core, DRAFTS, place))
}

async function startWithMany(discord: Discord, folder: string): Promise<Figure[]> {
  const before = discord.requests.length
  const bot = await startBot(discord, folder)
  await sleep(SETTLED)
  const calls = discord.requests.slice(before).filter(({ route }) => route?.startsWith('/channels'))
  const latency = await discord.user('ben').command('draft list').latency()
  const { most } = bot.memory()
  await bot.stop()
  const start = `Discord: a start with ${DRAFTS} drafts`
  return [
    {
      what: `${start}, until it is ready`,
      goal: `≤ ${GOAL.ready} ms`,
      measured: `${Math.round(bot.readyAfter)} ms; then a list acknowledged within ${Math.round(latency)} ms`,
      isMet: bot.readyAfter <= GOAL.ready,
    },
    {
      what: `${start}, calls about drafts that have not changed`,
      goal: '0',
      measured: `${calls.length}`,
      isMet: calls.length === 0,
    },
    {
      what: `${start}, the most memory of the process`,
      goal: `≤ ${GOAL.memory} MB`,
      measured: `${Math.round(most)} MB`,
      isMet: most <= GOAL.memory,
    },
  ]
}
