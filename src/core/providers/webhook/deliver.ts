import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Webhook } from 'standardwebhooks'
import { ProviderError, UserError } from '../../model/errors.ts'
import { cancelledBy } from '../../model/failure.ts'
import type { WebhookMessage, Webhooks, WebhookTarget } from '../../model/webhooks.ts'
import { addressOf, lookupWithin } from './address.ts'

const NAME = 'webhook_target'
/** Milliseconds; the specification recommends 15 to 30 s. */
const TIMEOUT = 20_000

export interface WebhookOptions {
  /** The operator's own address, without restrictions. */
  usual: WebhookTarget | null
  /** Addresses and networks (CIDR) that workspaces may name in addition to those of the internet, even without TLS. */
  networks: readonly string[]
  /** Timeout of a whole delivery, in milliseconds. */
  timeout?: number
}

/**
 * Sends messages as specified by
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: signed, and accepted by any
 * answer from 200 to 299. Doesn't follow redirects, and reads only the status of an answer.
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

/** @param networks null for an address without restrictions. @returns the status of the answer. */
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
  // Without the shared agent: no connection is kept open.
  const options = { method: 'POST', headers, signal, agent: false as const }
  const guard = networks && { lookup: lookupWithin(networks, url) }
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    // A request that is already destroyed emits no error on abort.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    const sending = request(url, { ...options, ...guard }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    // Stays attached after the answer, when errors no longer matter.
    sending.on('error', reject)
    // Without this, Node closes the connection and reports neither an answer nor a failure.
    sending.on('upgrade', (response, socket) => {
      resolve(response.statusCode ?? 0)
      socket.destroy()
    })
    sending.on('close', () => reject(new Error('the connection was closed without an answer')))
    sending.end(body)
  })
}
