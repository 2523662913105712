import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Webhook } from 'standardwebhooks'
import { ProviderError, UserError } from '../../model/errors.ts'
import { cancelledBy } from '../../model/failure.ts'
import type { WebhookMessage, Webhooks, WebhookTarget } from '../../model/webhooks.ts'
import { addressOf, lookupWithin } from './address.ts'

const NAME = 'webhook_target'
/** Milliseconds; the specification wants 15 to 30 s. */
const TIMEOUT = 20_000

export interface WebhookOptions {
  /** The operator's own address, which may be anything. */
  usual: WebhookTarget | null
  /** Addresses and networks (CIDR) that workspaces may name besides those of the internet, and without TLS. */
  networks: readonly string[]
  /** Milliseconds for all of a delivery. */
  timeout?: number
}

/**
 * Messages as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md has them: signed, and any
 * answer of 200 to 299 takes them. Redirects are not followed, and nothing of an answer is read but its status.
 */
export function createWebhooks({ usual, networks, timeout = TIMEOUT }: WebhookOptions): Webhooks {
  return {
    usual,
    check: (url) => void addressOf(url, networks),
    async deliver(target, message, { isOwn, signal }) {
      const url = isOwn ? addressOf(target.url, networks) : new URL(target.url)
      const either = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
      const status = await post(url, target, message, isOwn ? networks : null, either).catch((cause) => {
        if (cancelledBy(signal, cause)) throw cause
        if (cause instanceof UserError) throw cause
        throw new ProviderError(NAME, 'unavailable', 'The webhook does not answer.', { cause })
      })
      if (status >= 200 && status < 300) return 'delivered'
      if (status === 410) return 'gone'
      const failure =
        status === 429
          ? 'rate_limited'
          : status < 400
            ? 'bad_answer'
            : status < 500
              ? 'refused'
              : 'unavailable'
      throw new ProviderError(NAME, failure, `The webhook answered with HTTP ${status}.`)
    },
  }
}

/** @param networks null for an address that may lead anywhere. @returns the status of the answer. */
async function post(
  url: URL,
  { secret }: WebhookTarget,
  { id, body, sentAt }: WebhookMessage,
  networks: readonly string[] | null,
  signal: AbortSignal,
): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Rushes',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
  }
  const request = url.protocol === 'http:' ? requestHttp : requestHttps
  // An agent of its own: no connection is kept.
  const options = { method: 'POST', headers, signal, agent: false as const }
  const guard = networks && { lookup: lookupWithin(networks, url) }
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    // A request that is destroyed already says nothing of it.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    const sending = request(url, { ...options, ...guard }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    // Also after the answer, when what it says does not matter any more.
    sending.on('error', reject)
    // Without this Node closes the connection, and says neither that there is an answer nor that there is none.
    sending.on('upgrade', (response, socket) => {
      resolve(response.statusCode ?? 0)
      socket.destroy()
    })
    sending.on('close', () => reject(new Error('the connection was closed without an answer')))
    sending.end(body)
  })
}
