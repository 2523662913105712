import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encodeAction } from '../../src/bot/view/action-id.ts'
import { readFailure } from '../../src/core/model/failure.ts'
import type { FootageProvider } from '../../src/core/model/providers.ts'
import { createPexels } from '../../src/core/providers/stock/pexels.ts'
import { createPixabay } from '../../src/core/providers/stock/pixabay.ts'
import { type RealProgram, realProgram, textOf } from '../factories/real-program.ts'
import { fakeProviders } from '../fakes/providers.ts'
import type { Fault } from '../servers/loopback.ts'
import { PEXELS_TEST_KEY, type PexelsServer, startPexels } from '../servers/pexels.ts'
import { PIXABAY_TEST_KEY, type PixabayServer, startPixabay } from '../servers/pixabay.ts'
import { HD } from '../servers/stock/library.ts'
import { ODD_VIDEOS, sampleVideo } from '../servers/stock/media.ts'

let pexels: PexelsServer
let pixabay: PixabayServer
let program: RealProgram
let answers: string
let good: Buffer
let blink: Buffer
let sites: FootageProvider[] = []

/** Providers as the settings make them, but less patient. */
function stock(): FootageProvider[] {
  const impatient = { idleSeconds: 0.5, retries: 0 }
  return [
    createPexels({ apiKey: PEXELS_TEST_KEY, apiURL: pexels.origin, ...impatient }),
    createPixabay({ apiKey: PIXABAY_TEST_KEY, apiURL: pixabay.origin, cacheDir: answers, ...impatient }),
  ]
}

/** The program keeps the providers it was started with; these forward to those of the running test. */
function standIn(index: number): FootageProvider {
  const site = () => {
    const current = sites[index]
    if (!current) throw new Error('no test runs')
    return current
  }
  return {
    name: site().name,
    search: (...asked) => site().search(...asked),
    fetch: (...asked) => site().fetch(...asked),
    thumbnail: (...asked) => site().thumbnail(...asked),
  }
}

beforeAll(async () => {
  answers = await mkdtemp(path.join(os.tmpdir(), 'rushes-answers-'))
  pexels = await startPexels()
  pixabay = await startPixabay()
  good = await sampleVideo(ODD_VIDEOS.horizontal)
  blink = await sampleVideo({ ...ODD_VIDEOS.horizontal, seconds: 0.4 })
  const fakes = fakeProviders(['One two three four five.'])
  sites = stock()
  fakes.providers.footage = sites.map((_, index) => standIn(index))
  program = await realProgram({}, { providers: fakes })
})
afterAll(async () => {
  await program?.end()
  await pexels?.close()
  await pixabay?.close()
  await rm(answers, { recursive: true, force: true })
})
beforeEach(async () => {
  await rm(answers, { recursive: true, force: true })
  // New ones for each test: what one has learned about its rate limit must not delay the next.
  sites = stock()
  const video = (id: number) => ({
    id,
    duration: 9,
    sizes: [HD],
    words: 'query',
    bytes: good,
    author: `Nr ${id}`,
  })
  Object.assign(pexels, { videos: [video(1), video(2), video(3)], photos: [], fault: null, faults: [] })
  Object.assign(pixabay, { videos: [video(91)], photos: [], fault: null, faults: [] })
})

async function oneSegment() {
  const draftId = await program.create({ topic: 'Anything', format: 'landscape' })
  const segment = (await program.load(draftId)).segments[0]
  if (!segment) throw new Error('the draft has no segment')
  return { draftId, segment }
}

const isSearch = ({ path }: { path: string }) => path.endsWith('/search')
const isFile = (id: number) => (request: { path: string }) => request.path.startsWith(`/video-files/${id}/`)

