import { createHmac } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../../../src/core/model/errors.ts'
import { canPass } from '../../../../src/core/model/failure.ts'
import { lookupWithin } from '../../../../src/core/providers/webhook/address.ts'
import { createWebhooks } from '../../../../src/core/providers/webhook/deliver.ts'
import { type Loopback, startLoopback } from '../../../servers/loopback.ts'

const SECRET = `whsec_${Buffer.from('a secret of enough bytes, all of it').toString('base64')}`
const MESSAGE = {
  id: 'msg_1',
  body: '{"type":"draft.finalized"}',
  sentAt: new Date('2026-05-01T10:00:00.9Z'),
}
const signal = new AbortController().signal
const LOCAL = ['127.0.0.0/8', '::1']

let server: Loopback
let answer: { status: number; headers?: Record<string, string> }
beforeAll(async () => {
  server = await startLoopback(() => answer)
  return () => server.close()
})
beforeEach(() => {
  answer = { status: 204 }
  server.requests.length = 0
  server.faults.length = 0
})

const webhooks = (networks: string[] = LOCAL, timeout = 20_000) =>
  createWebhooks({ usual: null, networks, timeout })
const send = (url = `${server.origin}/hook?token=1`, isOwn = true, networks = LOCAL) =>
  webhooks(networks).deliver({ url, secret: SECRET }, MESSAGE, { isOwn, signal })

