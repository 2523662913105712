import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { speechText, writtenTimes } from '../../../../../src/core/media/voice/spoken/speech-text.ts'
import { wordUnits } from '../../../../../src/core/media/voice/word-units.ts'
import { LANGUAGES } from '../../../../../src/core/model/formats.ts'

/** Signs, numbers and the words put next to them, of all kinds. */
const SIGNS = [
  ...'$€£¥₩₹₽₺₴₫¢%‰°℃℉㎢㎡㎥㎏㎞㎝㎜㎖ℓ㏊㎐㎒㎾㎧㏈№™®©§½¼¾⅓⅞①⑳❶㊿ⓐⒷ㉠㉮㈜㈱㈲㈎Ⅳⅻ²³⁵₂×÷±≤≥≠≈∞√π→+=<>&@#~–—-/\\|*_^:.,()[]{}"\'!?…☆♪',
]
const NUMBERS = [
  ...[
    '0',
    '1',
    '5',
    '10',
    '21',
    '99',
    '100',
    '007',
    '1,000',
    '1,000,000,000',
    '12,500',
    '1,299,450.75',
    '605.2',
  ],
  ...[
    '0.05',
    '.5',
    '3.14',
    '1969',
    '2024',
    '20',
    '3',
    '5K',
    '1.5M',
    '10x',
    '1/3',
    '24/7',
    '3:2',
    '16:9',
    '15:30',
  ],
  ...[
    '9:05',
    '3pm',
    '11:00 a.m.',
    '2026-11-28',
    '2026. 11. 28.',
    '11/28/2026',
    '11/28',
    '5-10',
    '10–20',
    '3~5',
  ],
  ...[
    '010-1234-5678',
    '+1 (555) 123-4567',
    '1588-1234',
    '978-3-16-148410-0',
    '1234 5678 9012 3456',
    '192.168.0.1',
  ],
  ...[
    'v2.0.1',
    '2.0.1',
    '1st',
    '22nd',
    '1990s',
    "'90s",
    '12345678901234567890',
    '１２３',
    '٣',
    '1️⃣',
    '5%',
    '50 %',
  ],
  ...[
    '-5',
    '−5℃',
    '±3',
    '2½',
    '1 1/2',
    '1h30m',
    '5\'10"',
    '10⁶',
    'x²',
    'CO₂',
    '3만5천',
    '1억 2,000만',
    '10만명',
  ],
  ...['3명', '20살', '3시 15분', '6월 10일', '제1회', '1번 출구', '2배', '20대', '①번', '3분의 1', '1,2,3'],
]
const MONEY = [
  '$5',
  '£3.50',
  '€1,000',
  '5€',
  '$1.2bn',
  '$5–10',
  '₩12,500',
  'USD 20',
  '20 zł',
  '¥1,000',
  '$9.3은',
  '-$5',
  '50¢',
]
const NAMES = [
  ...[
    'https://www.example.com/a/b?c',
    'example.co.uk',
    'jane_doe+x1@mail.example.com',
    '#ThrowbackThursday',
    '#1',
    '@name',
  ],
  ...[
    'AT&T',
    'Q&A',
    'C++',
    'C#',
    'B2B',
    'GPT-4',
    'MP3',
    'e.g.',
    'A vs. B',
    'Dr. Kim',
    'St. Louis',
    'Mon–Fri',
    'pp. 3–5',
  ],
  ...[
    'UTC+9',
    '2026-11-28T15:30:00Z',
    '5 < 6',
    '2+2=4',
    'a ≥ b',
    '<b>',
    '&amp;',
    '60 km/h',
    '5kg/m³',
    'km',
    'Nov. 28, 2026',
  ],
]
const WORDS = [
  'The',
  'people',
  'is',
  'and',
  'Chapter',
  '면적은',
  '이다',
  '명',
  '은',
  '가',
  '를',
  '원',
  '개',
  '바다',
  '약',
]
const member = fc.oneof(
  fc.constantFrom(...SIGNS),
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...MONEY),
  fc.constantFrom(...NAMES),
  fc.constantFrom(...WORDS),
)
const mix = fc
  .array(fc.tuple(member, fc.constantFrom(' ', ' ', ' ', '', '\n')), { minLength: 1, maxLength: 5 })
  .map((pairs) => pairs.flat().join(''))

/** None of these may reach a voice, which would spell them out, drop them or misname them. */
const UNREAD = /[\p{N}\p{Sc}%‰°&@#+=<>±×÷~^*/\\|_§№™®©℃㈀-㏿Ⓐ-ⓩ\u{fffe}]/u

describe.each(['en', 'ko'])('10,000 mixes (%s)', (language) => {
  it('are said in words, the same when said again, each written word in order', () => {
    fc.assert(
      fc.property(mix, (text) => {
        const spoken = speechText(text, language)
        const said = wordUnits(spoken.text, language)
        const times = said.map(({ start, end }, index) => ({ start, end, from: index, to: index + 1 }))
        const written = writtenTimes(text, language, spoken, times)
        const isSaid = ({ start, end }: { start: number; end: number }) =>
          said.some((word) => (spoken.from[word.start] ?? 0) < end && (spoken.to[word.end - 1] ?? 0) > start)
        const found = {
          unread: UNREAD.exec(spoken.text)?.[0],
          again: speechText(spoken.text, language).text,
          places: [spoken.from.length, spoken.to.length],
          isInOrder: spoken.from.every((from, unit) => from >= (spoken.from[unit - 1] ?? 0)),
          written: written.map(({ start, end }) => [start, end]),
          isTimed: written.every(
            ({ from, to }, index) => from >= (written[index - 1]?.to ?? 0) && to >= from,
          ),
        }
        const wanted: typeof found = {
          unread: undefined,
          again: spoken.text,
          places: [spoken.text.length, spoken.text.length],
          isInOrder: true,
          written: wordUnits(text, language)
            .filter(isSaid)
            .map(({ start, end }) => [start, end]),
          isTimed: true,
        }
        // expect() takes longer than comparing, and there are many runs.
        if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted)
      }),
      { numRuns: 5000 },
    )
  })
})

it('any other text in any language neither fails nor loses its place', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...LANGUAGES),
      (text, language) => {
        const spoken = speechText(text, language)
        const found = { places: spoken.from.length, again: speechText(spoken.text, language).text }
        const wanted = { places: spoken.text.length, again: spoken.text }
        if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted)
      },
    ),
    { numRuns: 1000 },
  )
})
