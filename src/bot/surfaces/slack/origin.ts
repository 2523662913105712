import { createHash } from 'node:crypto'
import { z } from 'zod'
import { SLACK_LIMITS } from './limits.ts'

/** Where something that a person did came from, whichever kind of payload told it. */
export interface Origin {
  userId: string
  userName: string
  /** The workspace where it happened. */
  teamId: string | null
  /** The workspace that the person belongs to, where the payload says so. */
  userTeamId: string | null
  /** Empty for a form that was opened nowhere. */
  channelId: string
  threadId: string | null
  triggerId: string
  /** Where the person can be answered in private; null for forms. */
  responseUrl: string | null
  /** True for a command: what it was answered with can be replaced. */
  isCommand: boolean
  /** True when it was done on a message that only this person sees: answers take its place. */
  onPrivateMessage: boolean
  /** The same for every delivery of one event. */
  eventId: string
}

/** Slack leaves fields out or sets them to null, differently from payload to payload. */
const optional = z.string().nullish()
const text = optional.transform((value) => value ?? '')

const User = z.looseObject({ id: z.string(), name: optional, username: optional, team_id: optional })
const Team = z.looseObject({ id: z.string() }).nullish()
const Channel = z.looseObject({ id: z.string() }).nullish()

const Command = z.looseObject({
  team_id: optional,
  user_id: z.string(),
  user_name: text,
  channel_id: z.string(),
  text,
  trigger_id: text,
  response_url: optional,
})

/** @throws ZodError for what is no slash command. */
export function commandOrigin(body: unknown): { origin: Origin; text: string } {
  const command = Command.parse(body)
  const origin: Origin = {
    userId: command.user_id,
    userName: command.user_name,
    teamId: command.team_id ?? null,
    userTeamId: null,
    channelId: command.channel_id,
    threadId: null,
    triggerId: command.trigger_id,
    responseUrl: command.response_url ?? null,
    isCommand: true,
    onPrivateMessage: false,
    eventId: eventId(command.trigger_id, body),
  }
  return { origin, text: command.text }
}

const Message = z.looseObject({ thread_ts: optional, text })
const Container = z.looseObject({
  is_ephemeral: z.boolean().nullish(),
  channel_id: optional,
  thread_ts: optional,
})
const Interaction = z.looseObject({
  team: Team,
  user: User,
  channel: Channel,
  trigger_id: text,
  response_url: optional,
  message: Message.nullish(),
  container: Container.nullish(),
})

/** The origin of a button, a menu or a message's shortcut. @throws ZodError for what is none of these. */
export function actionOrigin(body: unknown): { origin: Origin; messageText: string } {
  const { team, user, channel, trigger_id, response_url, message, container } = Interaction.parse(body)
  const onPrivateMessage = container?.is_ephemeral === true
  const origin: Origin = {
    userId: user.id,
    userName: user.name ?? user.username ?? '',
    teamId: team?.id ?? null,
    userTeamId: user.team_id ?? null,
    channelId: channel?.id ?? container?.channel_id ?? '',
    threadId: container?.thread_ts ?? message?.thread_ts ?? null,
    triggerId: trigger_id,
    responseUrl: response_url ?? null,
    isCommand: false,
    onPrivateMessage,
    eventId: eventId(trigger_id, body),
  }
  return { origin, messageText: message?.text ?? '' }
}

const Mentioned = z.looseObject({
  team_id: optional,
  event: z.looseObject({
    user: z.string(),
    team: optional,
    user_team: optional,
    channel: z.string(),
    ts: z.string(),
    thread_ts: optional,
    text,
    bot_id: optional,
  }),
})

export interface SaidToUs {
  origin: Origin
  text: string
  /** What the message is known by in its conversation. */
  ts: string
}

/**
 * The origin of a message that mentions the bot. Slack tells of it once more when it is edited: that is the same event.
 * @returns null for one of a bot. @throws ZodError for what is no such message.
 */
export function mentionOrigin(body: unknown): SaidToUs | null {
  const { team_id, event } = Mentioned.parse(body)
  if (event.bot_id) return null
  const { channel: channelId, ts } = event
  const origin: Origin = {
    ...{ userId: event.user, userName: '', channelId },
    teamId: team_id ?? null,
    userTeamId: event.user_team ?? event.team ?? null,
    threadId: event.thread_ts ?? null,
    ...{ triggerId: '', responseUrl: null, isCommand: false, onPrivateMessage: false },
    eventId: `mention ${channelId} ${ts}`,
  }
  return { origin, text: event.text, ts }
}

const Submission = z.looseObject({
  team: Team,
  user: User,
  trigger_id: text,
  view: z.looseObject({
    id: text,
    callback_id: text,
    private_metadata: text,
    state: z.looseObject({ values: z.unknown() }).nullish(),
    blocks: z.array(z.looseObject({ type: z.string(), block_id: optional })).nullish(),
  }),
})

export interface SentForm {
  origin: Origin
  action: string
  state: unknown
  /** The fields under which Slack can show an error. */
  fields: string[]
}

/** @throws ZodError for what is no form that was sent. */
export function formOrigin(body: unknown): SentForm {
  const { team, user, trigger_id, view } = Submission.parse(body)
  const state = view.state?.values ?? {}
  const before = readMetadata(view.private_metadata)
  const origin: Origin = {
    userId: user.id,
    userName: user.name ?? user.username ?? '',
    teamId: team?.id ?? null,
    userTeamId: user.team_id ?? null,
    ...before,
    isCommand: false,
    triggerId: trigger_id,
    // A form that was refused is sent again with other words, and is another event then.
    eventId: eventId(trigger_id && `${trigger_id}.${digest([view.id, state])}`, body),
  }
  return { origin, action: view.callback_id, state, fields: fieldsOf(view.blocks ?? [], state) }
}

/** Slack refuses an error under a field that the form does not have, so only those that it has are named. */
function fieldsOf(
  blocks: { type: string; block_id?: string | null | undefined }[],
  state: unknown,
): string[] {
  const inputs = blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id ?? '')
  const filled = typeof state === 'object' && state !== null ? Object.keys(state) : []
  return [...new Set([...inputs, ...filled])]
}

const Metadata = z.object({
  c: z.string().catch(''),
  t: z.string().nullable().catch(null),
  u: z.string().nullable().catch(null),
  p: z.boolean().catch(false),
})

/**
 * A form does not say where it was opened, so that goes with it. With the address of the first answer, the person
 * can be answered even where the bot is no member.
 */
export function toMetadata({ channelId, threadId, responseUrl, onPrivateMessage }: Origin): string {
  const metadata = { c: channelId, t: threadId, u: responseUrl, p: onPrivateMessage }
  const text = JSON.stringify(metadata)
  return text.length <= SLACK_LIMITS.privateMetadata.max ? text : JSON.stringify({ ...metadata, u: null })
}

function readMetadata(metadata: string) {
  let read: unknown = {}
  try {
    read = JSON.parse(metadata)
  } catch {
    // Another version of Rushes opened it; there is just no place to go back to.
  }
  const { c, t, u, p } = Metadata.catch({ c: '', t: null, u: null, p: false }).parse(read)
  return { channelId: c, threadId: t, responseUrl: u, onPrivateMessage: p }
}

/** Slack's trigger is the same in every delivery; without one the whole payload stands for it. */
function eventId(triggerId: string, body: unknown): string {
  return triggerId || digest(body)
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40)
}
