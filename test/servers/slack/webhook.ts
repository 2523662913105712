import { createHmac } from 'node:crypto'
import type { Delivery, Transport } from './deliver.ts'
import type { World } from './world.ts'

/** HTTP mode: signed requests to the app. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export interface Webhook {
  url: string
  signingSecret: string
}

export interface Tampering {
  /** Sign with a wrong secret, sign with an old timestamp, or send no signature. */
  tamper?: 'signature' | 'timestamp' | 'unsigned'
  headers?: Record<string, string>
}

export interface HttpAnswer {
  status: number
  body: string
}

export function httpTransport(world: World, webhook: Webhook): Transport {
  return (delivery) => {
    void postSigned(webhook, contentType(delivery.type), encode(delivery), {
      headers: retryHeaders(delivery),
    }).then(
      ({ status, body }) => {
        if (status === 200) delivery.acknowledge(readBody(world, body))
        else delivery.fail('dispatch_failed')
      },
      () => delivery.fail('dispatch_failed'),
    )
  }
}

/** Sends a body with Slack's signature (or a wrong one) and returns what the app answered. */
export async function postSigned(
  webhook: Webhook,
  type: string,
  body: string,
  { tamper, headers = {} }: Tampering = {},
): Promise<HttpAnswer> {
  const at = Math.floor(Date.now() / 1000) - (tamper === 'timestamp' ? 6 * 60 : 0)
  const secret = tamper === 'signature' ? `${webhook.signingSecret}x` : webhook.signingSecret
  const digest = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  const signed = { 'x-slack-signature': `v0=${digest}`, 'x-slack-request-timestamp': String(at) }
  const response = await fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': type, ...(tamper === 'unsigned' ? {} : signed), ...headers },
    body,
  })
  return { status: response.status, body: await response.text() }
}

export const FORM = 'application/x-www-form-urlencoded'
export const JSON_TYPE = 'application/json'

function contentType(type: Delivery['type']): string {
  return type === 'events_api' ? JSON_TYPE : FORM
}

function encode({ type, payload }: Pick<Delivery, 'type' | 'payload'>): string {
  if (type === 'events_api') return JSON.stringify(payload)
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return new URLSearchParams(
    Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString()
}

function retryHeaders({ attempt, reason }: Delivery): Record<string, string> {
  if (attempt === 0) return {}
  const why = reason === 'timeout' ? 'http_timeout' : 'http_error'
  return { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': why }
}

function readBody(world: World, body: string): Record<string, unknown> {
  if (body === '') return {}
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed }
    world.problems.push(`An acknowledgement that is neither text nor an object: ${body.slice(0, 200)}`)
    return {}
  } catch {
    return { text: body }
  }
}
