import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { parseRetryAfter } from '../../../src/core/media/download/http-retry-after.ts'
import { ProviderError } from '../../../src/core/model/errors.ts'
import { fetchJson, type JsonRequest } from '../../../src/core/providers/http.ts'
import { createRateLimiter } from '../../../src/core/providers/http-rate-limit.ts'
import { type Loopback, startLoopback } from '../../servers/loopback.ts'

const SERVICE = { name: 'stock', title: 'Stock', setting: 'STOCK_KEY' }
let server: Loopback

beforeEach(async () => {
  server = await startLoopback(() => ({ body: { fine: true } }))
})
afterEach(() => server.close())

function get(extra: Partial<JsonRequest> = {}) {
  return fetchJson({
    service: SERVICE,
    url: new URL('/api?key=s3cret', server.origin),
    signal: AbortSignal.timeout(30_000),
    limiter: createRateLimiter(SERVICE),
    ...extra,
  })
}

async function failure(promise: Promise<unknown>): Promise<ProviderError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderError)) throw new Error(`expected a ProviderError, got ${String(error)}`)
  return error
}

describe('fetchJson', () => {
  it('returns what was sent', async () => {
    expect(await get()).toEqual({ fine: true })
  })

  it.each([
    [401, 'unauthorized', 1],
    [403, 'unauthorized', 1],
    [404, 'bad_answer', 1],
    [500, 'unavailable', 3],
    [503, 'unavailable', 3],
  ])('names a %i as %s after %i requests', async (status, expected, requests) => {
    server.fault = () => ({ kind: 'status', status })
    const error = await failure(get())
    expect(error.failure).toBe(expected)
    expect(server.requests).toHaveLength(requests)
  })

  it('goes on after a problem that passes', async () => {
    server.faults = [{ kind: 'reset' }, { kind: 'status', status: 502 }]
    expect(await get()).toEqual({ fine: true })
    expect(server.requests).toHaveLength(3)
  })

  it('waits as long as a short Retry-After asks', async () => {
    server.faults = [{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }]
    const asked = performance.now()
    expect(await get()).toEqual({ fine: true })
    expect(performance.now() - asked).toBeGreaterThanOrEqual(990)
    expect(server.requests).toHaveLength(2)
  })

  it('passes a long Retry-After on at once', async () => {
    server.faults = [{ kind: 'status', status: 429, headers: { 'retry-after': '3600' } }]
    const error = await failure(get())
    expect(error).toMatchObject({ failure: 'rate_limited', retryAfter: 3600 })
    expect(server.requests).toHaveLength(1)
  })

  it('gives up on a server that says nothing, or stops in the middle', async () => {
    server.fault = () => ({ kind: 'silence' })
    expect((await failure(get({ idleSeconds: 0.2, retries: 0 }))).failure).toBe('unavailable')
    server.fault = () => ({ kind: 'stall', bytes: 4 })
    expect((await failure(get({ idleSeconds: 0.2, retries: 0 }))).failure).toBe('unavailable')
    server.fault = () => ({ kind: 'truncated', bytes: 4 })
    expect((await failure(get({ retries: 0 }))).failure).toBe('unavailable')
  })

  it('does not wait for an answer that trickles for ever, and does not ask for it again', async () => {
    server.fault = () => ({ kind: 'drip' })
    const error = await failure(get({ idleSeconds: 20, totalSeconds: 0.5 }))
    expect(error).toMatchObject({ failure: 'unavailable', message: 'Stock did not respond in time.' })
    expect(server.requests).toHaveLength(1)
  })

  it('goes on after a 429 that does not say how long to wait', async () => {
    server.faults = [{ kind: 'status', status: 429 }]
    expect(await get()).toEqual({ fine: true })
    expect(server.requests).toHaveLength(2)
  })

  it('follows a redirect on the own server, and takes its key nowhere else', async () => {
    const moved = (location: string) => ({ kind: 'status', status: 301, headers: { location } }) as const
    server.faults = [moved('/v2/api')]
    expect(await get()).toEqual({ fine: true })
    expect(server.requests.map(({ path }) => path)).toEqual(['/api', '/v2/api'])
    for (const elsewhere of ['http://stock.example/api', 'https://user@stock.example/']) {
      server.fault = () => moved(elsewhere)
      expect((await failure(get())).failure).toBe('bad_answer')
    }
    server.fault = () => moved('/round')
    expect((await failure(get())).failure).toBe('bad_answer')
  })

  it('does not take a web page, broken JSON or a flood for an answer', async () => {
    server.faults = [{ kind: 'html' }]
    expect(await failure(get())).toMatchObject({
      failure: 'bad_answer',
      message: expect.stringContaining('web page'),
    })
    server.faults = [{ kind: 'answer', body: '{"a":' }]
    expect((await failure(get())).failure).toBe('bad_answer')
    server.faults = [{ kind: 'answer', body: `"${'x'.repeat(5000)}"` }]
    expect((await failure(get({ maxBytes: 1000 }))).failure).toBe('too_large')
  })

  it('never shows the address with its key', async () => {
    for (const fault of [{ kind: 'reset' }, { kind: 'html' }, { kind: 'status', status: 401 }] as const) {
      server.fault = () => fault
      const error = await failure(get({ retries: 0 }))
      expect(`${error.stack} ${String((error.cause as Error | undefined)?.stack)}`).not.toContain('s3cret')
    }
    await server.close()
    const error = await failure(get({ retries: 0 }))
    expect(error.failure).toBe('unavailable')
    expect(`${error.stack} ${String((error.cause as Error).stack)}`).not.toContain('s3cret')
    server = await startLoopback(() => ({ body: {} }))
  })

  it('ends at once when it is cancelled, also while it waits', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    server.fault = () => ({ kind: 'status', status: 429, headers: { 'retry-after': '15' } })
    const running = get({ signal: controller.signal })
    setTimeout(() => controller.abort(reason), 100)
    await expect(running).rejects.toBe(reason)
    // It waited: a separate attempt would have shown up here.
    expect(server.requests).toHaveLength(1)
  })
})

