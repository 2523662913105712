/** What the loopback Discord stores. Field names are Discord's own, so that stored objects can be sent almost unchanged. */

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
  /** Maximum size in bytes of a file that this person may upload anywhere (Nitro); 0 without Nitro. */
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
  /** For a role that Discord created when a bot was invited: that bot's id. */
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
  /** Boost tier: 0 and 1 allow files of 10 MiB, 2 of 50 MiB, 3 of 100 MiB. */
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
  /** The other person in a DM. */
  recipientId: string | null
  thread: ThreadState | null
  /** When the bot showed that it is typing, in ms of the server's clock. */
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

/** Any component of a message or a modal; which fields are set depends on `type`. */
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
  /** The only person who can see it (ephemeral), or null if everyone in the channel can. */
  visibleTo: string | null
  /** The interaction that this message answers. */
  interaction: { id: string; type: number; userId: string; name: string | null } | null
  replyTo: { channelId: string; messageId: string } | null
  /** The people and roles that a person's message mentions: by name, or by replying with a ping. */
  mentions: { users: string[]; roles: string[] }
  /** The people who reacted, by emoji. */
  reactions: Map<string, Set<string>>
  /** The thread started from it. */
  threadId: string | null
  /** `allowed_mentions` of the request that created it, or of the last edit that included them. */
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
  /** The message that `@original` refers to. */
  originalId: string | null
  /** Every message created for it, in order. */
  messageIds: string[]
  modal: ModalForm | null
  choices: Choice[] | null
  /** The bot's requests for this interaction that were refused. */
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
  /** 0 while it is being answered, −1 if the connection was cut instead. */
  status: number
  /** Discord's error code of a refusal. */
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
