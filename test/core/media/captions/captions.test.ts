import { describe, expect, it } from 'vitest'
import { assScript } from '../../../../src/core/media/captions/ass.ts'
import {
  type Caption,
  type CaptionRequest,
  maxWidthOf,
  planCaptions,
  smallestScale,
} from '../../../../src/core/media/captions/captions.ts'
import { SAFE_AREAS, TEMPLATE_NAMES, TEMPLATES } from '../../../../src/core/media/captions/templates.ts'
import { FORMAT_NAMES, FORMATS } from '../../../../src/core/model/formats.ts'
import type { WordTiming } from '../../../../src/core/model/providers.ts'

const ENGLISH =
  'Coffee was discovered by goats, or so the legend goes! Around 850 AD, a herder noticed his flock dancing.'
const KOREAN =
  '커피는 염소가 발견했다고 합니다. 서기 850년 무렵, 칼디라는 목동은 염소들이 춤추듯 뛰는 모습을 보았습니다.'
const LONG_WORD = `Die ${'Donaudampfschifffahrts'.repeat(4)}gesellschaft fährt.`

/** A voice that speaks evenly. */
function spoken(text: string, seconds: number): WordTiming[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    from: (match.index / text.length) * seconds,
    to: ((match.index + match[0].length) / text.length) * seconds,
  }))
}

function plan(text: string, parts: Partial<CaptionRequest> = {}): Caption[] {
  return planCaptions({
    text,
    language: 'en',
    words: spoken(text, 8),
    frames: 250,
    speechEnd: 8,
    format: 'shorts',
    template: TEMPLATES.clean,
    ...parts,
  })
}

const textOf = (captions: Caption[]) =>
  captions
    .flatMap((caption) => caption.lines.flatMap((line) => line.words.map((word) => word.text)))
    .join(' ')

function expectReadable(captions: Caption[], frames: number): void {
  for (const [index, caption] of captions.entries()) {
    expect(caption.lines.length).toBeLessThanOrEqual(2)
    expect(caption.to).toBeLessThanOrEqual(frames)
    expect(caption.to).toBeLessThanOrEqual(captions[index + 1]?.from ?? frames)
    if (frames >= 24) expect(caption.to - caption.from).toBeGreaterThanOrEqual(24)
  }
}

