import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { startDiscord as connect } from '../../src/bot/surfaces/discord/start.ts'
import type { Surface } from '../../src/bot/surfaces/surface.ts'
import { wordsFor } from '../../src/bot/words/index.ts'
import { fakeProviders, TEXTS } from '../fakes/providers.ts'
import type { Person } from '../servers/discord/person.ts'
import { plainText } from '../servers/discord/plain-text.ts'
import { type Discord, type DiscordOptions, startDiscord } from '../servers/discord/start.ts'
import type { Channel, Message } from '../servers/discord/types.ts'
import { type TestProgram, testProgram } from './program.ts'

export interface DiscordBot {
  discord: Discord
  program: TestProgram
  surface: Surface
  ann: Person
  ben: Person
  /** Types `/draft create` and waits until the draft's assets are there and its thread shows them. */
  create(options?: CreateOptions): Promise<Created>
  /** Waits until a draft has no jobs left and its thread shows the stored state. */
  settle(draftId: string): Promise<void>
}

interface CreateOptions {
  person?: Person
  channel?: Channel
  options?: Record<string, string | number | boolean>
}

export interface Created {
  draftId: string
  thread: Channel
  announcement: Message
  /** The current messages of the thread, the top message first. */
  messages(): Message[]
  top(): Message
  /** The message of a segment, counted from 1. */
  segment(place: number): Message
  /** The last message, with the actions for the whole draft. */
  controls(): Message
}

export interface DiscordBotOptions extends DiscordOptions {
  /** The number of segments of each draft, for tests that don't need the default three. */
  segments?: number
  program?: Parameters<typeof testProgram>[0]
  /** For DISCORD_GUILD_ID. */
  inGuild?: boolean
}

/** The whole bot on its own loopback Discord, through the real discord.js, on fake providers. */
export async function discordBot({
  program: given,
  segments,
  inGuild = false,
  ...options
}: DiscordBotOptions = {}): Promise<DiscordBot> {
  const discord = await startDiscord(options)
  onTestFinished(async () => {
    await discord.stop()
    // Where the bot's requests contradict Discord's own description of its API.
    expect(discord.violations).toEqual([])
  })
  const program = await testProgram({
    start: false,
    fakes: fakeProviders(TEXTS.slice(0, segments)),
    ...given,
  })
  const surface = await connectTo(discord, program, inGuild ? discord.guild.id : undefined)
  await program.start()
  const ann = discord.user('ann')

  async function settle(draftId: string): Promise<void> {
    await program.queue.idle(draftId)
    await program.threads.settled()
  }

  return {
    discord,
    program,
    surface,
    ann,
    ben: discord.user('ben'),
    settle,
    async create({ person = ann, channel = discord.channel, options: typed = { topic: 'Tea' } } = {}) {
      const before = discord.threads(channel).length
      const announcement = await person.command('draft create', typed, { channel }).response()
      const thread = await discord.thread(before, channel)
      const first = await discord.until(
        () => discord.messages(thread)[0],
        'the top message in the new thread',
      )
      const draftId = await discord.until(
        () => draftIdIn(person.current(first) ?? first),
        'the draft in its top message',
      )
      await settle(draftId)
      const messages = () => discord.messages(thread)
      const at = (place: number) => {
        const message = messages()[place]
        if (!message) throw new Error(`There is no message ${place} in “${thread.name}”.`)
        return message
      }
      const controls = () => at(messages().length - 1)
      const segment = (place: number) => at(place)
      return { draftId, thread, announcement, messages, top: () => at(0), segment, controls }
    },
  }
}

export async function connectTo(discord: Discord, program: TestProgram, guildId?: string): Promise<Surface> {
  const settings = { token: discord.token, guildId, apiUrl: discord.apiUrl }
  const log = pino({ level: process.env.DISCORD_LOG ?? 'silent' })
  const surface = await connect(settings, program.bot, log)
  let stopped: Promise<void> | null = null
  const stop = () => {
    stopped ??= surface.refuse().then(() => surface.stop())
    return stopped
  }
  onTestFinished(stop)
  return { ...surface, stop }
}

/** The id of the draft that a message's buttons are about. */
export function draftIdIn(message: Message): string | undefined {
  return /draft_\d{8}_\d{6}_?\w*/.exec(JSON.stringify(message.components))?.[0]
}

/** A message as people read it, without the backslashes that escape their own text. */
export function readable(message: Message | undefined): string {
  return message ? plainText(message).replace(/\\([^0-9A-Za-z\s])/g, '$1') : ''
}

/** The answer to someone who may not see a draft, or who asks for one that doesn't exist. */
export function noDraft(draftId: string, locale = 'en'): string {
  const words = wordsFor(locale)
  return `${words.errors.draft_not_found({ draftId })}\n[${words.buttons.allDrafts}]`
}
