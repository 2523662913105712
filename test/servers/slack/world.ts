import type { Block, ModalPayload } from './blocks.ts'
import type { FormValues } from './form.ts'
import { LIMITS } from './limits.ts'
import { createSignal, type Signal } from './signal.ts'

/** The whole state of this Slack. Objects are live: a message that a test holds shows later updates. */
export interface World {
  baseUrl: string
  readonly team: { id: string; name: string; domain: string }
  readonly app: { id: string; name: string; userId: string; botId: string }
  readonly users: Map<string, User>
  readonly channels: Map<string, Channel>
  readonly usergroups: Map<string, Usergroup>
  /** In the order they were posted, including ephemeral and deleted ones. */
  readonly messages: Message[]
  readonly files: Map<string, StoredFile>
  readonly views: Map<string, OpenView>
  readonly triggers: Map<string, Trigger>
  readonly responseUrls: Map<string, ResponseUrl>
  readonly tokens: Map<string, Token>
  readonly calls: Call[]
  /** Whatever a person or the app's owner would have seen as an error of the app. A test can expect it to be empty. */
  readonly problems: string[]
  readonly settings: Settings
  readonly signal: Signal
  /** A new message timestamp, later than all earlier ones. */
  nextTs(): string
  /** A new id such as `C0000000A1`. */
  nextId(prefix: string): string
}

export interface Settings {
  triggerMs: number
  acknowledgementMs: number
  /** How long a completed file is processed before blocks may refer to it. */
  fileProcessingMs: number
  maxFileBytes: number
  /** How many messages may be posted or updated in one channel: `burst` at once, refilled at `perSecond`. */
  rateLimit: { perSecond: number; burst: number } | undefined
  eventRetriesMs: number[]
  whenOffline: 'fail' | 'wait'
  commands: string[] | undefined
  /** Maximum number of connections per app, and what happens to one more: it is refused, or the oldest is closed to make room. */
  maxSockets: number
  whenFull: 'refuse' | 'close_oldest'
  /** False for a workspace that doesn't support task cards. */
  hasTaskCards: boolean
  /** Announce the end of each connection right after its hello. */
  warnsAtHello: boolean
}

export interface User {
  id: string
  name: string
  realName: string
  isAdmin: boolean
  isOwner: boolean
  /** A guest: sees only the channels they are in. */
  isGuest: boolean
  isBot: boolean
  deleted: boolean
  locale: string
  /** Another team's id for a person who joins through Slack Connect. */
  teamId: string | undefined
}

/** https://docs.slack.dev/reference/objects/usergroup-object */
interface Usergroup {
  id: string
  name: string
  handle: string
  users: Set<string>
  disabled: boolean
}

export interface Channel {
  id: string
  name: string
  kind: 'public' | 'private' | 'im' | 'mpim'
  members: Set<string>
  archived: boolean
}

export interface Message {
  channel: string
  ts: string
  threadTs: string | undefined
  user: string
  text: string
  blocks: Block[]
  files: StoredFile[]
  mrkdwn: boolean
  editedTs: string | undefined
  deleted: boolean
  /** For an ephemeral message, the only person who sees it. */
  ephemeralTo: string | undefined
  /** What it showed before each update, oldest first. */
  versions: { text: string; blocks: Block[] }[]
  /** The people who reacted, by the name of the emoji. */
  reactions: Map<string, Set<string>>
  /** What people picked in its menus, by person. */
  picked: Map<string, FormValues>
}

export interface StoredFile {
  id: string
  name: string
  title: string
  altText: string | undefined
  declaredBytes: number
  bytes: Buffer | undefined
  mimetype: string
  owner: string
  completedAt: number | undefined
  channels: Set<string>
  urlPrivate: string
  permalink: string
}

export interface OpenView {
  id: string
  hash: string
  rootId: string
  previousId: string | undefined
  user: string
  payload: ModalPayload
  values: FormValues
  /** The errors under the fields, by block id. */
  errors: Record<string, string>
  open: boolean
  updates: number
}

export interface Trigger {
  id: string
  user: string
  expiresAt: number
  used: boolean
  /** The view it came from, if any; only then can a view be pushed with it. */
  viewId: string | undefined
  /** The view that was opened with it. */
  opened: OpenView | undefined
}

export interface ResponseUrl {
  uses: number
  expiresAt: number
  user: string
  channel: string
  message: Message | undefined
  onMessage: (message: Message) => void
}

interface Token {
  kind: 'bot' | 'app'
  scopes: Set<string>
  revoked: boolean
}

export interface Call {
  method: string
  args: Record<string, unknown>
  /** Milliseconds since the epoch. */
  at: number
  status: number
  ok: boolean
  error: string | undefined
  answer: Record<string, unknown> | undefined
}

export const DEFAULTS: Settings = {
  triggerMs: 3_000,
  acknowledgementMs: 3_000,
  fileProcessingMs: 0,
  maxFileBytes: 1_000_000_000,
  rateLimit: undefined,
  // Slack retries an event immediately, after one minute and after five: https://docs.slack.dev/apis/events-api#retries
  eventRetriesMs: [0, 60_000, 300_000],
  whenOffline: 'fail',
  commands: undefined,
  maxSockets: LIMITS.sockets.max,
  whenFull: 'refuse',
  warnsAtHello: false,
  hasTaskCards: true,
}

export function createWorld(settings: Settings, team: { name: string; id?: string | undefined }): World {
  let ids = 0
  let lastMicros = 0
  const calls: Call[] = []
  const problems: string[] = []
  const nextId = (prefix: string) => `${prefix}0${(36 ** 7 + 36 ** 6 + ids++).toString(36).toUpperCase()}`
  const describe = () =>
    [
      'Last calls:',
      ...calls.slice(-12).map((c) => `  ${c.method} → ${c.ok ? 'ok' : (c.error ?? c.status)}`),
      ...problems.map((p) => `Problem: ${p}`),
    ].join('\n')
  const botUser: User = {
    id: nextId('U'),
    name: 'rushes',
    realName: 'Rushes',
    isAdmin: false,
    isOwner: false,
    isGuest: false,
    isBot: true,
    deleted: false,
    locale: 'en-US',
    teamId: undefined,
  }
  return {
    baseUrl: '',
    team: {
      id: team.id ?? nextId('T'),
      name: team.name,
      domain: team.name.toLowerCase().replace(/\W+/g, '-'),
    },
    app: { id: nextId('A'), name: 'Rushes', userId: botUser.id, botId: nextId('B') },
    users: new Map([[botUser.id, botUser]]),
    channels: new Map(),
    usergroups: new Map(),
    messages: [],
    files: new Map(),
    views: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    tokens: new Map(),
    calls,
    problems,
    settings,
    signal: createSignal(describe),
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Date.now() * 1000)
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
    },
    nextId,
  }
}
