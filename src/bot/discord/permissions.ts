import { type PermissionResolvable, PermissionsBitField, type PermissionsString } from 'discord.js'

/** Every permission that Rushes uses, by the names that Discord's settings show. */
const NAMES = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  CreatePublicThreads: 'Create Public Threads',
  AttachFiles: 'Attach Files',
  ReadMessageHistory: 'Read Message History',
} as const satisfies Partial<Record<PermissionsString, string>>

type Needed = keyof typeof NAMES

/** What has to be allowed for drafts to live in a channel, or in a thread of their own. */
export const TO_LIVE = {
  channel: ['ViewChannel', 'SendMessages', 'AttachFiles', 'ReadMessageHistory'],
  thread: ['ViewChannel', 'SendMessagesInThreads', 'AttachFiles', 'ReadMessageHistory'],
} as const satisfies Record<string, readonly Needed[]>

/** What opening a thread and writing in it takes besides. */
export const TO_OPEN_THREADS = ['CreatePublicThreads', 'SendMessagesInThreads'] as const

/** The first of these permissions that is missing, as Discord's settings call it; null when all are there. */
export function firstMissing(
  has: Readonly<PermissionsBitField>,
  needed: readonly (keyof typeof NAMES)[],
): string | null {
  const missing = needed.find((name) => !has.has(name satisfies PermissionResolvable))
  return missing === undefined ? null : NAMES[missing]
}

/** The address that invites the bot to a server with exactly what it needs. */
export function inviteLink(applicationId: string): string {
  const permissions = new PermissionsBitField(Object.keys(NAMES) as Needed[]).bitfield.toString()
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions,
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
