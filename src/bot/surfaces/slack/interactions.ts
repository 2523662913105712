import type { App } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import { withoutMentionsOf } from '../../../core/draft/notes/read-mention.ts'
import { parseCommandLine } from '../../handlers/command-line.ts'
import { PERSON } from '../../handlers/commands.ts'
import { answerErrors } from '../../handlers/errors.ts'
import { handleMention } from '../../handlers/mention.ts'
import { handleTopic } from '../../handlers/offer-topic.ts'
import type { Bot, Request } from '../../handlers/request.ts'
import {
  commandOpensForm,
  handleAction,
  handleCommand,
  handleForm,
  handleMessage,
  opensForm,
} from '../../handlers/router.ts'
import { notice } from '../../thread/sentences.ts'
import { encodeAction } from '../../view/action-id.ts'
import { wordsFor } from '../../words/index.ts'
import { InFlight } from '../in-flight.ts'
import { createFormAnswer, type FormAnswer, type FormBody } from './form-answer.ts'
import { COMMAND, SHORTCUT } from './manifest.ts'
import { MENU_PREFIX } from './message.ts'
import { formValuesOf } from './modal.ts'
import { named, readable } from './names.ts'
import {
  actionOrigin,
  commandOrigin,
  formOrigin,
  mentionOrigin,
  type Origin,
  type SaidToUs,
  type SentForm,
} from './origin.ts'
import { persist } from './persist.ts'
import { pictureFetcher } from './pictures.ts'
import { createReply, type ReplyTools, type SlackReply } from './reply.ts'
import { type Registry, whoDid } from './who.ts'

export interface Desk extends ReplyTools, Registry {
  bot: Bot
  /** The bot's id in mentions. */
  botUserId: string
}

/** Milliseconds to look up a person's language before opening a form, for which Slack allows three seconds. */
const BEFORE_A_FORM = 1000
/** Same, if there is no harm in waiting. */
const OTHERWISE = 5000
/** Maximum number of events remembered in case of a second delivery. */
const KEPT = 2000
/** Maximum number of form responses remembered for the same reason. */
const KEPT_ANSWERS = 500

const ANYTHING = /[\s\S]*/

export interface Listening {
  /**
   * Accepts no new events, and waits for running handlers. New events aren't acknowledged, so that Slack delivers them to
   * the next connection.
   */
  refuse(): Promise<void>
}

/**
 * Passes people's actions on Slack to the handlers. Everything is acknowledged first; forms as soon as their response is
 * known.
 */
