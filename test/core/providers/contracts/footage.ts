import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES } from '../../../../src/core/model/formats.ts'
import type { FootageProvider, FootageQuery } from '../../../../src/core/model/providers.ts'
import { probeFile } from './probe-file.ts'
import { cancelled, inTime, type Made, useProvider } from './setup.ts'

export const FOOTAGE_QUERY: FootageQuery = {
  query: 'ocean waves',
  keyword: 'ocean',
  format: 'shorts',
  minDuration: 2,
  seed: 'draft_20260101_000000_ab',
  index: 0,
  limit: 4,
}

/** The contract of every footage provider. `make` returns one that has something for “ocean waves”. */
export function describeFootageProvider(name: string, make: () => Promise<Made<FootageProvider>>): void {
  describe(`${name} as a footage provider`, () => {
    const { provider, file } = useProvider(make)

    it.each(FORMAT_NAMES)('finds candidates for %s that say what they are', async (format) => {
      const found = await provider().search({ ...FOOTAGE_QUERY, format }, inTime())
      expect(found.length).toBeGreaterThan(0)
      expect(found.length).toBeLessThanOrEqual(FOOTAGE_QUERY.limit)
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
      for (const candidate of found) {
        expect(candidate.provider).toBe(provider().name)
        expect(candidate.id).not.toBe('')
        expect(candidate.width).toBeGreaterThan(0)
        expect(candidate.height).toBeGreaterThan(0)
        expect(candidate.title.trim()).not.toBe('')
        if (candidate.kind === 'image') expect(candidate.duration).toBeNull()
        else expect(candidate.duration).toBeGreaterThan(0)
        for (const address of [candidate.pageUrl, candidate.downloadUrl, candidate.previewUrl]) {
          if (address !== null) expect(address).toMatch(/^https?:\/\//)
        }
      }
    })

    it('gives the same candidates for the same query', async () => {
      const ids = async () => (await provider().search(FOOTAGE_QUERY, inTime())).map(({ id }) => id)
      expect(await ids()).toEqual(await ids())
    })

    it('keeps to the limit', async () => {
      expect((await provider().search({ ...FOOTAGE_QUERY, limit: 1 }, inTime())).length).toBe(1)
    })

    it.each([
      ['nothing', { query: '', keyword: '' }],
      ['spaces', { query: ' \n ', keyword: '\t' }],
      ['a very long text', { query: 'stormy sea at night '.repeat(30), keyword: 'x'.repeat(200) }],
      ['odd characters', { query: '바다 🌊 \u202eabc\u0000 %00 ../../ "\'&?#', keyword: '波' }],
    ])('survives a search for %s', async (_what, words) => {
      const found = await provider().search({ ...FOOTAGE_QUERY, ...words }, inTime())
      expect(found.length).toBeLessThanOrEqual(FOOTAGE_QUERY.limit)
    })

    it('writes a file that decodes and is of the kind it said', async () => {
      const [first] = await provider().search(FOOTAGE_QUERY, inTime())
      if (!first) throw new Error('nothing was found')
      const target = file()
      await provider().fetch(first, FOOTAGE_QUERY, target, inTime())
      const { streams, format } = await probeFile(target)
      const picture = streams.find(({ codec_type }) => codec_type === 'video')
      expect(picture?.width).toBeGreaterThan(0)
      if (first.kind === 'video') expect(format.duration).toBeGreaterThan(0.5)
    })

    it('writes a JPEG or PNG as a preview', async () => {
      const [first] = await provider().search(FOOTAGE_QUERY, inTime())
      if (!first) throw new Error('nothing was found')
      const target = file()
      await provider().thumbnail(first, FOOTAGE_QUERY, target, inTime())
      const head = (await readFile(target)).subarray(0, 3).toString('hex')
      expect(['ffd8ff', '89504e']).toContain(head)
    })

    it('ends with the reason when it is cancelled', async () => {
      const [first] = await provider().search(FOOTAGE_QUERY, inTime())
      if (!first) throw new Error('nothing was found')
      const { signal, reason } = cancelled()
      await expect(provider().search(FOOTAGE_QUERY, signal)).rejects.toBe(reason)
      await expect(provider().fetch(first, FOOTAGE_QUERY, file(), signal)).rejects.toBe(reason)
    })
  })
}
