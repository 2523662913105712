import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FootageCandidate, FootageQuery } from '../../../../src/core/model/providers.ts'
import { createPexels } from '../../../../src/core/providers/stock/pexels.ts'
import { PEXELS_TEST_KEY, type PexelsServer, startPexels } from '../../../servers/pexels.ts'
import { HD, SMALL, TALL, UHD } from '../../../servers/stock/library.ts'
import { FOOTAGE_QUERY } from '../contracts/footage.ts'

let server: PexelsServer
let folder: string
beforeEach(async () => {
  server = await startPexels()
  server.videos = [
    { id: 1, duration: 12, sizes: [UHD, HD, SMALL], words: 'Ocean waves' },
    { id: 2, duration: 3, sizes: [HD], words: 'Ocean' },
    { id: 3, duration: 20, sizes: [TALL], words: 'Ocean from above', author: 'Cleo' },
  ]
  server.photos = [
    { id: 1, width: 6000, height: 4000, words: 'Ocean at dusk' },
    { id: 5, width: 3000, height: 4500, words: 'Ocean rocks' },
  ]
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-pexels-'))
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const signal = () => AbortSignal.timeout(30_000)
const pexels = (options = {}) =>
  createPexels({ apiKey: PEXELS_TEST_KEY, apiURL: server.origin, retries: 0, idleSeconds: 1, ...options })
const search = (query: Partial<FootageQuery> = {}, options = {}) =>
  pexels(options).search(
    { ...FOOTAGE_QUERY, format: 'landscape', minDuration: 5, limit: 1, ...query },
    signal(),
  )
const ids = (found: FootageCandidate[]) => found.map(({ id }) => id)

describe('Pexels', () => {
  it('is asked as it documents', async () => {
    await search({ query: 'stormy ocean', format: 'shorts' })
    const [request] = server.requests
    expect(request?.path).toBe('/v1/videos/search')
    expect(request?.headers.authorization).toBe(PEXELS_TEST_KEY)
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      query: 'stormy ocean',
      per_page: '30',
      orientation: 'portrait',
    })
  })

  it('gives the smallest file that fills the frame, with its credits', async () => {
    const [video] = await search()
    expect(video).toEqual({
      provider: 'pexels',
      id: '1',
      kind: 'video',
      previewUrl: `${server.origin}/photos/1/poster.jpeg?auto=compress&w=1200`,
      downloadUrl: `${server.origin}/video-files/1/1-1920_1080_30fps.mp4`,
      smallUrl: `${server.origin}/video-files/1/1-960_540_30fps.mp4`,
      width: 1920,
      height: 1080,
      duration: 12,
      author: 'Ana Example',
      pageUrl: 'https://www.pexels.com/video/ocean-waves-1/',
      title: 'Ocean waves',
    })
  })

  it('asks for photos only when too few videos are long enough, and puts them before short ones', async () => {
    await search()
    expect(server.searches().map(({ path: p }) => p)).toEqual(['/v1/videos/search'])
    expect(ids(await search({ limit: 6 }))).toEqual(['1', 'photo-1', '2'])
    expect(ids(await search({ minDuration: 60, limit: 1 }))).toEqual(['photo-1'])
  })

  it('numbers photos apart from videos and credits them', async () => {
    const found = await search({ minDuration: 60, limit: 2 })
    expect(found[0]).toMatchObject({
      id: 'photo-1',
      kind: 'image',
      duration: null,
      author: 'Ben Example',
      pageUrl: 'https://www.pexels.com/photo/ocean-at-dusk-1/',
      title: 'Ocean at dusk',
    })
  })

  it('looks without the orientation when there is nothing with it', async () => {
    server.videos = server.videos.filter(({ id }) => id === 3)
    server.photos = []
    expect(ids(await search())).toEqual(['3'])
    expect(server.searches().map(({ query }) => query.get('orientation'))).toEqual([
      'landscape',
      'landscape',
      null,
    ])
  })

  it('comes back empty when there is nothing, or nothing to search for', async () => {
    expect(await search({ query: 'xylophone', keyword: '' })).toEqual([])
    server.requests.length = 0
    expect(await search({ query: ' ', keyword: '' })).toEqual([])
    expect(server.requests).toHaveLength(0)
  })

  it('names the language of a query that is not in English', async () => {
    await search({ query: '바다' })
    expect(server.requests[0]?.query.get('locale')).toBe('ko-KR')
  })

  it('asks the picture server for a photo of the right size', async () => {
    const photo = {
      id: 9,
      width: 6000,
      height: 9000,
      url: 'javascript:alert(1)',
      photographer: ' Eve\n',
      alt: '',
      src: { original: 'https://images.pexels.com/photos/9/pexels-photo-9.jpeg' },
    }
    server.faults = [
      { kind: 'answer', body: { videos: [] } },
      { kind: 'answer', body: { photos: [photo] } },
    ]
    const [found] = await search({ format: 'shorts' })
    expect(found?.downloadUrl).toBe(
      'https://images.pexels.com/photos/9/pexels-photo-9.jpeg?auto=compress&cs=tinysrgb&w=1600',
    )
    expect(found).toMatchObject({ author: 'Eve', pageUrl: null, title: 'ocean waves' })
  })

  it('reads lengths that are written as text, and shows another picture where the first is empty', async () => {
    const picture = 'https://images.pexels.com/6/preview.jpg'
    const files = [{ link: 'https://videos.pexels.com/6.mp4', width: 1920, height: 1080 }]
    const video = { id: 6, duration: '12', image: '', video_files: files, video_pictures: [{ picture }] }
    server.faults = [{ kind: 'answer', body: { videos: [video] } }]
    expect(await search()).toMatchObject([{ id: '6', duration: 12, previewUrl: picture }])
  })

  it('leaves out single items that it cannot read', async () => {
    server.faults = [
      {
        kind: 'answer',
        body: {
          videos: [
            null,
            { id: 4 },
            { id: 5, duration: 9, video_files: [{ link: 'no address', width: 1, height: 1 }] },
            {
              id: 6,
              duration: 9.5,
              width: 1920,
              height: 1080,
              news: true,
              video_files: [{ link: 'https://videos.pexels.com/6.mp4', width: null, height: null }],
            },
          ],
        },
      },
    ]
    expect(await search()).toMatchObject([{ id: '6', width: 1920, author: null, previewUrl: null }])
  })

  it.each([
    ['a bad key', { kind: 'status', status: 401 }, 'unauthorized'],
    ['too many requests', { kind: 'status', status: 429, headers: { 'retry-after': '120' } }, 'rate_limited'],
    ['a broken server', { kind: 'status', status: 500 }, 'unavailable'],
    ['silence', { kind: 'silence' }, 'unavailable'],
    ['a closed connection', { kind: 'reset' }, 'unavailable'],
    ['a web page', { kind: 'html' }, 'bad_answer'],
    ['half an answer', { kind: 'truncated', bytes: 30 }, 'unavailable'],
    ['JSON of another shape', { kind: 'answer', body: { videos: { a: 1 } } }, 'bad_answer'],
    ['nothing but unreadable items', { kind: 'answer', body: { videos: [{ hello: 1 }] } }, 'bad_answer'],
    ['a list', { kind: 'answer', body: [] }, 'bad_answer'],
  ] as const)('names %s', async (_what, fault, failure) => {
    server.fault = () => fault
    await expect(search()).rejects.toMatchObject({ name: 'ProviderError', provider: 'pexels', failure })
  })

  it('keeps the videos when only the search for photos fails', async () => {
    server.faults = [null, { kind: 'status', status: 500 }]
    expect(ids(await search({ limit: 6 }))).toEqual(['1', '2'])
  })

  it('stops asking when the limit is used up, for everybody who shares the provider', async () => {
    server.allowance = { limit: 200, remaining: 2, resetSeconds: 3000 }
    const shared = pexels()
    const query: FootageQuery = { ...FOOTAGE_QUERY, format: 'landscape', minDuration: 5, limit: 1 }
    await shared.search(query, signal())
    await shared.search(query, signal())
    const refused = await Promise.allSettled([1, 2, 3].map(() => shared.search(query, signal())))
    for (const { status } of refused) expect(status).toBe('rejected')
    await expect(shared.search(query, signal())).rejects.toMatchObject({
      failure: 'rate_limited',
      retryAfter: expect.any(Number),
    })
    expect(server.requests).toHaveLength(2)
  })

  it('waits for a window that ends soon', async () => {
    server.allowance = { limit: 2, remaining: 1, resetSeconds: 1 }
    const shared = pexels()
    const query: FootageQuery = { ...FOOTAGE_QUERY, format: 'landscape', limit: 1 }
    await shared.search(query, signal())
    const resetAt = Math.ceil(Date.now() / 1000) * 1000
    await shared.search(query, signal())
    expect(Date.now()).toBeGreaterThanOrEqual(resetAt - 50)
    expect(server.requests).toHaveLength(2)
  })

  it('downloads the file and the preview', async () => {
    const provider = pexels()
    const query: FootageQuery = { ...FOOTAGE_QUERY, format: 'landscape', limit: 1 }
    const [video] = await provider.search(query, signal())
    if (!video) throw new Error('nothing was found')
    const file = path.join(folder, 'clip')
    await provider.fetch(video, query, file, signal())
    expect((await readFile(file)).length).toBe(3000)
    await provider.thumbnail(video, query, file, signal())
    expect(server.requests.at(-1)?.path).toBe('/photos/1/poster.jpeg')
    // Previews before choosing use the smallest version; for footage found earlier, the file itself.
    await provider.preview?.(video, query, file, signal())
    expect(server.requests.at(-1)?.path).toBe('/video-files/1/1-960_540_30fps.mp4')
    await provider.preview?.({ ...video, smallUrl: undefined }, query, file, signal())
    expect(server.requests.at(-1)?.path).toBe('/video-files/1/1-1920_1080_30fps.mp4')
    await provider.thumbnail(video, query, file, signal())
    // The key is for the API, not for the media servers.
    expect(server.requests.at(-1)?.headers.authorization).toBeUndefined()
  })

  it('fetches nothing from elsewhere', async () => {
    const provider = pexels()
    const [video] = await search()
    if (!video) throw new Error('nothing was found')
    const elsewhere = {
      ...video,
      downloadUrl: 'http://videos.pexels.com/x.mp4',
      previewUrl: 'https://videos.pexels.com.evil.test/',
    }
    const file = path.join(folder, 'clip')
    await expect(provider.fetch(elsewhere, FOOTAGE_QUERY, file, signal())).rejects.toMatchObject({
      failure: 'bad_answer',
    })
    const small = { ...elsewhere, smallUrl: 'https://videos.pexels.com@127.0.0.1/' }
    await expect(provider.preview?.(small, FOOTAGE_QUERY, file, signal())).rejects.toMatchObject({
      failure: 'bad_answer',
    })
    await expect(provider.thumbnail(elsewhere, FOOTAGE_QUERY, file, signal())).rejects.toMatchObject({
      failure: 'bad_answer',
    })
    await expect(
      provider.fetch({ ...video, downloadUrl: null }, FOOTAGE_QUERY, file, signal()),
    ).rejects.toMatchObject({ failure: 'nothing_found' })
  })
})
