import { PermissionsBitField, type PermissionsString } from 'discord.js'

/** Every permission that Rushes uses; the words of each language have the names that Discord's settings show. */
const NEEDED = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
] as const satisfies PermissionsString[]

type Needed = (typeof NEEDED)[number]

/** What has to be allowed for drafts to live in a channel, or in a thread of their own. */
export const TO_LIVE = {
  channel: ['ViewChannel', 'SendMessages', 'AttachFiles', 'ReadMessageHistory'],
  thread: ['ViewChannel', 'SendMessagesInThreads', 'AttachFiles', 'ReadMessageHistory'],
  /** Where it is not known whether it is a thread. */
  unknown: ['ViewChannel', 'AttachFiles', 'ReadMessageHistory'],
} as const satisfies Record<string, readonly Needed[]>

/** What opening a thread and writing in it takes besides. */
export const TO_OPEN_THREADS = ['CreatePublicThreads', 'SendMessagesInThreads'] as const

/** The first of these permissions that is missing; null when all are there, or when nothing is known. */
export function firstMissing(
  has: Readonly<PermissionsBitField> | null,
  needed: readonly Needed[],
): Needed | null {
  return needed.find((name) => has?.has(name) === false) ?? null
}

/** The address that invites the bot to a server with exactly what it needs. */
export function inviteLink(applicationId: string): string {
  const permissions = new PermissionsBitField([...NEEDED]).bitfield.toString()
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions,
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
