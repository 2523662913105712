import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { applyAcknowledgement } from './acknowledge.ts'
import { ALL_BOT_SCOPES } from './api/scopes.ts'
import { type Doubling, deliver, deliverEvent, type Transport } from './deliver.ts'
import { createFaults, type Fault } from './faults.ts'
import { createHttp } from './http.ts'
import { createInteraction, type Interaction } from './interaction.ts'
import { links, pings, shown } from './mrkdwn.ts'
import { type ChannelRef, createPerson, type Person, type Stage } from './person.ts'
import { createSockets, type Sockets } from './sockets.ts'
import {
  FORM,
  type HttpAnswer,
  httpTransport,
  JSON_TYPE,
  postSigned,
  type Tampering,
  type Webhook,
} from './webhook.ts'
import {
  type Call,
  type Channel,
  createWorld,
  DEFAULTS,
  type Message,
  type OpenView,
  type Settings,
  type StoredFile,
  type User,
  type World,
} from './world.ts'

export { LIMITS } from './limits.ts'

interface ChannelOptions {
  name: string
  kind?: Channel['kind']
  /** Whether the bot is in it (yes by default). */
  bot?: boolean
}

export interface SlackOptions extends Partial<Settings> {
  team?: string
  /** `['drafts']` by default. */
  channels?: (string | ChannelOptions)[]
  scopes?: string[]
}

interface UserOptions {
  realName?: string
  isAdmin?: boolean
  isOwner?: boolean
  isGuest?: boolean
  locale?: string
  teamId?: string
  /** Channels the person is in; all of them by default. */
  channels?: ChannelRef[]
}

export interface Slack {
  /** For `clientOptions.slackApiUrl` (SLACK_API_URL); ends in `/api/`. */
  readonly apiUrl: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly world: World
  readonly calls: Call[]
  readonly problems: string[]
  readonly sockets: Sockets
  /** Changes take effect immediately, for example `slack.settings.rateLimit = {perSecond: 1, burst: 3}`. */
  readonly settings: Settings
  user(name: string, options?: UserOptions): Person
  channel(ref?: ChannelRef): Channel
  addChannel(options: ChannelOptions): Channel
  /** The top-level messages of a channel that everyone sees, oldest first. */
  messages(channel?: ChannelRef): Message[]
  /** The replies to a message, oldest first. */
  thread(root: Message): Message[]
  file(id: string): StoredFile | undefined
  /**
   * Uploads a file for a form, as a person's client does before the form is submitted.
   * @returns its id.
   */
  sendFile(owner: string, name: string, bytes: Buffer): string
  view(id: string): OpenView | undefined
  callsTo(method: string): Call[]
  shown(seen: Message | OpenView): string
  pings(message: Message): string[]
  links(message: Message): { url: string; label: string }[]
  until: World['signal']['until']
  /**
   * Applies a fault to `times` calls (default 1) of a method, of `upload`, `response_url` or `*`, after letting `after` (default
   * 0) pass.
   */
  fault(method: string, fault: Fault, times?: number, after?: number): void
  clearFaults(): void
  /** The next interactions or events arrive twice. */
  deliverTwice(times?: number, same?: Doubling['same']): void
  expireTriggers(): void
  setScopes(scopes: string[]): void
  withoutScope(...scopes: string[]): void
  revokeToken(): void
  removeBot(channel?: ChannelRef): void
  /** A person leaves a conversation, or is removed from it. */
  leave(person: Person, channel?: ChannelRef): void
  deleteChannel(channel?: ChannelRef): void
  inviteBot(channel?: ChannelRef): void
  /** Sends an event of the Events API. */
  event(event: { type: string } & Record<string, unknown>): void
  /** From now on everything is sent to this address over HTTP; `undefined` switches back to Socket Mode. */
  useHttp(url: string | undefined): void
  /** Posts any body to the app's address, signed or tampered with. Objects are sent as JSON. */
  postToApp(body: string | Record<string, unknown>, options?: Tampering): Promise<HttpAnswer>
  close(): Promise<void>
}