describe('createRateLimiter', () => {
  const headers = (values: Record<string, string>) => new Headers(values)

  it('lets everything through while nothing is known', async () => {
    const limiter = createRateLimiter(SERVICE)
    for (let index = 0; index < 50; index++) await limiter.before(AbortSignal.timeout(1000))
  })

  it('stops when the allowance is used up, and says for how long', async () => {
    const limiter = createRateLimiter(SERVICE)
    limiter.learn(200, headers({ 'x-ratelimit-remaining': '2', 'x-ratelimit-reset': '3600' }))
    const signal = AbortSignal.timeout(5000)
    await limiter.before(signal)
    await limiter.before(signal)
    const error = await failure(limiter.before(signal))
    expect(error.failure).toBe('rate_limited')
    expect(error.retryAfter).toBeGreaterThan(3590)
  })

  it('reads a UNIX timestamp as one', async () => {
    const limiter = createRateLimiter(SERVICE)
    const reset = Math.floor(Date.now() / 1000) + 100
    limiter.learn(200, headers({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }))
    const error = await failure(limiter.before(AbortSignal.timeout(1000)))
    expect(error.retryAfter).toBeGreaterThan(90)
    expect(error.retryAfter).toBeLessThanOrEqual(100)
  })

  it('waits for a window that ends soon, and opens again', async () => {
    const limiter = createRateLimiter(SERVICE)
    limiter.learn(
      200,
      headers({ 'x-ratelimit-limit': '9', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0.2' }),
    )
    const asked = performance.now()
    await limiter.before(AbortSignal.timeout(10_000))
    expect(performance.now() - asked).toBeGreaterThanOrEqual(190)
    await limiter.before(AbortSignal.timeout(10_000))
  })

  it('believes the smaller of two answers of one window', async () => {
    const limiter = createRateLimiter(SERVICE)
    limiter.learn(200, headers({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '60' }))
    limiter.learn(200, headers({ 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '60' }))
    const signal = AbortSignal.timeout(1000)
    await limiter.before(signal)
    await failure(limiter.before(signal))
  })

  it('closes for longer and longer after each 429 without hints, a minute at most', async () => {
    const limiter = createRateLimiter({ ...SERVICE, longestWait: 0 })
    const closedFor = async () => (await failure(limiter.before(AbortSignal.timeout(1000)))).retryAfter
    limiter.learn(429, headers({}))
    expect(await closedFor()).toBe(1)
    // These were sent before the first was answered.
    for (let index = 0; index < 3; index++) limiter.learn(429, headers({}))
    expect(await closedFor()).toBe(1)
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
    const waits: (number | null)[] = []
    for (let index = 0; index < 8; index++) {
      vi.setSystemTime(Date.now() + 61_000)
      limiter.learn(429, headers({}))
      waits.push(await closedFor())
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
    vi.setSystemTime(Date.now() + 61_000)
    limiter.learn(200, headers({}))
    limiter.learn(429, headers({}))
    expect(await closedFor()).toBe(1)
    vi.useRealTimers()
  })

  it('does not stay closed for a year after the clock was put back', async () => {
    const limiter = createRateLimiter({ ...SERVICE, longestWait: 0 })
    limiter.learn(429, headers({ 'retry-after': '60' }))
    expect(await failure(limiter.before(AbortSignal.timeout(1000)))).toMatchObject({ retryAfter: 60 })
    vi.useFakeTimers({ now: Date.now() - 365 * 86_400_000, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    await limiter.before(AbortSignal.timeout(1000))
  })
})

describe('parseRetryAfter', () => {
  it.each([
    [null, null],
    ['', null],
    ['soon', null],
    ['-3', null],
    ['2.5', 2.5],
    ['Thu, 01 Jan 1970 00:01:40 GMT', 90],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ])('%j is %j', (value, expected) => {
    expect(parseRetryAfter(value, 10_000)).toBe(expected)
  })
})
