/** What the loopback Discord keeps. Field names are Discord's own, so that a stored thing is sent nearly as it is. */

export type Json = Record<string, unknown>

export interface User {
  id: string
  username: string
  global_name: string
  bot: boolean
  /** Locale of the client, as in an interaction: `en-US`, `ko` … */
  locale: string
  /** False: the bot cannot send direct messages to this person (50007). */
  acceptsDirectMessages: boolean
  /** Bytes of the largest file that this person may upload anywhere (Nitro); 0 without. */
  uploadLimit: number
}

interface Overwrite {
  id: string
  /** 0: a role; 1: a member. */
  type: 0 | 1
  allow: string
  deny: string
}

interface Role {
  id: string
  name: string
  permissions: string
  position: number
  /** Of a role that Discord gave a bot when it was invited: whose it is. */
  botId?: string
}

export interface Member {
  userId: string
  roles: string[]
  /** When a timeout ends, as ISO 8601. */
  timedOutUntil?: string
}

export interface Guild {
  id: string
  name: string
  ownerId: string
  /** Boost tier: 0 and 1 take files of 10 MiB, 2 of 50 MiB, 3 of 100 MiB. */
  premiumTier: 0 | 1 | 2 | 3
  locale: string
  roles: Role[]
  members: Map<string, Member>
}

export interface Channel {
  id: string
  /** 0 text, 1 DM, 11 public thread, 12 private thread. */
  type: number
  guildId: string | null
  parentId: string | null
  name: string
  overwrites: Overwrite[]
  messages: Map<string, Message>
  lastMessageId: string | null
  /** The person a DM is with. */
  recipientId: string | null
  thread: ThreadState | null
  /** Moments at which the bot showed that it is typing, ms of the server's clock. */
  typing: number[]
}

interface ThreadState {
  ownerId: string
  archived: boolean
  locked: boolean
  autoArchiveDuration: number
  rateLimitPerUser: number
  archivedAt: string
  createdAt: string
  members: Set<string>
}

export interface Attachment {
  id: string
  filename: string
  size: number
  url: string
  proxy_url: string
  content_type: string
  description?: string
  title?: string
}

export interface Media {
  url: string
  proxy_url?: string
  attachment_id?: string
  content_type?: string
}

interface SelectOption {
  label: string
  value: string
  description?: string
  default?: boolean
}

/** Any component of a message or a modal; which fields are there depends on `type`. */
export interface Component {
  type: number
  id?: number
  custom_id?: string
  label?: string
  description?: string
  style?: number
  url?: string
  emoji?: { id?: string | null; name?: string }
  disabled?: boolean
  placeholder?: string
  min_values?: number
  max_values?: number
  min_length?: number
  max_length?: number
  required?: boolean
  value?: string
  default?: boolean
  content?: string
  spoiler?: boolean
  accent_color?: number | null
  options?: SelectOption[]
  default_values?: { id: string; type: string }[]
  items?: { media: Media; description?: string; spoiler?: boolean }[]
  media?: Media
  file?: Media
  components?: Component[]
  component?: Component
  accessory?: Component
}

export interface Message {
  id: string
  channelId: string
  type: number
  authorId: string
  content: string
  flags: number
  components: Component[]
  embeds: Json[]
  attachments: Attachment[]
  pinned: boolean
  tts: boolean
  createdAt: string
  editedAt: string | null
  nonce: string | number | null
  /** Who alone can see it (ephemeral), or null for everybody in the channel. */
  visibleTo: string | null
  /** Of the interaction whose answer this is. */
  interaction: { id: string; type: number; userId: string; name: string | null } | null
  replyTo: { channelId: string; messageId: string } | null
  /** Whom a person mentions: by name, or by answering with a ping. */
  mentions: { users: string[]; roles: string[] }
  /** Who has reacted, by emoji. */
  reactions: Map<string, Set<string>>
  /** The thread started from it. */
  threadId: string | null
  /** `allowed_mentions` of the last request that shaped it. */
  allowedMentions: unknown
  /** How often it was edited. */
  edits: number
}

export interface UploadedFile {
  /** n of `files[n]`. */
  index: string
  filename: string
  type: string
  bytes: Buffer
}

export interface StoredFile {
  attachment: Attachment
  channelId: string
  bytes: Buffer
}

export interface Choice {
  name: string
  value: string | number
  name_localizations?: Record<string, string> | null
}

export interface CommandOption {
  type: number
  name: string
  description: string
  required?: boolean
  autocomplete?: boolean
  choices?: Choice[]
  options?: CommandOption[]
  min_value?: number
  max_value?: number
  min_length?: number
  max_length?: number
  name_localizations?: Record<string, string> | null
  description_localizations?: Record<string, string> | null
}

export interface Command {
  id: string
  type: number
  name: string
  description: string
  options?: CommandOption[]
  default_member_permissions: string | null
  nsfw: boolean
  contexts: number[] | null
  integration_types?: number[]
  name_localizations: Record<string, string> | null
  description_localizations: Record<string, string> | null
  version: string
}

export interface ModalForm {
  customId: string
  title: string
  components: Component[]
}

export interface InteractionState {
  id: string
  token: string
  /** 2 command, 3 component, 4 autocomplete, 5 modal. */
  type: number
  userId: string
  channelId: string
  guildId: string | null
  /** ms of the server's clock. */
  createdAt: number
  commandName: string | null
  sourceMessageId: string | null
  /** True after `expire()`: neither acknowledgement nor token work any more. */
  expired: boolean
  callback: { type: number; at: number; data: Json } | null
  /** What `@original` is. */
  originalId: string | null
  /** Every message made for it, in order. */
  messageIds: string[]
  modal: ModalForm | null
  choices: Choice[] | null
  /** Requests of the bot for this interaction that were refused. */
  refusals: { status: number; code: number; message: string }[]
}

export interface RecordedRequest {
  method: string
  /** The path after `/api/v10`, without the query. */
  path: string
  /** As Discord's own description names it: `/channels/{channel_id}/messages`. Null: no such route. */
  route: string | null
  query: Record<string, string>
  body: unknown
  files: { index: string; filename: string; size: number }[]
  /** ms of the server's clock, at arrival. */
  at: number
  /** 0 while it is being answered, −1 when the connection was cut instead. */
  status: number
  /** Discord's code of a refusal. */
  code: number | null
  /** The whole body of a refusal, as JSON. */
  refusal: string | null
}

export interface GatewayRecord {
  direction: 'sent' | 'received' | 'opened' | 'closed'
  connection: number
  op: number | null
  event: string | null
  data: unknown
  at: number
}

export interface Violation {
  method: string
  route: string
  /** JSON pointer into the body. */
  path: string
  reason: string
}
