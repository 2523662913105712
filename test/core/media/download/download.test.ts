import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type DownloadOptions, download } from '../../../../src/core/media/download/download.ts'
import { allowedAddress } from '../../../../src/core/media/download/download-address.ts'
import { ProviderError, UserError } from '../../../../src/core/model/errors.ts'
import { type Loopback, type RecordedRequest, type Reply, startLoopback } from '../../../servers/loopback.ts'

const SERVICE = { name: 'stock', title: 'Stock', setting: 'STOCK_KEY' }
const FILE = randomBytes(300_000)
let folder: string
let file: string
let server: Loopback
let other: Loopback
let ranges: boolean
let etag: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-download-'))
  file = path.join(folder, 'clip.part')
  ranges = true
  etag = '"one"'
  server = await startLoopback(media)
  other = await startLoopback(() => ({ body: FILE, headers: { 'content-type': 'video/mp4' } }))
})
afterEach(async () => {
  await Promise.all([server.close(), other.close()])
  await rm(folder, { recursive: true, force: true })
})

function media(request: RecordedRequest): Reply {
  const to = request.query.get('to')
  if (to) return { status: 302, headers: { location: to } }
  const headers = { 'content-type': 'video/mp4', etag }
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
  if (!ranges || from === undefined || request.headers['if-range'] !== etag) return { body: FILE, headers }
  const range = `bytes ${from}-${FILE.length - 1}/${FILE.length}`
  return { status: 206, body: FILE.subarray(Number(from)), headers: { ...headers, 'content-range': range } }
}

async function someOnDisk(): Promise<void> {
  await vi.waitUntil(async () => (await stat(file).catch(() => null))?.size, { timeout: 20_000 })
}

function get(extra: Partial<DownloadOptions> = {}): Promise<void> {
  return download({
    service: SERVICE,
    url: `${server.origin}/clip.mp4`,
    allowedHosts: ['videos.example'],
    file,
    maxBytes: 1_000_000,
    maxSeconds: 30,
    signal: AbortSignal.timeout(30_000),
    allowHttpFor: server.origin,
    ...extra,
  })
}

describe('download', () => {
  it('writes the whole file', async () => {
    await get()
    expect(FILE.equals(await readFile(file))).toBe(true)
  })

  it('resumes where a connection broke', async () => {
    server.faults = [{ kind: 'truncated', bytes: 100_000, until: someOnDisk }]
    await get()
    expect(FILE.equals(await readFile(file))).toBe(true)
    const again = server.requests[1]
    expect(again?.headers['if-range']).toBe('"one"')
    expect(again?.headers.range).toMatch(/^bytes=\d+-$/)
  })

  it('starts again when the server cannot resume, or has another file now', async () => {
    ranges = false
    server.faults = [{ kind: 'truncated', bytes: 100_000, until: someOnDisk }]
    await get()
    expect(FILE.equals(await readFile(file))).toBe(true)

    ranges = true
    await rm(file)
    server.faults = [{ kind: 'truncated', bytes: 100_000, until: someOnDisk }]
    server.fault = () => {
      etag = '"two"'
      return null
    }
    await get()
    expect(FILE.equals(await readFile(file))).toBe(true)
  })

  it('does not call a file whole that always breaks off', async () => {
    ranges = false
    server.fault = () => ({ kind: 'truncated', bytes: 1000 })
    await expect(get()).rejects.toMatchObject({ failure: 'unavailable' })
    expect(server.requests.length).toBeGreaterThan(1)
  })

  it('follows redirects within the provider only', async () => {
    await get({ url: `${server.origin}/a?to=${encodeURIComponent('/b.mp4')}` })
    expect(FILE.equals(await readFile(file))).toBe(true)
    await get({ url: `${server.origin}/a?to=${encodeURIComponent(`${other.origin}/b.mp4`)}` })
    expect(other.requests).toHaveLength(1)
    const outside = get({ url: `${server.origin}/a?to=${encodeURIComponent('https://evil.test/b.mp4')}` })
    await expect(outside).rejects.toMatchObject({ failure: 'bad_answer' })
  })

  it('ends a circle of redirects', async () => {
    server.fault = () => ({ kind: 'status', status: 302, headers: { location: '/again' } })
    await expect(get()).rejects.toMatchObject({ failure: 'bad_answer' })
    expect(server.requests).toHaveLength(6)
  })

  it.each(['text/html; charset=utf-8', 'application/json', 'text/xml'])('refuses %s', async (type) => {
    server.fault = () => ({ kind: 'answer', body: '{}', headers: { 'content-type': type } })
    await expect(get()).rejects.toMatchObject({ failure: 'bad_answer' })
    expect(server.requests).toHaveLength(1)
  })

  it('refuses an empty file and one that is too large, announced or not', async () => {
    server.fault = () => ({ kind: 'answer', body: '', headers: { 'content-type': 'video/mp4' } })
    await expect(get()).rejects.toMatchObject({ failure: 'bad_answer' })
    server.fault = null
    await expect(get({ maxBytes: 1000 })).rejects.toMatchObject({ failure: 'too_large' })
    server.fault = () => ({
      kind: 'answer',
      body: FILE,
      headers: { 'content-type': 'video/mp4', 'transfer-encoding': 'chunked' },
    })
    await expect(get({ maxBytes: 1000 })).rejects.toMatchObject({ failure: 'too_large' })
  })

  it('names what is gone, and what is down', async () => {
    server.fault = () => ({ kind: 'status', status: 404 })
    await expect(get()).rejects.toMatchObject({ failure: 'bad_answer' })
    server.fault = () => ({ kind: 'status', status: 503 })
    await expect(get()).rejects.toMatchObject({ failure: 'unavailable' })
  })

  it('takes no longer than allowed', async () => {
    server.fault = () => ({ kind: 'stall', bytes: 10 })
    await expect(get({ maxSeconds: 0.3 })).rejects.toMatchObject({ failure: 'unavailable' })
    await expect(get({ maxSeconds: 20, idleSeconds: 0.1 })).rejects.toBeInstanceOf(ProviderError)
  })

  it('waits once for a server that is silent, and again only where more of the file had come', async () => {
    server.fault = () => ({ kind: 'stall', bytes: 0 })
    await expect(get({ idleSeconds: 0.2 })).rejects.toMatchObject({ failure: 'unavailable' })
    expect(server.requests).toHaveLength(1)
    // Started over each time, it gets no further than before; resumed, it does.
    for (const [resumes, tries] of [
      [false, 2],
      [true, 4],
    ] as const) {
      ranges = resumes
      server.requests.length = 0
      server.fault = () => ({ kind: 'stall', bytes: 1000 })
      await expect(get({ idleSeconds: 0.2 })).rejects.toMatchObject({ failure: 'unavailable' })
      expect(server.requests).toHaveLength(tries)
    }
  })

  it('ends with the reason when it is cancelled', async () => {
    const controller = new AbortController()
    const reason = new UserError('cancelled')
    server.fault = () => ({ kind: 'stall', bytes: 10 })
    const running = get({ signal: controller.signal })
    setTimeout(() => controller.abort(reason), 100)
    await expect(running).rejects.toBe(reason)
  })

  it.runIf(process.platform === 'linux')('says that the disk is full', async () => {
    await expect(get({ file: '/dev/full' })).rejects.toMatchObject({ code: 'disk_full' })
  })
})