describe('a search that fails', () => {
  it.each([
    ['is down', { kind: 'status', status: 503 }, 'Pexels is having problems (503).'],
    ['breaks off', { kind: 'reset' }, 'Pexels could not be reached, or the connection was lost.'],
    ['is slow', { kind: 'silence' }, 'Pexels did not respond in time.'],
    [
      'has another key',
      { kind: 'status', status: 401 },
      'Pexels did not accept the key in PEXELS_API_KEY (401).',
    ],
    [
      'wants to be left alone for long',
      { kind: 'status', status: 429, headers: { 'retry-after': '300' } },
      'Pexels is receiving too many requests.',
    ],
    ['sends a page', { kind: 'html' }, 'Pexels sent a web page instead of results.'],
    ['sends other JSON', { kind: 'answer', body: { data: [] } }, 'Pexels answered in an unknown format.'],
    [
      'sends too much',
      { kind: 'answer', body: Buffer.alloc(9_000_000, ' ') },
      'Pexels sent far more data than expected.',
    ],
    [
      'breaks off in the middle',
      { kind: 'truncated', bytes: 40 },
      'Pexels could not be reached, or the connection was lost.',
    ],
    ['has nothing', { kind: 'answer', body: { videos: [], photos: [] } }, null],
  ] as const)('takes the next provider when the first %s, and says why', async (_what, fault, remark) => {
    pexels.fault = (request) => (isSearch(request) ? fault : null)
    const { draftId, segment } = await oneSegment()
    expect(segment).toMatchObject({ videoProvider: 'pixabay', videoId: '91' })
    expect(segment.footageError === null ? null : readFailure(segment.footageError).sentence).toBe(remark)
    const retry = encodeAction('retry_assets', draftId, segment.id, segment.version)
    expect(program.messages().some((view) => textOf(view).includes(retry))).toBe(remark !== null)
  })
})

describe('a file that fails', () => {
  it.each<[string, () => Fault]>([
    ['is gone', () => ({ kind: 'status', status: 404 })],
    ['is a page', () => ({ kind: 'html' })],
    ['breaks off each time', () => ({ kind: 'truncated', bytes: 500 })],
    [
      'is absurdly large',
      () => ({
        kind: 'answer',
        body: 'x',
        headers: { 'content-type': 'video/mp4', 'content-length': '900000000000' },
      }),
    ],
    ['is empty', () => ({ kind: 'answer', body: '', headers: { 'content-type': 'video/mp4' } })],
    [
      'is noise',
      () => ({ kind: 'answer', body: Buffer.alloc(9999, 'noise'), headers: { 'content-type': 'video/mp4' } }),
    ],
    [
      'is half a video',
      () => ({
        kind: 'answer',
        body: good.subarray(0, good.length / 2),
        headers: { 'content-type': 'video/mp4' },
      }),
    ],
    [
      'has headers only',
      () => ({ kind: 'answer', body: headersOnly(good), headers: { 'content-type': 'video/mp4' } }),
    ],
    [
      'is a playlist',
      () => ({
        kind: 'answer',
        body: '#EXTM3U\nfile:///etc/hostname\n',
        headers: { 'content-type': 'video/mp4' },
      }),
    ],
  ])('takes the next candidate when the first %s', async (_what, fault) => {
    pexels.fault = (request) => (isFile(1)(request) ? fault() : null)
    const { segment } = await oneSegment()
    expect(segment).toMatchObject({ videoProvider: 'pexels', videoId: '2', footageError: null })
  })

  it('takes the next candidate when the first is shorter than it was listed', async () => {
    pexels.videos = pexels.videos.map((video) => ({ ...video, duration: 12 }))
    pexels.fault = (request) =>
      isFile(1)(request) ? { kind: 'answer', body: blink, headers: { 'content-type': 'video/mp4' } } : null
    const { segment } = await oneSegment()
    expect(segment).toMatchObject({ videoProvider: 'pexels', videoId: '2', footageError: null })
  })

  it('gives a provider up whose files cannot be reached', async () => {
    const before = pexels.requests.length
    pexels.fault = (request) => (request.path.startsWith('/video-files/') ? { kind: 'reset' } : null)
    const { segment } = await oneSegment()
    expect(segment).toMatchObject({
      videoProvider: 'pixabay',
      footageError: expect.stringMatching(/^Pexels could not be reached, or the connection was lost\./),
    })
    expect(pexels.requests.slice(before).some(isFile(3))).toBe(false)
  })
})

