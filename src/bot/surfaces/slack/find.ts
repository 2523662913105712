import { createHash } from 'node:crypto'
import path from 'node:path'
import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Spot } from '../../thread/chat.ts'
import { persist } from './persist.ts'

/** Messages per request. */
const PAGE = 200
/** How many of a channel's latest messages are searched for one of ours. */
const RECENT = 100

const Message = z.looseObject({
  ts: z.string(),
  subtype: z.string().nullish(),
  blocks: z.array(z.looseObject({ block_id: z.string().nullish() })).nullish(),
  files: z.array(z.looseObject({ id: z.string().nullish(), name: z.string().nullish() })).nullish(),
})
type Message = z.infer<typeof Message>
const Messages = z
  .array(Message)
  .nullish()
  .transform((messages) => messages ?? [])

/** The block id that identifies a message with this nonce. Slack stores it without showing it. */
export function markOf(nonce: string): string {
  return `rushes-${createHash('sha256').update(nonce).digest('hex').slice(0, 40)}`
}

/** The name under which a file is uploaded, which identifies its message. People see its title. */
export function markedName(name: string, nonce: string): string {
  const { name: base, ext } = path.parse(name)
  return `${base}-${markOf(nonce).slice(-8)}${ext}`
}

/** Everything that identifies a message. */
export function marksOf({ blocks, files }: Message): string[] {
  const marks = [...(blocks ?? []).map(({ block_id }) => block_id), ...(files ?? []).map(({ name }) => name)]
  return marks.filter((mark) => typeof mark === 'string')
}

export function hasFile(fileId: string): (message: Message) => boolean {
  return ({ files }) => files?.some(({ id }) => id === fileId) ?? false
}

/** False for the placeholder of a deleted message. */
export function isThere({ subtype }: Message): boolean {
  return subtype !== 'tombstone'
}

/** The timestamp of the first match; undefined if there is none. */
export async function findMessage(
  client: webApi.WebClient,
  spot: Spot,
  fits: (message: Message) => boolean,
): Promise<string | undefined> {
  for await (const page of messagesAt(client, spot)) {
    const found = page.find((message) => isThere(message) && fits(message))
    if (found) return found.ts
  }
  return undefined
}

/**
 * A thread's messages, oldest first, or else a channel's recent messages, in pages. Deleted ones may still be listed: see
 * `isThere`.
 */
export async function* messagesAt(client: webApi.WebClient, spot: Spot): AsyncGenerator<Message[]> {
  const { channelId: channel, threadId } = spot
  if (threadId === null) {
    const { messages } = await persist(() => client.conversations.history({ channel, limit: RECENT }))
    yield Messages.parse(messages)
    return
  }
  let cursor = ''
  do {
    const before = cursor
    const page = await persist(() =>
      client.conversations.replies({ channel, ts: threadId, limit: PAGE, ...(cursor !== '' && { cursor }) }),
    )
    yield Messages.parse(page.messages)
    cursor = page.response_metadata?.next_cursor ?? ''
    if (cursor === before) return
  } while (cursor !== '')
}
