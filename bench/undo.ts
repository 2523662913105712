import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Discord, startDiscord } from '../test/servers/discord/start.ts'
import type { Channel } from '../test/servers/discord/types.ts'
import { type BotProcess, PATIENCE, startBot } from './bot-process.ts'
import { withStoppedProgram } from './fill.ts'
import { insertLongDraft, makeSharedFiles } from './long-draft.ts'
import type { Figure } from './table.ts'

const DRAFTS = 3
const SEGMENTS = 100
/** Steps of history; each draft is undone 20 times. */
const REVISIONS = 30
const UNDOS = 60
/** Another person's interactions per second, and how long they continue in milliseconds. */
const OTHERS = { rate: 20, for: 10_000 }
/** Milliseconds, and megabytes of the whole process. */
const GOAL = { p99: 250, memory: 300 }

/** How sixty undos of long drafts at once affect people, with the bot as a separate process. */
export async function undoFigures(say: (step: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-bench-'))
  const discord = await startDiscord()
  try {
    say(`${DRAFTS} drafts of ${SEGMENTS} segments are being made …`)
    const channels = Array.from({ length: DRAFTS }, (_, at) => discord.addChannel({ name: `long-${at}` }))
    await fill(folder, discord, channels)
    const bot = await startBot(discord, folder)
    try {
      const shown = () =>
        channels.every((channel) => {
          const [thread] = discord.threads(channel)
          // The segments, the message above them, and the last one, which has the buttons.
          return thread !== undefined && discord.messages(thread).length === SEGMENTS + 2
        })
      await discord.until(shown, 'the threads of the drafts', PATIENCE)
      say(`${UNDOS} undos at once`)
      return await undoAll(discord, bot, channels)
    } finally {
      await bot.stop()
    }
  } finally {
    await discord.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function fill(folder: string, { guild }: Discord, channels: Channel[]): Promise<void> {
  await withStoppedProgram(folder, async (core) => {
    await makeSharedFiles(core)
    for (const [at, { id }] of channels.entries()) {
      const workspace = `discord:${guild.id}`
      const place = { surface: 'discord', workspace, channelId: id, threadId: null }
      const shape = { segments: SEGMENTS, revisions: REVISIONS }
      await insertLongDraft(core, { draftId: `draft_20260101_00000${at}`, ...shape, place })
    }
  })
}

async function undoAll(discord: Discord, bot: BotProcess, channels: Channel[]): Promise<Figure[]> {
  const ben = discord.user('ben')
  const lasts = channels.map((channel) => {
    const person = discord.user(`of-${channel.name}`, { channel })
    const [thread] = discord.threads(channel)
    const last = thread && discord.messages(thread).at(-1)
    if (!last) throw new Error('a draft has no last message')
    return { person, last }
  })
  const undos = Array.from({ length: UNDOS }, (_, at) => {
    const { person, last } = lasts[at % lasts.length] ?? {}
    if (!person || !last) throw new Error('there is no draft')
    return person.press(last, 'Undo').latency()
  })
  const others: Promise<number>[] = []
  for (let at = 0; at < (OTHERS.rate * OTHERS.for) / 1000; at += 1) {
    others.push(ben.command(at % 2 === 0 ? 'draft help' : 'draft list').latency())
    await sleep(1000 / OTHERS.rate)
  }
  await Promise.all(undos)
  const sorted = (await Promise.all(others)).toSorted((one, other) => one - other)
  const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN)
  const { now, most } = bot.memory()
  const what = `Discord: ${UNDOS} undos of ${SEGMENTS} segments at once`
  return [
    {
      what: `${what}, acknowledgements of other people`,
      goal: `99 of 100 within ${GOAL.p99} ms`,
      measured: `half within ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms, all within ${at(1)} ms`,
      isMet: at(0.99) <= GOAL.p99,
    },
    {
      what: `${what}, the most memory of the process`,
      goal: `≤ ${GOAL.memory} MB`,
      measured: `${Math.round(most)} MB (${Math.round(now)} MB afterwards)`,
      isMet: most <= GOAL.memory,
    },
  ]
}