describe('a delivery', () => {
  it('is signed as the specification has it', async () => {
    expect(await send()).toBe('delivered')
    const [request] = server.requests
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: { 'content-type': 'application/json' },
    })
    expect(request?.body.toString()).toBe(MESSAGE.body)
    const {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': signature,
    } = request?.headers ?? {}
    expect([id, at]).toEqual(['msg_1', '1777629600'])
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
    const expected = createHmac('sha256', key).update(`msg_1.1777629600.${MESSAGE.body}`).digest('base64')
    expect(signature).toBe(`v1,${expected}`)
  })

  it.each([
    [200, 'delivered'],
    [299, 'delivered'],
    [410, 'gone'],
  ])('that is answered with %i counts as %s', async (status, outcome) => {
    answer = { status }
    expect(await send()).toBe(outcome)
  })

  it.each([
    [301, 'bad_answer'],
    [307, 'bad_answer'],
    [400, 'refused'],
    [404, 'refused'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('that is answered with %i is tried again, and leads nowhere else', async (status, failure) => {
    answer = { status, headers: { location: `${server.origin}/elsewhere` } }
    await expect(send()).rejects.toMatchObject({
      failure,
      message: `The webhook answered with HTTP ${status}.`,
    })
    expect(server.requests.map(({ path }) => path)).toEqual(['/hook'])
  })

  it('does not wait for what an answer says, nor for one that never comes', async () => {
    server.faults.push({ kind: 'drip' })
    expect(await send()).toBe('delivered')
    for (const [kind, timeout] of [
      ['silence', 50],
      ['reset', 20_000],
    ] as const) {
      server.faults.push({ kind })
      const target = { url: server.origin, secret: SECRET }
      await expect(
        webhooks(LOCAL, timeout).deliver(target, MESSAGE, { isOwn: true, signal }),
      ).rejects.toMatchObject({ failure: 'unavailable', message: 'The webhook does not answer.' })
    }
    const stop = new AbortController()
    server.faults.push({ kind: 'silence' })
    const stopped = webhooks(LOCAL, 60_000).deliver({ url: server.origin, secret: SECRET }, MESSAGE, {
      isOwn: true,
      signal: stop.signal,
    })
    stop.abort()
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('that is answered with another protocol is tried again', async () => {
    server.faults.push({ kind: 'upgrade' })
    await expect(send()).rejects.toMatchObject({
      failure: 'bad_answer',
      message: 'The webhook answered with HTTP 101.',
    })
    // A signal that was already aborted also counts.
    const stopped = { isOwn: true, signal: AbortSignal.abort() }
    await expect(
      webhooks().deliver({ url: server.origin, secret: SECRET }, MESSAGE, stopped),
    ).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('the address of a workspace', () => {
  const why = (trouble: string) =>
    expect.objectContaining({ code: 'webhook_address', params: { field: 'url', why: trouble } })
  const checked = (url: string, networks: string[] = []) => {
    try {
      webhooks(networks).check(url)
      return null
    } catch (error) {
      return error
    }
  }

  it.each([
    ['', 'no_address'],
    ['hooks.example.com', 'no_address'],
    ['ftp://example.com/x', 'no_address'],
    ['javascript:alert(1)', 'no_address'],
    [`https://example.com/${'a'.repeat(2000)}`, 'no_address'],
    ['http://example.com/x', 'not_https'],
    ['https://me:secret@example.com/x', 'password'],
    ['https://127.0.0.1/x', 'private'],
    ['https://2130706433/x', 'private'],
    ['https://0x7f.1/x', 'private'],
    ['https://10.1.2.3:8443/x', 'private'],
    ['https://172.16.0.1', 'private'],
    ['https://192.168.0.1', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    ['https://100.64.0.1', 'private'],
    ['https://0.0.0.0', 'private'],
    ['https://[::1]/x', 'private'],
    ['https://[::]/x', 'private'],
    ['https://[::ffff:10.0.0.1]/x', 'private'],
    ['https://[64:ff9b::a00:1]/x', 'private'],
    ['https://[fd00::1]/x', 'private'],
    ['https://[fe80::1]/x', 'private'],
    ['https://[fec0::1]/x', 'private'],
    ['https://[::7f00:1]/x', 'private'],
    ['https://[64:ff9b::a9fe:a9fe]/x', 'private'],
    ['https://[64:ff9b:1::a00:1]/x', 'private'],
    ['https://[4000::1]/x', 'private'],
    ['https://168.63.129.16/x', 'private'],
    ['https://[64:ff9b::a83f:8110]/x', 'private'],
  ])('cannot be %s', (url, trouble) => {
    expect(checked(url)).toEqual(why(trouble))
  })

  it('is any on the internet, and of others those that the operator names', () => {
    for (const url of [
      'https://example.com',
      'https://8.8.8.8/x',
      'https://[2606:4700::1]:444/x',
      'https://[64:ff9b::808:808]/x',
      ' https://example.com '.trim(),
    ])
      expect(checked(url)).toBeNull()
    expect(checked('http://10.1.2.3/x', ['10.0.0.0/8'])).toBeNull()
    expect(checked('http://[fd00::1]/x', ['10.0.0.0/8', 'fd00::/8'])).toBeNull()
    expect(checked('http://192.168.1.20', ['192.168.1.20'])).toBeNull()
    expect(checked('http://192.168.1.21', ['192.168.1.20'])).toEqual(why('private'))
    // Nothing is sent over the internet without TLS.
    expect(checked('http://8.8.8.8', ['10.0.0.0/8'])).toEqual(why('not_https'))
    expect(checked('http://[64:ff9b::a00:1]/x', ['10.0.0.0/8'])).toBeNull()
    expect(checked('https://168.63.129.16', ['168.63.129.16'])).toBeNull()
  })

  it('is called at those of its addresses that are allowed', async () => {
    const found = (protocol: string, ...addresses: string[]) =>
      new Promise((resolve) => {
        const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
        const at = new URL(`${protocol}://hooks.example.com`)
        const look = lookupWithin([], at, (_name, _options, done) => done(null, all))
        look('hooks.example.com', { all: true }, (error, list) =>
          resolve(error ?? (list as { address: string }[]).map(({ address }) => address)),
        )
      })
    // The answer of an IPv6-only network for a host that has both.
    const nat64 = '64:ff9b::808:808'
    expect(await found('https', nat64, '2606:4700::1')).toEqual([nat64, '2606:4700::1'])
    expect(await found('https', '10.0.0.1', '8.8.8.8', '64:ff9b::a00:1')).toEqual(['8.8.8.8'])
    expect(await found('https', '10.0.0.1', '::1')).toEqual(why('private'))
    expect(await found('http', '8.8.8.8')).toEqual(why('not_https'))
    // The name may resolve to another address later.
    const refused = await found('https', '127.0.0.1')
    expect([canPass(refused), canPass(new UserError('webhook_unreadable'))]).toEqual([true, false])
  })

  it('is looked at again when a name is connected to', async () => {
    const local = `https://localhost:${new URL(server.origin).port}/hook`
    expect(checked(local)).toBeNull()
    await expect(send(local, true, [])).rejects.toEqual(why('private'))
    const plain = local.replace('https', 'http')
    await expect(send(plain, true, ['10.0.0.0/8'])).rejects.toEqual(why('private'))
    expect(server.requests).toEqual([])
    expect(await send(plain)).toBe('delivered')
    // Operators decide about their own address.
    expect(await send(plain, false, [])).toBe('delivered')
  })
})
