import { type types, webApi } from '@slack/bolt'
import { isUnclear, secondsToWait } from './errors.ts'
import { persist } from './persist.ts'

/** Time limit for one post, in milliseconds. */
const TIMEOUT = 10_000
/** Retries if the address doesn't respond: the person is waiting, and there is another way to respond. */
const RETRIES = 1

export interface PrivateMessage {
  text: string
  blocks: types.KnownBlock[]
  /** Replace the message that the address belongs to. */
  replaces: boolean
  threadId: string | null
}

/**
 * Responds to one person at the address that came with their action, which accepts five responses within half an hour
 * (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
 * @returns false if the address accepts no more, or doesn't respond.
 */
export async function respond(
  address: string,
  { text, blocks, replaces, threadId }: PrivateMessage,
): Promise<boolean> {
  const body = JSON.stringify({
    response_type: 'ephemeral',
    replace_original: replaces,
    ...(threadId !== null && !replaces && { thread_ts: threadId }),
    text,
    blocks,
  })
  const deliver = async () => {
    const { status, answer, retryAfter } = await post(address, body)
    if (status === 429) throw new webApi.WebAPIRateLimitedError(retryAfter)
    if (status >= 500) throw new webApi.WebAPIHTTPError(status, '', {}, answer)
    // The error is the whole body, or a field of its JSON.
    if (answer.includes('invalid_blocks'))
      throw new webApi.WebAPIPlatformError({ ok: false, error: 'invalid_blocks' })
    return status < 300 && !/"ok":\s*false/.test(answer)
  }
  try {
    return await persist(deliver, undefined, RETRIES)
  } catch (error) {
    if (isUnclear(error) || secondsToWait(error) !== undefined) return false
    throw error
  }
}

async function post(
  address: string,
  body: string,
): Promise<{ status: number; answer: string; retryAfter: number }> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const retryAfter = Number(response.headers.get('retry-after')) || 1
    return { status: response.status, answer: await response.text(), retryAfter }
  } catch (error) {
    throw new webApi.WebAPIRequestError(error instanceof Error ? error : new Error(String(error)))
  }
}
