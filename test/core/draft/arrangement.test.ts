import { describe, expect, it } from 'vitest'
import { arrangementOf, hasSameOrder, listed, readArrangement } from '../../../src/core/draft/arrangement.ts'
import { UserError } from '../../../src/core/model/errors.ts'
import { LIMITS } from '../../../src/core/model/limits.ts'

const TEXTS = [
  'Bees dance in the dark.',
  '5 of them watch: why?',
  '“Number” three — it’s long…',
  '네 번째 장면입니다.',
]
const SEGMENTS = TEXTS.map((text, index) => ({ id: 10 + index, text }))
const LIST = arrangementOf(SEGMENTS).text

/** The numbers read from a list, or what is wrong with it. */
function read(typed: string, segments = SEGMENTS, checksWords = true): number[] | object {
  try {
    return readArrangement(typed, segments, checksWords).map((segment) => segments.indexOf(segment) + 1)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { code: error.code, ...(error.params as object) }
  }
}

const order = (...numbers: number[]) => numbers.map((number) => LIST.split('\n')[number - 1]).join('\n')

describe('the list of the segments of a draft', () => {
  it('has a line for each, with its number and text', () => {
    expect(LIST).toBe(
      '1. Bees dance in the dark.\n2. 5 of them watch: why?\n3. “Number” three — it’s long…\n4. 네 번째 장면입니다.',
    )
  })

  it('fits every form, however many segments there are and whatever they say', () => {
    for (const text of [
      'A long narration of many words. '.repeat(60),
      '긴 내레이션 '.repeat(300),
      '👩‍👩‍👧‍👦'.repeat(180),
      'x'.repeat(2000),
    ]) {
      const segments = Array.from({ length: LIMITS.segments }, (_, id) => ({
        id: 100_000 + id,
        text: `${text}\nand`,
      }))
      const { text: list, seen } = arrangementOf(segments)
      expect(list.length).toBeLessThanOrEqual(LIMITS.arrangement.text)
      expect(list.split('\n')).toHaveLength(LIMITS.segments)
      expect(list.isWellFormed()).toBe(true)
      expect(String(seen).length).toBeLessThanOrEqual(15)
      expect(read(list, segments)).toEqual(segments.map((_, index) => index + 1))
      // A segment moves from one end to the other.
      expect(read(list.split('\n').reverse().join('\n'), segments)).toEqual(
        segments.map((_, index) => segments.length - index),
      )
    }
  })

  it('tells another order from other words', () => {
    const { seen } = arrangementOf(SEGMENTS)
    expect(hasSameOrder(seen, [10, 11, 12, 13])).toBe(true)
    expect(hasSameOrder(seen, [11, 10, 12, 13])).toBe(false)
    expect(hasSameOrder(seen, [10, 11, 12])).toBe(false)
    const edited = arrangementOf(SEGMENTS.map(({ id, text }) => ({ id, text: `${text}!` }))).seen
    expect(edited).not.toBe(seen)
    expect(hasSameOrder(edited, [10, 11, 12, 13])).toBe(true)
  })

  it('is told in the numbers of the draft, in whatever order', () => {
    expect(listed(SEGMENTS.toReversed(), SEGMENTS)).toBe(order(4, 3, 2, 1))
  })
})

describe('a list that comes back', () => {
  it('is read by its numbers, in the order of its lines', () => {
    expect(read(LIST)).toEqual([1, 2, 3, 4])
    expect(read(order(4, 1, 3))).toEqual([4, 1, 3])
  })

  it.each([
    ['3\n1', [3, 1]],
    ['3.\n1)\n 2 : ', [3, 1, 2]],
    ['- 3. “Number”\n• 1\n#2', [3, 1, 2]],
    ['\r\n\r\n  2.  5 of them\r\n\t1. Bees dance…\r\n', [2, 1]],
    ['２． 5 of them watch\n①', [2, 1]],
    ['4번\n3번. "number" three -- it\'s long...\n1', [4, 3, 1]],
    ['1.Bees\n2 5 of them', [1, 2]],
    // Line ends of Mac Roman and of other editors.
    ['2\r1\u20283', [2, 1, 3]],
  ])('may be typed over: %j', (typed, expected) => {
    expect(read(typed)).toEqual(expected)
  })

  it.each([
    ['', { code: 'text_empty', field: 'order' }],
    [' \n\t\n', { code: 'text_empty', field: 'order' }],
    ['1\n2\n1', { code: 'arrange_twice', field: 'order', number: 1 }],
    ['1\n5', { code: 'arrange_unknown', field: 'order', number: 5, max: 4 }],
    ['0', { code: 'arrange_unknown', field: 'order', number: 0, max: 4 }],
    ['999999', { code: 'arrange_unknown', field: 'order', number: 999_999, max: 4 }],
    ['1\nBees dance', { code: 'arrange_line', field: 'order', line: 'Bees dance' }],
    ['3.5 million bees', { code: 'arrange_line', field: 'order', line: '3.5 million bees' }],
    ['1234567', { code: 'arrange_line', field: 'order', line: '1234567' }],
    // Two lines merged into one: the second would be removed silently.
    [
      '1. Bees dance in the dark. 2. 5 of them watch: why?',
      { code: 'arrange_words', field: 'order', number: 1 },
    ],
    ['1. Bees sleep in the dark.', { code: 'arrange_words', field: 'order', number: 1 }],
  ])('is refused with what is wrong: %j', (typed, expected) => {
    expect(read(typed)).toEqual(expected)
  })

  it('is not blamed for words that somebody else has changed', () => {
    expect(read('1. Wasps dance.\n3', SEGMENTS, false)).toEqual([1, 3])
  })
})