describe('planCaptions', () => {
  const cases = FORMAT_NAMES.flatMap((format) =>
    TEMPLATE_NAMES.flatMap((name) => [ENGLISH, KOREAN, LONG_WORD].map((text) => ({ format, name, text }))),
  )
  it.each(cases)(
    'shows all of the text inside the safe area: $format $name $text',
    ({ format, name, text }) => {
      const template = TEMPLATES[name]
      const captions = plan(text, { format, template })
      // The longest word is hyphenated.
      const shown = text === LONG_WORD ? textOf(captions).replaceAll('- ', '') : textOf(captions)
      expect(shown).toBe(template.uppercase ? text.toUpperCase() : text)
      expectReadable(captions, 250)
      for (const caption of captions) {
        expect(caption.scale).toBeGreaterThanOrEqual(smallestScale(format, template) - 1e-9)
        for (const line of caption.lines) {
          expect(line.width * caption.scale).toBeLessThanOrEqual(maxWidthOf(format, template) + 1e-9)
        }
      }
      const { width, height } = FORMATS[format]
      const safe = SAFE_AREAS[format]
      for (const [, x, y] of assScript(captions, format, template).matchAll(
        /\\an4\\pos\(([\d.]+),([\d.]+)\)/g,
      )) {
        expect(Number(x)).toBeGreaterThanOrEqual(safe.left * width)
        expect(Number(y)).toBeLessThanOrEqual(safe.bottom * height)
        expect(Number(y)).toBeGreaterThanOrEqual(safe.top * height)
      }
    },
  )

  it('makes a word that is a little too wide smaller, and breaks one that would be too small to read', () => {
    const words = (text: string) => plan(text).flatMap(({ lines }) => lines.flatMap((line) => line.words))
    const whole = 'Donaudampfschifffahrt'
    expect(words(`Der ${whole} fährt.`).map(({ text }) => text)).toContain(whole)
    const parts = words(`Der ${whole.repeat(3)} fährt.`).map(({ text }) => text)
    expect(parts.filter((part) => part.endsWith('-'))).not.toEqual([])
    expect(parts.join('').replaceAll('-', '')).toBe(`Der${whole.repeat(3)}fährt.`)
  })

  it.each([
    [
      'Read https://www.example.com/summer-sale/2026/x?ref=a and come back.',
      'Read example.com and come back.',
    ],
    [`See (${'https://shop.example.com/a/'.padEnd(200, 'path/')}), now.`, 'See (shop.example.com), now.'],
    ['Bees 🐝🐝 dance 👨‍👩‍👧! ("🍯") Yes 🇰🇷.', 'Bees dance! Yes.'],
    ['The word 木漏れ日 has no twin.', 'The word has no twin.'],
  ])('shows %j as it can be shown', (text, shown) => {
    expect(textOf(plan(text))).toBe(shown)
  })

  it('never shows an address smaller than the template allows', () => {
    const text = `${'https://www.example.com/a/very/long/path/'.padEnd(150, 'that/goes/on/')} says so.`
    for (const name of TEMPLATE_NAMES)
      for (const { scale } of plan(text, { template: TEMPLATES[name] }))
        expect(scale).toBeGreaterThanOrEqual(smallestScale('shorts', TEMPLATES[name]) - 1e-9)
  })

  it('ends captions at sentences', () => {
    expect(plan(ENGLISH).some((caption) => caption.lines.at(-1)?.words.at(-1)?.text === 'goes!')).toBe(true)
    expect(plan(KOREAN).some((caption) => caption.lines.at(-1)?.words.at(-1)?.text === '합니다.')).toBe(true)
  })

  it('shows each caption when its first word is spoken, and the last one to the end of the speech', () => {
    const words = spoken(ENGLISH, 8)
    const captions = plan(ENGLISH)
    for (const caption of captions.slice(1)) {
      const first = caption.lines[0]?.words[0]
      const word = words.find(
        (candidate) =>
          ENGLISH.slice(candidate.start).startsWith(first?.text.replace(/\W+$/, '') ?? '?') &&
          Math.abs(candidate.from * 30 - caption.from) < 1,
      )
      expect(word, first?.text ?? '').toBeDefined()
    }
    expect(captions.at(-1)?.to).toBeGreaterThanOrEqual(240)
  })

  it('spreads the text over the voice when there are no words', () => {
    const captions = plan(ENGLISH, { words: [] })
    expect(textOf(captions)).toBe(ENGLISH)
    expectReadable(captions, 250)
    expect(captions.length).toBeGreaterThan(1)
  })

  it('shows text that no word covers', () => {
    const words = spoken(ENGLISH, 8).filter((_, index) => index % 4 === 1)
    expect(textOf(plan(ENGLISH, { words }))).toBe(ENGLISH)
  })

  it('survives words that make no sense', () => {
    const words = [
      { start: 900, end: 950, from: 1, to: 2 },
      { start: 10, end: 5, from: 1, to: 2 },
      { start: 0, end: 6, from: 7, to: Number.NaN },
      { start: 0, end: 6, from: 99, to: 100 },
      { start: 7, end: 10, from: 3, to: -1 },
    ]
    const captions = plan(ENGLISH, { words })
    expect(textOf(captions)).toBe(ENGLISH)
    expectReadable(captions, 250)
  })

  it('shows everything in a clip that is too short for it', () => {
    for (const frames of [1, 10, 24, 30]) {
      const captions = plan(ENGLISH, { frames, speechEnd: frames / 30, words: [] })
      expect(textOf(captions)).toBe(ENGLISH)
      for (const { scale } of captions)
        expect(scale).toBeGreaterThanOrEqual(smallestScale('shorts', TEMPLATES.clean) - 1e-9)
    }
  })

  it('lays out the longest narration within moments', () => {
    const text = 'a '.repeat(1000).trim()
    const captions = plan(text, { frames: 3600, speechEnd: 120, words: [] })
    expect(textOf(captions)).toBe(text)
    expectReadable(captions, 3600)
  })

  it('has no captions for a text that has nothing to show', () => {
    expect(plan(' \u200b \n')).toEqual([])
  })

  it('highlights one word at a time', () => {
    const captions = plan(ENGLISH, { template: TEMPLATES.entertainment })
    for (const { lines } of captions) {
      const words = lines.flatMap((line) => line.words)
      for (const [index, word] of words.entries()) {
        const next = words[index + 1]
        if (next) expect(word.to).toBe(next.from)
      }
    }
  })
})