describe('allowedAddress', () => {
  const HOSTS = ['videos.example', 'player.example']
  it.each([
    'https://videos.example/a.mp4',
    'https://eu.videos.example/a.mp4?x=1',
    'https://PLAYER.example:443/',
    'http://127.0.0.1:1234/a.mp4',
  ])('allows %s', (address) => {
    expect(allowedAddress(address, HOSTS, 'http://127.0.0.1:1234')).not.toBeNull()
  })

  it.each([
    'http://videos.example/a.mp4',
    'https://videos.example:8443/',
    'https://evilvideos.example/',
    'https://videos.example.evil.test/',
    'https://videos.example@evil.test/',
    'https://user:pass@videos.example/',
    'https://evil.test/?videos.example',
    'https://169.254.169.254/latest/meta-data',
    'http://0.0.0.0:1234/',
    'http://127.0.0.1.evil.test:1234/',
    'http://user@localhost:1234/',
    'ftp://127.0.0.1:1234/',
    'file:///etc/passwd',
    'ftp://videos.example/',
    'data:video/mp4;base64,AAAA',
    '//evil.test/',
    'nonsense',
    '',
  ])('refuses %s', (address) => {
    expect(allowedAddress(address, HOSTS, 'http://127.0.0.1:1234')).toBeNull()
  })

  it.each([
    'http://127.0.0.1:1235/',
    'https://127.0.0.1:1234/',
    'http://localhost:8080/',
    'http://media.localhost/',
    'http://[::1]:99/',
  ])('allows %s where the overridden address is of this machine, and not where it is another', (address) => {
    for (const local of ['http://127.0.0.1:1234', 'http://localhost:1', 'http://[::1]:1'])
      expect(allowedAddress(address, HOSTS, local)).not.toBeNull()
    expect(allowedAddress(address, HOSTS, 'http://proxy.example:1234')).toBeNull()
  })

  it('allows a proxy elsewhere by its exact origin only', () => {
    expect(allowedAddress('http://proxy.example:1234/a', HOSTS, 'http://proxy.example:1234')).not.toBeNull()
    expect(allowedAddress('http://proxy.example:1235/a', HOSTS, 'http://proxy.example:1234')).toBeNull()
  })

  it('allows nothing by http when no address is overridden', () => {
    expect(allowedAddress('http://127.0.0.1:1234/', HOSTS, null)).toBeNull()
  })
})
