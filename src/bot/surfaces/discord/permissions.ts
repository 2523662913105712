import { PermissionsBitField, type PermissionsString } from 'discord.js'

/** Every permission that Rushes uses; the texts in each language have the names shown in Discord's settings. */
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

/** The permissions that drafts need in a channel, or in their own thread. */
export const TO_LIVE = {
  channel: ['ViewChannel', 'SendMessages', 'AttachFiles', 'ReadMessageHistory'],
  thread: ['ViewChannel', 'SendMessagesInThreads', 'AttachFiles', 'ReadMessageHistory'],
  /** If it is unknown whether it is a thread. */
  unknown: ['ViewChannel', 'AttachFiles', 'ReadMessageHistory'],
} as const satisfies Record<string, readonly Needed[]>

/** Additional permissions for opening a thread and writing in it. */
export const TO_OPEN_THREADS = ['CreatePublicThreads', 'SendMessagesInThreads'] as const

/** The first of these permissions that is missing; null if all are there, or nothing is known. */
export function firstMissing(
  has: Readonly<PermissionsBitField> | null,
  needed: readonly Needed[],
): Needed | null {
  return needed.find((name) => has?.has(name) === false) ?? null
}

/** The link that invites the bot to a server with exactly the permissions it needs. */
export function inviteLink(applicationId: string): string {
  const permissions = new PermissionsBitField([...NEEDED]).bitfield.toString()
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions,
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