export function listen(app: App, desk: Desk): Listening {
  const { bot } = desk
  let isRefusing = false
  const inFlight = new InFlight()
  const handled = new LRUCache<string, true>({ max: KEPT })
  const answers = new LRUCache<string, FormAnswer>({ max: KEPT_ANSWERS })
  // Nothing can be acknowledged while a connection is being replaced; Slack then delivers again, and nothing is done twice.
  const unsent = (error: unknown) =>
    bot.log.debug({ err: error }, 'an event from Slack could not be acknowledged')

  /** Call it when an event arrives, and call the returned function when it has been acknowledged. */
  function arrival(): () => void {
    const arrived = performance.now()
    return () => bot.acknowledged('slack', (performance.now() - arrived) / 1000)
  }

  /** False for a repeated event: opening its form or sending its response again would be another error. */
  function isFirst({ eventId }: Origin): boolean {
    if (handled.has(eventId)) return false
    handled.set(eventId, true)
    return true
  }

  app.use(async ({ next, body }) => {
    // Bolt has already acknowledged the event, so it won't be sent again.
    const isEvent = 'type' in body && body.type === 'event_callback'
    if (!isRefusing || isEvent) await inFlight.track(next())
  })

  app.event('app_mention', async ({ body }) => {
    const said = mentionOrigin(body)
    if (said && isFirst(said.origin)) await answerMention(desk, said)
  })

  app.command(COMMAND, async ({ ack, body }) => {
    const acknowledged = arrival()
    await ack().then(acknowledged, unsent)
    const { origin, text } = commandOrigin(body)
    if (!isFirst(origin)) return
    const asked = parseCommandLine(text, wordsFor('en'))
    const isForm = asked.kind === 'form' || (asked.kind === 'command' && commandOpensForm(asked.name))
    const request = await requestOf(desk, origin, isForm ? BEFORE_A_FORM : OTHERWISE)
    // In a search, a mention stands for the person's id; elsewhere, for their name.
    const chosen = asked.kind === 'command' && asked.name === 'list' ? asked.options.person : undefined
    const isMention = chosen?.toString().startsWith(PERSON) ?? false
    const typed = isMention ? text.replace(/<@[^>]*>/, ' ') : text
    const line = parseCommandLine(await readable(typed, desk, request), request.words)
    if (line.kind === 'form') await handleAction(bot, request, encodeAction('create_form'))
    else if (line.kind === 'topic') await handleTopic(bot, request, line)
    else if (line.kind === 'command') {
      const person = isMention ? { person: chosen } : {}
      await handleCommand(bot, request, line.name, { ...line.options, ...person })
    } else await answerErrors(bot, request, () => request.reply.privately(notice(line.sentence, 'bad')))
  })

  app.action(ANYTHING, async ({ ack, action, body }) => {
    const acknowledged = arrival()
    await ack().then(acknowledged, unsent)
    const { origin } = actionOrigin(body)
    if (!isFirst(origin)) return
    const element = 'action_id' in action ? action.action_id : ''
    const chosen = 'selected_option' in action ? (action.selected_option?.value ?? '') : ''
    // A menu item is the action; a select's value is passed along with its action.
    const [id, value] = element.startsWith(MENU_PREFIX) ? [chosen, ''] : [element, chosen]
    const request = await requestOf(desk, origin, opensForm(id) ? BEFORE_A_FORM : OTHERWISE)
    await handleAction(bot, request, id, value)
    await request.reply.finish()
  })

  app.shortcut({ type: 'message_action', callback_id: SHORTCUT }, async ({ ack, body }) => {
    const acknowledged = arrival()
    await ack().then(acknowledged, unsent)
    const { origin, messageText } = actionOrigin(body)
    if (!isFirst(origin)) return
    const request = await requestOf(desk, origin, BEFORE_A_FORM)
    await handleMessage(bot, request, await readable(messageText, desk, request))
  })

  app.view(ANYTHING, async ({ ack, body }) => {
    const acknowledged = arrival()
    const { origin, action, state, fields } = await readForm(body, ack)
    const send = (answer: FormBody) => (answer === undefined ? ack() : ack(answer)).then(acknowledged)
    const first = answers.get(origin.eventId)
    if (first) return send(await first.body).catch(unsent)
    const answer = createFormAnswer(send, unsent)
    answers.set(origin.eventId, answer)
    const request = await requestOf(desk, origin, BEFORE_A_FORM, { answer, fields })
    const values = Object.entries(formValuesOf(state)).map(async ([field, value]) => [
      field,
      await named(value, desk, request),
    ])
    await handleForm(bot, request, action, Object.fromEntries(await Promise.all(values)))
    await answer.close()
  })

  app.error(async (error) => bot.log.error({ err: error }, 'an event from Slack could not be handled'))
  return {
    refuse() {
      isRefusing = true
      return inFlight.settled()
    },
  }
}

const SIGNS = { note: 'memo', suggestion: 'bulb' } as const

/** A message that mentions the bot. Slack sends no others. */
async function answerMention(desk: Desk, { origin, text, ts }: SaidToUs): Promise<void> {
  const { bot, botName, botUserId, client } = desk
  const request = await requestOf(desk, origin, OTHERWISE)
  const { channelId: channel, threadId } = origin
  const words = await readable(withoutMentionsOf(text, [botUserId]), desk, request)
  await handleMention(
    bot,
    { ...request, spot: { channelId: channel, threadId } },
    {
      ...{ text: words, source: 'slack', botName },
      // Slack has no replies within a thread.
      ...{ answers: null, isDirect: true },
      confirm: async (sign) => {
        await persist(() => client.reactions.add({ channel, timestamp: ts, name: SIGNS[sign] }), undefined, 1)
      },
    },
  )
}

/** A form with an unreadable payload is closed anyway, because the person couldn't change anything about it. */
async function readForm(body: unknown, ack: () => Promise<void>): Promise<SentForm> {
  try {
    return formOrigin(body)
  } catch (error) {
    await ack()
    throw error
  }
}

async function requestOf(
  { bot, people, channels, teamId, ...tools }: Desk,
  origin: Origin,
  patience: number,
  form?: { answer: FormAnswer; fields: string[] },
): Promise<Request & { reply: SlackReply }> {
  const registry = { people, channels, teamId }
  const { person, workspace, access } = await whoDid(registry, origin, patience, bot.log)
  const locale = person?.locale ?? 'en'
  const words = wordsFor(locale)
  return {
    actor: { id: origin.userId, name: person?.name || origin.userName || words.somebody },
    access,
    surface: 'slack',
    workspace,
    // A draft gets its own thread; every thread is as open as its channel.
    spot: { channelId: origin.channelId, threadId: null },
    words,
    locale,
    eventId: origin.eventId,
    reply: createReply(tools, origin, words, form),
    fetchPicture: pictureFetcher(tools.client),
  }
}
