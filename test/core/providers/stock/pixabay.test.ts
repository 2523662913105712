import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FootageCandidate, FootageQuery } from '../../../../src/core/model/providers.ts'
import { createPixabay } from '../../../../src/core/providers/stock/pixabay.ts'
import { PIXABAY_TEST_KEY, type PixabayServer, startPixabay } from '../../../servers/pixabay.ts'
import { HD, SMALL, UHD } from '../../../servers/stock/library.ts'
import { FOOTAGE_QUERY } from '../contracts/footage.ts'

let server: PixabayServer
let folder: string
let cacheDir: string
let later: number
beforeEach(async () => {
  later = 0
  server = await startPixabay()
  server.videos = [
    { id: 1, duration: 12, sizes: [UHD, HD, SMALL], words: 'ocean waves' },
    { id: 2, duration: 3, sizes: [HD], words: 'ocean' },
  ]
  server.photos = [
    { id: 1, width: 6000, height: 4000, words: 'ocean dusk' },
    { id: 5, width: 3000, height: 4500, words: 'ocean rocks' },
  ]
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-pixabay-'))
  cacheDir = path.join(folder, 'answers')
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const signal = () => AbortSignal.timeout(30_000)
const QUERY: FootageQuery = { ...FOOTAGE_QUERY, format: 'landscape', minDuration: 5, limit: 1 }
const pixabay = (options = {}) =>
  createPixabay({
    apiKey: PIXABAY_TEST_KEY,
    apiURL: server.origin,
    cacheDir,
    retries: 0,
    idleSeconds: 1,
    now: () => Date.now() + later,
    ...options,
  })
const search = (query: Partial<FootageQuery> = {}, options = {}) =>
  pixabay(options).search({ ...QUERY, ...query }, signal())
const ids = (found: FootageCandidate[]) => found.map(({ id }) => id)

describe('Pixabay', () => {
  it('is asked as it documents', async () => {
    await search({ query: 'stormy ocean', limit: 6, format: 'shorts' })
    const [videos, photos] = server.requests.map(({ path: p, query }) => ({
      p,
      ...Object.fromEntries(query),
    }))
    const common = { key: PIXABAY_TEST_KEY, q: 'stormy ocean', per_page: '30', safesearch: 'true' }
    expect(videos).toEqual({ p: '/api/videos/', ...common })
    expect(photos).toEqual({ p: '/api/', ...common, image_type: 'photo', orientation: 'vertical' })
  })

  it('gives the smallest file that fills the frame, with its credits', async () => {
    expect(await search()).toEqual([
      {
        provider: 'pixabay',
        id: '1',
        kind: 'video',
        previewUrl: `${server.origin}/video/2023/05/02/1_small.jpg`,
        downloadUrl: `${server.origin}/video/2023/05/02/1_medium.mp4`,
        smallUrl: `${server.origin}/video/2023/05/02/1_small.mp4`,
        width: 1920,
        height: 1080,
        duration: 12,
        author: 'Coverr-Free-Footage',
        pageUrl: 'https://pixabay.com/videos/id-1/',
        title: 'ocean, waves',
      },
    ])
  })

  it('falls back to photos, and then to short videos', async () => {
    expect(ids(await search({ limit: 6 }))).toEqual(['1', 'photo-1', '2'])
    const [photo] = await search({ minDuration: 60 })
    expect(photo).toMatchObject({ id: 'photo-1', kind: 'image', width: 1280, height: 853, author: 'Josch13' })
  })

  it('cuts a long query and asks nothing for an empty one', async () => {
    await search({ query: 'ocean '.repeat(40) })
    expect(server.requests[0]?.query.get('q')?.length).toBeLessThanOrEqual(100)
    server.requests.length = 0
    expect(await search({ query: '', keyword: ' ' })).toEqual([])
    expect(server.requests).toHaveLength(0)
  })

  it('keeps answers for 24 hours, across drafts and restarts', async () => {
    const first = await search()
    expect(await search({ seed: 'another draft' })).toEqual(first)
    later = 23.9 * 3600 * 1000
    await search()
    expect(server.requests).toHaveLength(1)
    later = 24.1 * 3600 * 1000
    await search()
    expect(server.requests).toHaveLength(2)
  })

  it('makes one request for two who ask at once', async () => {
    const provider = pixabay()
    await Promise.all([provider.search(QUERY, signal()), provider.search(QUERY, signal())])
    expect(server.requests).toHaveLength(1)
  })

  it('never writes the key down, and sweeps old answers away', async () => {
    await search({ query: 'waves' })
    const [old] = await readdir(cacheDir)
    const kept = await readFile(path.join(cacheDir, old ?? ''), 'utf8')
    expect(`${old} ${kept}`).not.toContain(PIXABAY_TEST_KEY)
    later = 25 * 3600 * 1000
    await search({ query: 'ocean' })
    expect(await readdir(cacheDir)).not.toContain(old)
  })

  it('does not keep failures or answers of another shape', async () => {
    server.faults = [
      { kind: 'answer', body: { hits: 'none' } },
      { kind: 'status', status: 500 },
    ]
    await expect(search()).rejects.toMatchObject({ failure: 'bad_answer' })
    await expect(search()).rejects.toMatchObject({ failure: 'unavailable' })
    expect(ids(await search())).toEqual(['1'])
  })

  it('names a bad key without showing it', async () => {
    const error = await search({}, { apiKey: 'secret-key' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      failure: 'unauthorized',
      message: expect.stringContaining('PIXABAY_API_KEY'),
    })
    expect(`${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain('secret-key')
  })

  it.each([
    [
      'too many requests',
      { kind: 'status', status: 429, body: '[ERROR 429] API rate limit exceeded' },
      'rate_limited',
    ],
    ['a broken server', { kind: 'status', status: 502 }, 'unavailable'],
    ['silence', { kind: 'silence' }, 'unavailable'],
    ['a web page', { kind: 'html' }, 'bad_answer'],
    ['half an answer', { kind: 'truncated', bytes: 30 }, 'unavailable'],
  ] as const)('names %s', async (_what, fault, failure) => {
    server.fault = () => fault
    await expect(search()).rejects.toMatchObject({ provider: 'pixabay', failure })
  })

  it('reads the limit from the headers', async () => {
    server.allowance = { limit: 100, remaining: 1, resetSeconds: 3600 }
    const provider = pixabay()
    await provider.search(QUERY, signal())
    const other = provider.search({ ...QUERY, query: 'waves' }, signal())
    await expect(other).rejects.toMatchObject({ failure: 'rate_limited' })
    // Cached results need no request.
    expect(ids(await provider.search(QUERY, signal()))).toEqual(['1'])
  })

  it('is waited for until its minute is over', async () => {
    server.allowance = { limit: 100, remaining: 1, resetSeconds: 60 }
    const provider = pixabay()
    await provider.search(QUERY, signal())
    const other = provider.search({ ...QUERY, query: 'waves' }, AbortSignal.timeout(200))
    await expect(other).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(server.searches()).toHaveLength(1)
  })

  it('asks for a new address when that of a photo has expired', async () => {
    const provider = pixabay()
    const [photo] = await provider.search({ ...QUERY, minDuration: 60 }, signal())
    if (!photo) throw new Error('nothing was found')
    server.generation = 2
    const file = path.join(folder, 'photo')
    await provider.fetch(photo, QUERY, file, signal())
    expect((await readFile(file)).length).toBe(3000)
    expect(server.requests.at(-1)?.path).toBe('/get/2/1_1280.jpg')
  })
})