describe('when no provider is left', () => {
  it('says so in the segment, and Retry fetches it once they are back', async () => {
    pexels.fault = () => ({ kind: 'status', status: 500 })
    pixabay.fault = () => ({ kind: 'html' })
    const { draftId, segment } = await oneSegment()
    expect(segment.videoLocalPath).toBeNull()
    const sentence =
      'The footage could not be loaded: Pexels is having problems (500). Pixabay sent a web page instead of results.'
    expect(readFailure(segment.footageError ?? '').sentence).toBe(sentence)
    const shown = textOf(program.message('Pixabay sent a web page'))
    const retry = encodeAction('retry_assets', draftId, segment.id, segment.version)
    expect(shown).toContain(retry)
    expect((await program.load(draftId)).draft.status).toBe('editing')

    Object.assign(pexels, { fault: null })
    await program.press(retry)
    const { draft, segments } = await program.load(draftId)
    expect(draft.status).toBe('assets_ready')
    expect(segments[0]).toMatchObject({ videoProvider: 'pexels', videoId: '1', footageError: null })
    expect(program.messages().some((view) => textOf(view).includes(retry))).toBe(false)
  })

  it('leaves no half files, and keeps keys out of sentences, logs and the database', async () => {
    pexels.fault = () => ({ kind: 'status', status: 401, body: `bad key ${PEXELS_TEST_KEY}` })
    pixabay.fault = () => ({ kind: 'status', status: 400, body: `bad key ${PIXABAY_TEST_KEY}` })
    await oneSegment()
    expect(await readdir(path.join(program.folder, 'tmp'))).toEqual([])
    const shown = [...program.messages().map(textOf), ...program.log].join('\n')
    const stored = await program.stored()
    expect(shown).toContain('Pixabay')
    for (const key of [PEXELS_TEST_KEY, PIXABAY_TEST_KEY]) {
      expect(shown).not.toContain(key)
      expect(stored).not.toContain(key)
    }
  })
})

describe('several drafts', () => {
  it('do not each wait for a site that is down; only a person has it asked again', async () => {
    pexels.fault = () => ({ kind: 'status', status: 503 })
    await oneSegment()
    const asked = pexels.requests.length
    const { draftId, segment } = await oneSegment()
    expect(segment).toMatchObject({
      videoProvider: 'pixabay',
      footageError: expect.stringContaining('Pexels is having problems (503).'),
    })
    expect(pexels.requests).toHaveLength(asked)
    pexels.fault = null
    await program.press(encodeAction('retry_assets', draftId, segment.id, segment.version))
    const { segments } = await program.load(draftId)
    expect(segments[0]).toMatchObject({ videoProvider: 'pexels', footageError: null })
  })

  it('share a rate limit: what one has used up the next does not ask for', async () => {
    pexels.allowance = { limit: 200, remaining: 2, resetSeconds: 3600 }
    const one = await oneSegment()
    expect(one.segment).toMatchObject({ videoProvider: 'pexels', footageError: null })
    const asked = pexels.searches().length
    const two = await oneSegment()
    expect(two.segment).toMatchObject({
      videoProvider: 'pixabay',
      footageError: expect.stringContaining('Pexels has reached its request limit for now.'),
    })
    expect(pexels.searches()).toHaveLength(asked)
    pexels.allowance = null
  })
})

/** A video with an intact frame index and noise for frames. */
function headersOnly(video: Buffer): Buffer {
  const noise = Buffer.from(video)
  return noise.fill('noise', noise.indexOf('mdat') + 4)
}
