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
  /** The id under which people mention the bot. */
  botUserId: string
}

/** Milliseconds to learn somebody's language before a form is opened, which Slack allows for three seconds. */
const BEFORE_A_FORM = 1000
/** The same where nothing is lost by waiting. */
const OTHERWISE = 5000
/** Events that are remembered for second deliveries. */
const KEPT = 2000
/** Forms whose answers are remembered for the same. */
const KEPT_ANSWERS = 500

const ANYTHING = /[\s\S]*/

export interface Listening {
  /** Takes no new events, and waits for the handlers in progress. New ones are not acknowledged, so that Slack delivers them to the next connection. */
  refuse(): Promise<void>
}

/** Takes what people do in Slack to the handlers. Everything is acknowledged first, a form as soon as its answer is known. */
export function listen(app: App, desk: Desk): Listening {
  const { bot } = desk
  let isRefusing = false
  const inFlight = new InFlight()
  const handled = new LRUCache<string, true>({ max: KEPT })
  const answers = new LRUCache<string, FormAnswer>({ max: KEPT_ANSWERS })
  // While a connection is replaced, nothing can be acknowledged; Slack then delivers again, and that does nothing twice.
  const unsent = (error: unknown) =>
    bot.log.debug({ err: error }, 'an event from Slack could not be acknowledged')

  /** To be called when an event has come in; what it returns, when it has been acknowledged. */
  function arrival(): () => void {
    const arrived = performance.now()
    return () => bot.acknowledged('slack', (performance.now() - arrived) / 1000)
  }

  /** False for an event that came before: to open a form again or to repeat an answer would be an error of its own. */
  function isFirst({ eventId }: Origin): boolean {
    if (handled.has(eventId)) return false
    handled.set(eventId, true)
    return true
  }

  app.use(async ({ next, body }) => {
    // Bolt has acknowledged an event before it comes here: nobody would send it again.
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
    // Who is mentioned in a search is meant by the id; elsewhere a mention is a name.
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
    // The item of a menu is the action; the value of a select goes with its action.
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

/** A message that mentions the bot. Slack tells of no others. */
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
      // Inside of a thread Slack has no answers.
      ...{ answers: null, isDirect: true },
      confirm: async (sign) => {
        await persist(() => client.reactions.add({ channel, timestamp: ts, name: SIGNS[sign] }), undefined, 1)
      },
    },
  )
}

/** A form whose payload cannot be read is closed all the same: there is nothing that the person could change. */
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
    // A draft gets a thread of its own; every thread is as open as its channel.
    spot: { channelId: origin.channelId, threadId: null },
    words,
    locale,
    eventId: origin.eventId,
    reply: createReply(tools, origin, words, form),
    fetchPicture: pictureFetcher(tools.client),
  }
}
