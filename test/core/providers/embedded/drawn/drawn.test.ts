import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORMAT_NAMES, FORMATS } from '../../../../../src/core/model/formats.ts'
import type { FootageCandidate, FootageQuery } from '../../../../../src/core/model/providers.ts'
import { createDrawnFootage } from '../../../../../src/core/providers/embedded/drawn/drawn.ts'

const footage = createDrawnFootage()
const never = new AbortController().signal
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rushes-drawn-'))
})

afterAll(async () => {
  await footage.close()
  await rm(folder, { recursive: true, force: true })
})

function query(changes: Partial<FootageQuery> = {}): FootageQuery {
  return {
    query: 'a jar on a table',
    keyword: 'Why honey never spoils',
    format: 'square',
    minDuration: 5,
    seed: 'draft_20260101_120000_ab',
    index: 0,
    limit: 6,
    ...changes,
  }
}

async function first(asked: FootageQuery): Promise<FootageCandidate> {
  const [found] = await footage.search(asked, never)
  if (!found) throw new Error('no candidate')
  return found
}

async function bytes(asked: FootageQuery, candidate: FootageCandidate): Promise<Buffer> {
  const file = path.join(folder, `${Math.random()}`)
  await footage.fetch(candidate, asked, file, never)
  return readFile(file)
}

/** The first picture of the usual query, drawn once for all tests that use it, and the event loop ticks while it was drawn. */
let usual: Promise<{ candidate: FootageCandidate; picture: Buffer; ticks: number }> | undefined
function usualPicture() {
  const draw = async () => {
    const candidate = await first(query())
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const picture = await bytes(query(), candidate)
    clearInterval(timer)
    return { candidate, picture, ticks }
  }
  usual ??= draw()
  return usual
}

describe('search', () => {
  it('offers as many different scenes as asked for, the same ones every time', async () => {
    const found = await footage.search(query({ limit: 40 }), never)
    expect(new Set(found.map(({ id }) => id)).size).toBe(40)
    expect(new Set(found.slice(0, 14).map(({ id }) => id.split('-')[0])).size).toBe(14)
    expect(await footage.search(query({ limit: 40 }), never)).toEqual(found)
    expect(await footage.search(query({ limit: 0 }), never)).toEqual([])
  })

  it('gives neighbours different kinds, and no two segments the same scene', async () => {
    const chosen = await Promise.all(
      Array.from({ length: 100 }, (_, index) => first(query({ query: 'plain words', keyword: '', index }))),
    )
    const kinds = chosen.map(({ id }) => id.split('-')[0])
    expect(kinds.every((kind, i) => kind !== kinds[i + 1])).toBe(true)
    expect(new Set(chosen.map(({ id }) => id)).size).toBe(100)
  })

  it.each([
    ['City at night', '', ['skyline', 'blocks']],
    ['', '서울의 도시 풍경', ['skyline', 'blocks']],
    ['waves on the ocean', '', ['sea', 'ribbons']],
    ['', '한국의 산', ['hills', 'contours']],
    ['galaxies', 'the planets', ['planets', 'constellation']],
  ])('prefers what “%s” “%s” names', async (words, keyword, kinds) => {
    for (const index of [0, 1, 2, 3]) {
      const { id } = await first(query({ query: words, keyword, index }))
      expect(kinds).toContain(id.split('-')[0])
    }
  })
})

describe('fetch', () => {
  it.each(FORMAT_NAMES)('draws one and a half times the size of %s', async (format) => {
    const asked = query({ format })
    const isUsual = format === query().format
    const image = await loadImage(
      isUsual ? (await usualPicture()).picture : await bytes(asked, await first(asked)),
    )
    const { width, height } = FORMATS[format]
    expect([image.width, image.height]).toEqual([width * 1.5, height * 1.5])
  })

  it('draws the same bytes for the same draft and scene, and others otherwise', async () => {
    const { candidate, picture } = await usualPicture()
    expect(await bytes(query({ query: 'not asked here', keyword: 'nor this', index: 7 }), candidate)).toEqual(
      picture,
    )
    expect(await bytes(query({ seed: 'another' }), candidate)).not.toEqual(picture)
  })

  it('knows artwork of the first versions, which has its keyword painted in', async () => {
    const { id } = await first(query())
    expect([id, 'rings-3-1a2b3c4d'].map((one) => footage.showsKeyword?.(one))).toEqual([false, true])
    expect(
      (await bytes(query(), { ...(await first(query())), id: 'rings-3-1a2b3c4d' })).length,
    ).toBeGreaterThan(0)
  })

  it('refuses an id that is not one of its own', async () => {
    const candidate = await first(query())
    for (const id of ['', 'rings', 'toString-0-00000000', 'rings-0-xyz', '../rings-0-00000000']) {
      const fetched = footage.fetch({ ...candidate, id }, query(), path.join(folder, 'none'), never)
      await expect(fetched).rejects.toMatchObject({ provider: 'drawn', failure: 'nothing_found' })
    }
  })

  it('answers a folder that cannot be written with a provider error that keeps the cause', async () => {
    const file = path.join(folder, 'missing', 'picture')
    await expect(footage.fetch(await first(query()), query(), file, never)).rejects.toMatchObject({
      failure: 'unavailable',
      cause: { code: 'ENOENT' },
    })
  })

  it('stops waiting when it is cancelled, and draws the next one', async () => {
    const candidate = await first(query())
    const cancel = new AbortController()
    const cancelled = footage.fetch(candidate, query(), path.join(folder, 'cancelled'), cancel.signal)
    cancel.abort(new Error('enough'))
    await expect(cancelled).rejects.toThrow('enough')
    expect((await bytes(query(), candidate)).length).toBeGreaterThan(10_000)
  })

  it('leaves the event loop free', async () => {
    expect((await usualPicture()).ticks).toBeGreaterThan(5)
  })
})

describe('preview', () => {
  it('is the same picture, small', async () => {
    const asked = query({ format: 'shorts' })
    const candidate = await first(asked)
    const file = path.join(folder, 'preview')
    await footage.thumbnail(candidate, asked, file, never)
    const image = await loadImage(await readFile(file))
    expect([image.width, image.height]).toEqual([270, 480])
  })
})