/** A separate Slack on a free port of 127.0.0.1. Close it at the end of the test. */
export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const { team = 'Studio', channels = ['drafts'], scopes = ALL_BOT_SCOPES, ...settings } = options
  const world = createWorld({ ...DEFAULTS, ...settings }, { name: team })
  const faults = createFaults()
  const doubling: Doubling = { left: 0, same: 'envelope' }
  const signingSecret = 'f00dfeedf00dfeedf00dfeedf00dfeed'
  const [botToken, appToken] = [`xoxb-${world.team.id}-bot`, `xapp-1-${world.app.id}-app`]
  const bot = { kind: 'bot' as const, scopes: new Set(scopes), revoked: false }
  world.tokens.set(botToken, bot)
  world.tokens.set(appToken, { kind: 'app', scopes: new Set(['connections:write']), revoked: false })

  const server = createHttp(world, faults, () => sockets.ticket())
  const sockets = createSockets(world, server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  world.baseUrl = `http://127.0.0.1:${port}`

  let webhook: Webhook | undefined
  const transport = (): Transport => (webhook === undefined ? sockets.send : httpTransport(world, webhook))
  const people = new Map<string, Person>()

  const stage: Stage = {
    world,
    channel(ref) {
      if (typeof ref === 'object') return ref
      const all = [...world.channels.values()]
      const found = ref === undefined ? all[0] : all.find((c) => c.id === ref || c.name === ref)
      if (found === undefined) throw new Error(`There is no channel ${ref}.`)
      return found
    },
    trigger(user, viewId) {
      const id = `${Date.now()}.${world.nextId('')}.${world.nextId('t')}`
      const expiresAt = Date.now() + world.settings.triggerMs
      const trigger = { id, user, expiresAt, used: false, viewId, opened: undefined }
      world.triggers.set(id, trigger)
      return trigger
    },
    interact(kind, user, trigger, payload, context): Interaction {
      const interaction = createInteraction(world, kind, user, trigger, payload)
      const type = kind === 'command' ? 'slash_commands' : 'interactive'
      const outcome = {
        onAck(body: Record<string, unknown>, late: boolean) {
          interaction.ack = { body, ms: performance.now() - interaction.sentAt, late }
          if (!late) applyAcknowledgement(world, interaction, body, context)
        },
        onFail(why: NonNullable<Interaction['failure']>) {
          interaction.failure = why
        },
      }
      deliver(world, transport(), type, payload, outcome, doubling)
      return interaction
    },
    said(message) {
      const channel = stage.channel(message.channel)
      const { channel: id, ts, user, text, threadTs, editedTs } = message
      // Slack sends none for direct messages with the app: https://docs.slack.dev/reference/events/app_mention
      const isHeard = channel.kind !== 'im' && channel.members.has(world.app.userId)
      const names = new RegExp(`<@${world.app.userId}(?:\\|[^<>]*)?>`)
      if (!isHeard || !bot.scopes.has('app_mentions:read') || !names.test(text)) return
      const team = world.users.get(user)?.teamId ?? world.team.id
      slack.event({
        ...{ type: 'app_mention', client_msg_id: randomUUID(), channel: id, ts, user, team, text },
        ...(team !== world.team.id && { user_team: team, source_team: team }),
        ...(threadTs !== undefined && { thread_ts: threadTs }),
        ...(editedTs !== undefined && { edited: { user, ts: editedTs } }),
      })
    },
  }

  const slack: Slack = {
    apiUrl: `${world.baseUrl}/api/`,
    botToken,
    appToken,
    signingSecret,
    world,
    calls: world.calls,
    problems: world.problems,
    sockets,
    settings: world.settings,
    user(name, given = {}) {
      const existing = people.get(name)
      if (existing !== undefined) return existing
      const user: User = {
        id: world.nextId('U'),
        name,
        realName: given.realName ?? name,
        isAdmin: given.isAdmin ?? given.isOwner ?? false,
        isOwner: given.isOwner ?? false,
        isGuest: given.isGuest ?? false,
        isBot: false,
        deleted: false,
        locale: given.locale ?? 'en-US',
        teamId: given.teamId,
      }
      world.users.set(user.id, user)
      const joined =
        given.channels?.map(stage.channel) ?? [...world.channels.values()].filter((c) => c.kind !== 'im')
      for (const channel of joined) channel.members.add(user.id)
      const person = createPerson(stage, user)
      people.set(name, person)
      return person
    },
    channel: (ref) => stage.channel(ref),
    addChannel({ name, kind = 'public', bot: withBot = true }) {
      const members = new Set([...people.values()].map((p) => p.id))
      if (withBot) members.add(world.app.userId)
      const channel: Channel = { id: world.nextId('C'), name, kind, members, archived: false }
      world.channels.set(channel.id, channel)
      return channel
    },
    messages(ref) {
      const { id } = stage.channel(ref)
      return world.messages.filter((m) => m.channel === id && m.threadTs === undefined && isPublic(m))
    },
    thread: (root) =>
      world.messages.filter((m) => m.channel === root.channel && m.threadTs === root.ts && isPublic(m)),
    file: (id) => world.files.get(id),
    sendFile(owner, name, bytes) {
      const id = world.nextId('F')
      const place = `${world.team.id}-${id}/${encodeURIComponent(name)}`
      world.files.set(id, {
        ...{ id, name, title: name, altText: undefined, bytes, declaredBytes: bytes.length },
        ...{ mimetype: 'application/octet-stream', owner, completedAt: Date.now(), channels: new Set() },
        urlPrivate: `${world.baseUrl}/files-pri/${place}`,
        permalink: `https://${world.team.domain}.slack.com/files/${owner}/${id}/${encodeURIComponent(name)}`,
      })
      return id
    },
    view: (id) => world.views.get(id),
    callsTo: (method) => world.calls.filter((call) => call.method === method),
    shown: (seen) => shown(world, 'payload' in seen ? { blocks: seen.payload.blocks } : seen),
    pings,
    links,
    until: world.signal.until,
    fault: (method, fault, times = 1, after = 0) => faults.add(method, fault, times, after),
    clearFaults: faults.clear,
    deliverTwice(times = 1, same = 'envelope') {
      Object.assign(doubling, { left: times, same })
    },
    expireTriggers() {
      for (const trigger of world.triggers.values()) trigger.expiresAt = 0
    },
    setScopes(next) {
      bot.scopes = new Set(next)
    },
    withoutScope(...gone) {
      for (const scope of gone) bot.scopes.delete(scope)
    },
    revokeToken() {
      bot.revoked = true
    },
    leave: ({ id }, ref) => void stage.channel(ref).members.delete(id),
    deleteChannel: (ref) => void world.channels.delete(stage.channel(ref).id),
    removeBot: (ref) => void stage.channel(ref).members.delete(world.app.userId),
    inviteBot: (ref) => void stage.channel(ref).members.add(world.app.userId),
    event: (event) => deliverEvent(world, transport, { event_ts: world.nextTs(), ...event }, doubling),
    useHttp(url) {
      webhook = url === undefined ? undefined : { url, signingSecret }
    },
    postToApp(body, tampering) {
      if (webhook === undefined) throw new Error('Call useHttp with the address of the app first.')
      const [type, text] = typeof body === 'string' ? [FORM, body] : [JSON_TYPE, JSON.stringify(body)]
      return postSigned(webhook, type, text, tampering)
    },
    async close() {
      await sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  for (const channel of channels) slack.addChannel(typeof channel === 'string' ? { name: channel } : channel)
  return slack
}

function isPublic(message: Message): boolean {
  return !message.deleted && message.ephemeralTo === undefined
}
