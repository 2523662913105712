import { describe, expect, it } from 'vitest'
import { iconEvents } from '../../../../../src/core/media/captions/icon.ts'
import { FORMAT_NAMES, FORMATS } from '../../../../../src/core/model/formats.ts'
import type { FootageQuery } from '../../../../../src/core/model/providers.ts'
import { createDrawnFootage } from '../../../../../src/core/providers/embedded/drawn/drawn.ts'
import { overlayOf } from '../../../../../src/core/providers/embedded/drawn/drawn-over.ts'
import { flagFor, flagSvg } from '../../../../../src/core/providers/embedded/drawn/flags.ts'
import { iconPaths, iconsFor } from '../../../../../src/core/providers/embedded/drawn/icons.ts'

const signal = new AbortController().signal

async function idsFor(query: string, { keyword = query, text = '' } = {}): Promise<string[]> {
  const drawn = createDrawnFootage()
  const asked: FootageQuery = {
    ...{ query, keyword, text, format: 'shorts', minDuration: 4, seed: 'draft_1', index: 0, limit: 6 },
  }
  return (await drawn.search(asked, signal)).map(({ id }) => id)
}

describe('the icon of a search', () => {
  it.each([
    ['cold brew coffee', 'coffee'],
    ['a cup of tea', 'tea-bag'],
    ['alarm clock morning', 'clock'],
    ['old map', 'map-trifold'],
    ['growth chart', 'chart-line-up'],
    ['cats sleeping', 'cat'],
    ['city traffic', 'city'],
    ['saving money', 'piggy-bank'],
    ['school children', 'student'],
    ['pizza', 'pizza'],
  ])('of %j is %s', (query, icon) => {
    expect(iconsFor(query, 3)).toContain(icon)
  })

  it.each(['', 'entropy', 'left right', 'Tuesday', 'new big things', '커피', 'xyzzy'])(
    'of %j is none',
    (query) => {
      expect(iconsFor(query, 3)).toEqual([])
    },
  )

  it('is found for Korean words that are known in English, with a particle behind them too', async () => {
    expect((await idsFor('커피를'))[0]).toMatch(/-icon_coffee-plain$/)
  })

  it('is on every second candidate at the most', async () => {
    const ids = await idsFor('coffee and clocks in the city')
    expect(ids.map((id) => id.includes('-icon_'))).toEqual([true, false, true, false, true, false])
    expect(new Set(ids.filter((id) => id.includes('-icon_')).map((id) => id.split('-icon_')[1])).size).toBe(3)
  })

  it('is marks of quotation where somebody is quoted, and not for a title or a single word', async () => {
    expect((await idsFor('entropy', { text: 'He said: “That is one small step for man.”' }))[0]).toMatch(
      /-icon_quotes-plain$/,
    )
    for (const text of [
      'A “good” idea.',
      '그는 《어린 왕자》를 다시 읽었다.',
      'Nothing (or very little of it) is said.',
    ])
      expect((await idsFor('entropy', { text }))[0]).not.toContain('icon')
  })
})

describe('an icon over artwork', () => {
  it.each(FORMAT_NAMES)(
    'is inside the picture, above the captions, and comes when the words have gone: %s',
    (format) => {
      const { width, height } = FORMATS[format]
      const overlay = overlayOf('draft_1', format, 'hills-0-1a2b3c4d-icon_coffee-plain', 'Coffee')
      const events = iconEvents(overlay, format, 150, { from: 0, to: 54 })
      expect(events).toHaveLength(1 + iconPaths('coffee').length)
      for (const event of events.slice(1)) {
        const [, x = '', y = ''] = /\\move\([^,]+,[^,]+,([\d.]+),([\d.]+),/.exec(event) ?? []
        const points =
          event
            .slice(event.indexOf('\\p1}') + 4)
            .match(/-?[\d.]+/g)
            ?.map(Number) ?? []
        const xs = points.filter((_, at) => at % 2 === 0).map((value) => value + Number(x))
        const ys = points.filter((_, at) => at % 2 === 1).map((value) => value + Number(y))
        expect(Math.min(...xs)).toBeGreaterThan(0.1 * width)
        expect(Math.max(...xs)).toBeLessThan(0.9 * width)
        expect(Math.min(...ys)).toBeGreaterThan(0.05 * height)
        expect(Math.max(...ys)).toBeLessThan(0.6 * height)
        expect(event.startsWith('Dialogue: 2,0:00:01.80')).toBe(true)
      }
    },
  )

  it('is left out of a clip that is over too soon, and where the set has no icon of that name', () => {
    const overlay = overlayOf('draft_1', 'shorts', 'hills-0-1a2b3c4d-icon_coffee-plain', 'Coffee')
    expect(iconEvents(overlay, 'shorts', 70, { from: 0, to: 54 })).toEqual([])
    const unknown = overlayOf('draft_1', 'shorts', 'hills-0-1a2b3c4d-icon_no-such-thing-plain', 'Coffee')
    expect(iconEvents(unknown, 'shorts', 150, null)).toEqual([])
  })
})

describe('the flag of a search', () => {
  it.each([
    ['history of South Korea', 'kr'],
    ['한국의 역사', 'kr'],
    ['미국 경제', 'us'],
    ['United States economy', 'us'],
    ['New Zealand sheep', 'nz'],
    ['Frankreich', 'fr'],
    ['España', 'es'],
    ['Italia', 'it'],
    ['england football', 'gb-eng'],
  ])('of %j is that of %s', (text, code) => {
    expect(flagFor(text)).toBe(code)
    expect(flagSvg(code)?.toString()).toContain('<svg')
  })

  it.each(['thanksgiving turkey', 'Jordan shoes', 'coffee', 'guinea pig', ''])('of %j is none', (text) => {
    expect(flagFor(text)).toBeNull()
  })

  it.each(['../../package', 'k', 'KR', 'zz'])('that is called %j is not there', (code) => {
    expect(flagSvg(code)).toBeNull()
  })

  it('comes before icons', async () => {
    expect((await idsFor('coffee from Brazil'))[0]).toMatch(/-flag_br-plain$/)
  })
})
