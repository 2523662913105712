import { describe, expect, it } from 'vitest'
import type { VideoDetails } from '../../../../src/core/model/upload-target.ts'
import {
  checkDetails,
  describe as describeFilm,
  tagsLength,
} from '../../../../src/core/providers/youtube/metadata.ts'

const BELOW = { chapters: [], creditsTitle: 'Credits', credits: [] }
const DETAILS: VideoDetails = {
  ...{ title: 'Bees', description: '', tags: [], language: 'en', privacy: 'private', publishAt: null },
  ...{ madeForKids: false, syntheticMedia: false, below: BELOW, category: '22' },
}
const NOW = new Date('2026-01-01')
const check = (change: Partial<VideoDetails>) => () => checkDetails({ ...DETAILS, ...change }, NOW)

describe('what YouTube takes', () => {
  it('counts tags with commas between them and quotation marks around those with a space', () => {
    expect(tagsLength([])).toBe(0)
    expect(tagsLength(['bees'])).toBe(4)
    expect(tagsLength(['bees', 'honey bees'])).toBe(4 + 1 + 12)
    const full = [...Array.from({ length: 9 }, () => 'x'.repeat(50)), 'y'.repeat(41)]
    expect(tagsLength(full)).toBe(500)
    expect(check({ tags: full })).not.toThrow()
    expect(check({ tags: [...full.slice(0, 9), `a ${'y'.repeat(38)}`] })).toThrow('501 characters')
  })

  it('counts a description in bytes, and takes no angle brackets', () => {
    expect(check({ description: 'x'.repeat(5000) })).not.toThrow()
    expect(check({ description: `${'벌'.repeat(1666)}xxx` })).toThrow('5001 bytes')
    for (const field of ['title', 'description'] as const)
      for (const mark of ['<', '>'])
        expect(check({ [field]: `a ${mark} b` })).toThrow('cannot contain < or >')
    expect(check({ tags: ['a<b'] })).toThrow('The tags cannot contain')
    expect(check({ title: '🐝'.repeat(50) })).not.toThrow()
    expect(check({ title: `${'🐝'.repeat(50)}x` })).toThrow('101 characters')
  })

  it('schedules only what is private', () => {
    const publishAt = new Date('2026-01-02')
    expect(check({ publishAt })).not.toThrow()
    expect(check({ publishAt, privacy: 'unlisted' })).toThrow('Only a private video')
    expect(check({ publishAt: NOW })).toThrow('must be in the future')
  })
})

describe('what stands under a description', () => {
  const chapters = [0, 65, 3723].map((start, index) => ({ start, title: `Part ${index + 1}` }))
  const credits = [
    { name: 'Kim (Pexels)', url: 'https://pexels.example/1' },
    { name: 'A <b> (Pixabay)', url: null },
  ]

  it('is chapters and credits, as the person’s words left them room', () => {
    const all = describeFilm('Words.', { chapters, creditsTitle: 'Credits', credits })
    expect(all).toBe(
      'Words.\n\n0:00 Part 1\n1:05 Part 2\n1:02:03 Part 3\n\nCredits\nKim (Pexels) https://pexels.example/1\nA b (Pixabay)',
    )
    expect(describeFilm('', BELOW)).toBe('')
    const long = 'x'.repeat(4900)
    expect(describeFilm(long, { chapters, creditsTitle: 'Credits', credits })).toBe(
      `${long}\n\n0:00 Part 1\n1:05 Part 2\n1:02:03 Part 3\n\nCredits\nKim (Pexels)\nA b (Pixabay)`,
    )
    const longer = 'x'.repeat(4950)
    expect(describeFilm(longer, { chapters, creditsTitle: 'Credits', credits })).toBe(
      `${longer}\n\nCredits\nKim (Pexels)\nA b (Pixabay)`,
    )
    expect(describeFilm('x'.repeat(4970), { chapters, creditsTitle: 'Credits', credits })).toMatch(
      /x\n\nCredits\nKim \(Pexels\)\n…$/,
    )
    const full = 'x'.repeat(5000)
    expect(describeFilm(full, { chapters, creditsTitle: 'Credits', credits })).toBe(full)
  })

  it('never goes beyond what there is room for', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      name: `사람 ${index} (Pexels)`,
      url: `https://pexels.example/video/${index}`,
    }))
    for (const words of ['', '벌'.repeat(1000)]) {
      const text = describeFilm(words, { chapters, creditsTitle: 'Credits', credits: many })
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5000)
      expect(text.startsWith(words)).toBe(true)
      expect(text.endsWith('…')).toBe(true)
    }
  })
})
