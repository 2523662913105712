import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { startSlack as connect, type SlackSettings } from '../../src/bot/surfaces/slack/start.ts'
import type { Surface } from '../../src/bot/surfaces/surface.ts'
import { fakeProviders, TEXTS } from '../fakes/providers.ts'
import { type Slack, type SlackOptions, startSlack } from '../servers/slack/index.ts'
import type { Interaction } from '../servers/slack/interaction.ts'
import type { Person } from '../servers/slack/person.ts'
import type { Message } from '../servers/slack/world.ts'
import { type TestProgram, testProgram } from './program.ts'

export interface SlackBot {
  slack: Slack
  program: TestProgram
  surface: Surface
  /** Types `/draft create` and waits until the draft's assets are there and its thread shows them. */
  create(line?: string): Promise<{ draftId: string; top: Message }>
  /** Waits until a draft has no jobs left and its thread shows the stored state. */
  settle(draftId: string): Promise<void>
}

export interface SlackBotOptions extends SlackOptions {
  http?: boolean
  /** False to leave jobs queued. */
  works?: boolean
  /** The number of segments of each draft, for tests that don't need the default three. */
  segments?: number
  program?: Parameters<typeof testProgram>[0]
}

/** The whole bot on its own loopback Slack, through the real Bolt. */
export async function slackBot({
  http = false,
  works = true,
  segments,
  program: given,
  ...options
}: SlackBotOptions = {}): Promise<SlackBot> {
  const slack = await startSlack({ commands: ['/draft'], ...options })
  onTestFinished(() => slack.close())
  const program = await testProgram({
    start: false,
    fakes: fakeProviders(TEXTS.slice(0, segments)),
    ...given,
  })
  const surface = await connectTo(slack, program, http)
  if (works) await program.start()

  const bot: SlackBot = {
    slack,
    program,
    surface,
    async create(line = 'create Tea in the morning') {
      const before = slack.messages().length
      slack.user('ann').command(`/draft ${line}`)
      const top = await slack.until(() => slack.messages()[before], 'the top message')
      const draftId = await slack.until(() => draftIdIn(top), 'the draft in its top message')
      await bot.settle(draftId)
      return { draftId, top }
    },
    async settle(draftId) {
      await program.queue.idle(draftId)
      await program.threads.settled()
    },
  }
  return bot
}

export async function connectTo(slack: Slack, program: TestProgram, http = false): Promise<Surface> {
  const settings: SlackSettings = {
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
    port: 0,
    host: '127.0.0.1',
    ...(http ? { signingSecret: slack.signingSecret } : { appToken: slack.appToken }),
  }
  const surface = await connect(settings, program.bot, pino({ level: process.env.SLACK_LOG ?? 'silent' }))
  const stop = async () => {
    await surface.refuse()
    await surface.stop()
  }
  onTestFinished(stop)
  const port = /port (\d+)/.exec(surface.notes.join())?.[1]
  if (http) slack.useHttp(`http://127.0.0.1:${port}/slack/events`)
  return { ...surface, stop }
}

/** Chooses in a message's menu: directly, or, if the message shows only part of the menu, in the full one. */
export async function chooseInMenu(person: Person, message: Message, item: string): Promise<Interaction> {
  const elements = message.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []))
  const shown = elements.flatMap((one) => (one.type === 'overflow' ? one.options : []))
  if (shown.some(({ text }) => text.text === item)) return person.pick(message, /^menu:/, item)
  return person.press(await person.pick(message, /^menu:/, 'More…').reply(), item)
}

/** The last message of a draft's thread that has buttons for the whole draft. */
export function controlsOf(slack: Slack, top: Message): Message {
  const last = slack.thread(top).findLast((message) => slack.shown(message).includes('[More…]'))
  if (!last) throw new Error('The thread has no last message yet.')
  return last
}

/** What **More…** shows to a person. */
export function moreOf(slack: Slack, person: Person, top: Message): Promise<Message> {
  return person.press(controlsOf(slack, top), 'More…').reply()
}

/** The id of the draft that a message's buttons are about. */
function draftIdIn(message: Message): string | undefined {
  return /draft_\d{8}_\d{6}_?\w*/.exec(JSON.stringify(message.blocks))?.[0]
}
