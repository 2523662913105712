import { createHash } from 'node:crypto'
import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Spot } from '../chat.ts'
import { persist } from './persist.ts'

/** Messages asked for at a time. */
const PAGE = 200
/** Messages of a channel, newest first, in which one of ours is looked for. */
const RECENT = 100

const Message = z.looseObject({
  ts: z.string(),
  subtype: z.string().optional(),
  blocks: z.array(z.looseObject({ block_id: z.string().optional() })).optional(),
  files: z.array(z.looseObject({ id: z.string().optional() })).optional(),
})
type Message = z.infer<typeof Message>

/** The block id by which a message with this nonce is found again. Slack keeps it and shows it to nobody. */
export function markOf(nonce: string): string {
  return `rushes-${createHash('sha256').update(nonce).digest('hex').slice(0, 40)}`
}

export function hasMark(mark: string): (message: Message) => boolean {
  return ({ blocks = [] }) => blocks.some(({ block_id: id }) => id === mark)
}

export function hasFile(fileId: string): (message: Message) => boolean {
  return ({ files = [] }) => files.some(({ id }) => id === fileId)
}

/** The timestamp of the first message that fits; undefined when there is none. */
export async function findMessage(
  client: webApi.WebClient,
  spot: Spot,
  fits: (message: Message) => boolean,
): Promise<string | undefined> {
  for await (const page of messagesAt(client, spot)) {
    const found = page.find(fits)
    if (found) return found.ts
  }
  return undefined
}

/**
 * What there is in a thread, oldest first, or else the recent messages of a channel, in pages. What was deleted is left
 * out.
 */
export async function* messagesAt(client: webApi.WebClient, spot: Spot): AsyncGenerator<Message[]> {
  const { channelId: channel, threadId } = spot
  if (threadId === null) {
    const { messages } = await persist(() => client.conversations.history({ channel, limit: RECENT }))
    yield existing(messages)
    return
  }
  let cursor = ''
  do {
    const page = await persist(() =>
      client.conversations.replies({ channel, ts: threadId, limit: PAGE, ...(cursor !== '' && { cursor }) }),
    )
    yield existing(page.messages)
    cursor = page.response_metadata?.next_cursor ?? ''
  } while (cursor !== '')
}

function existing(messages: unknown): Message[] {
  return z
    .array(Message)
    .parse(messages ?? [])
    .filter(({ subtype }) => subtype !== 'tombstone')
}
