import { createHash } from 'node:crypto'
import { z } from 'zod'
import { SLACK_LIMITS } from './limits.ts'

/** Where a person's action came from, whatever kind of payload it arrived in. */
export interface Origin {
  userId: string
  userName: string
  /** The workspace where it happened. */
  teamId: string | null
  /** The person's own workspace, if the payload contains it. */
  userTeamId: string | null
  /** Empty for a form that wasn't opened anywhere. */
  channelId: string
  threadId: string | null
  triggerId: string
  /** The address for private responses to the person; null for forms. */
  responseUrl: string | null
  /** True for a command, whose response can be replaced. */
  isCommand: boolean
  /** True if it happened on a private message, which responses replace. */
  onPrivateMessage: boolean
  /** The same for every delivery of one event. */
  eventId: string
}

/** Slack omits fields or sets them to null, depending on the payload. */
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

/** @throws ZodError for anything but a slash command. */
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

/** The origin of a button, a menu or a message shortcut. @throws ZodError for anything else. */
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
  /** The message's id within its conversation. */
  ts: string
}

/**
 * The origin of a message that mentions the bot. Slack sends it again when it is edited; that counts as the same event.
 * @returns null for a bot's message. @throws ZodError for anything but such a message.
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
  /** The fields that Slack can show an error under. */
  fields: string[]
}

/** @throws ZodError for anything but a submitted form. */
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
    // A refused form is resubmitted with other values, and is then another event.
    eventId: eventId(trigger_id && `${trigger_id}.${digest([view.id, state])}`, body),
  }
  return { origin, action: view.callback_id, state, fields: fieldsOf(view.blocks ?? [], state) }
}

/** Slack refuses errors for fields that the form doesn't have, so only existing ones are named. */
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
 * A form doesn't say where it was opened, so this is sent along. With the address of the first response, the person gets
 * responses even where the bot isn't a member.
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
    // Opened by another version of Rushes; there is just no place to return to.
  }
  const { c, t, u, p } = Metadata.catch({ c: '', t: null, u: null, p: false }).parse(read)
  return { channelId: c, threadId: t, responseUrl: u, onPrivateMessage: p }
}

/** Slack's trigger is the same in every delivery; without one, the whole payload identifies the event. */
function eventId(triggerId: string, body: unknown): string {
  return triggerId || digest(body)
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40)
}
