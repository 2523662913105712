import { describe, expect, it } from 'vitest'
import { letteringEvents, settable } from '../../../../src/core/media/captions/lettering.ts'
import type { Overlay } from '../../../../src/core/media/types.ts'
import { FORMAT_NAMES, FORMATS } from '../../../../src/core/model/formats.ts'

const EARLY = { from: 0, to: 54 }
const LONG = ['W', '가나다라마바사 '.repeat(30), 'x'.repeat(200), 'Donaudampfschifffahrtsgesellschaft 12']

function overlay(lettering: string, align: Overlay['align'] = 'left'): Overlay {
  const colours = { letters: '#ffffff', accent: '#ff8800', shade: '#000011', light: '#ffeeaa' }
  return { lettering, align, icon: null, number: 3, colours }
}

describe('letteringEvents', () => {
  it.each(FORMAT_NAMES)('stands above the captions of %s, within 0.3 s, and goes again', (format) => {
    const { height } = FORMATS[format]
    for (const words of LONG)
      for (const align of ['left', 'centre'] as const) {
        const events = letteringEvents(overlay(words, align), format, 150, EARLY)
        const lines = events.filter((event) => event.includes('\\fnPretendard'))
        expect(lines.length).toBeGreaterThan(0)
        for (const line of lines) {
          const [, rise = '', y = ''] = /\\move\([\d.]+,([\d.]+),[\d.]+,([\d.]+),/.exec(line) ?? []
          expect(Number(rise)).toBeGreaterThan(Number(y))
          expect(Number(y) / height).toBeGreaterThan(0.1)
          expect(Number(y) / height).toBeLessThan(0.52)
          const [, stands = '', leaves = '', gone = ''] =
            /\\fade\(255,0,255,\d+,(\d+),(\d+),(\d+)\)/.exec(line) ?? []
          expect(Number(stands)).toBeLessThanOrEqual(300)
          expect(Number(leaves)).toBeGreaterThan(1000)
          expect(Number(gone)).toBeLessThanOrEqual(2000)
        }
      }
  })

  it('stays to the end of a clip that is over soon', () => {
    const [line = ''] = letteringEvents(overlay('Honey'), 'square', 60, { from: 0, to: 60 }).slice(-1)
    expect(line).toMatch(/^Dialogue: \d,0:00:00\.00,0:00:02\.00,/)
  })

  it('shows nothing for words that the font cannot set, and markup as text', () => {
    for (const words of ['🍯🐝', ' \u200d\u0301 ', 'عسل', '\u0007', ''])
      expect(letteringEvents(overlay(words), 'square', 90, EARLY)).toEqual([])
    expect(letteringEvents(overlay('a{\\b1}'), 'square', 90, EARLY).at(-1)).toMatch(/a\\\{\\\u2060b1\\\}$/)
  })
})

describe('settable', () => {
  it('leaves out emoji and words of which letters are missing, as captions do', () => {
    expect(settable('Honey 🍯 bees 👩‍🚀👍🏽🇰🇷 1️⃣ ❤️')).toBe('Honey bees')
    expect(settable('The 木漏れ日, shown')).toBe('The, shown')
  })

  it('shortens visibly at a word', () => {
    const text = settable('the quick brown fox jumps over the lazy dog and '.repeat(5).slice(0, 200))
    expect(text).toMatch(/ [a-z]+…$/)
    expect([...text].length).toBeLessThanOrEqual(64)
    expect(settable('가'.repeat(200))).toBe(`${'가'.repeat(63)}…`)
  })

  it('keeps what the font has and leaves out the rest', () => {
    expect(settable('  Café\n№ 5 🍵  녹차 ')).toBe('Café № 5 녹차')
    expect(settable('커피'.normalize('NFD'))).toBe('커피')
    expect(settable('🍵')).toBe('')
    expect(settable('!?')).toBe('')
  })
})
