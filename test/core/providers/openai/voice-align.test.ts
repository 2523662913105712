import { describe, expect, it } from 'vitest'
import { alignWords, type HeardWord } from '../../../../src/core/providers/openai/voice-align.ts'

/** Words of 0.4 s with 0.1 s between them. */
function heard(...words: string[]): HeardWord[] {
  return words.map((word, index) => ({ word, start: index * 0.5, end: index * 0.5 + 0.4 }))
}

function align(text: string, words: HeardWord[], language = 'en') {
  const aligned = alignWords(text, language, words)
  return aligned?.map(({ start, end, from, to }) =>
    [text.slice(start, end), from.toFixed(2), to.toFixed(2)].join(' '),
  )
}

describe('alignWords', () => {
  it('passes times on', () => {
    expect(align('The “sea”, is salt!', heard('the', 'sea', 'is', 'salt'))).toEqual([
      'The 0.00 0.40',
      'sea 0.50 0.90',
      'is 1.00 1.40',
      'salt 1.50 1.90',
    ])
  })

  it('places a word that was not heard between its neighbours', () => {
    expect(align('one two three four', heard('one', 'three', 'four'))).toEqual([
      'one 0.00 0.40',
      'two 0.40 0.50',
      'three 0.50 0.90',
      'four 1.00 1.40',
    ])
  })

  it('is not put off by other spellings, figures and extra words', () => {
    const words = heard('In', 'nineteen', 'sixty', 'nine', 'er', 'people', 'walked', 'on', 'the', 'moon')
    const aligned = align('In 1969 people walked on the moon', words)
    expect(aligned?.[0]).toBe('In 0.00 0.40')
    expect(aligned?.[1]).toBe('1969 0.40 2.50')
    expect(aligned?.[2]).toBe('people 2.50 2.90')
    expect(aligned?.at(-1)).toBe('moon 4.50 4.90')
  })

  it('copes with joined and split words, as in Korean', () => {
    const aligned = align('할 수 있다 바다는 짜다', heard('할수', '있다', '바다', '는', '짜다'), 'ko')
    expect(aligned?.map((line) => line.split(' ')[0])).toEqual(['할', '수', '있다', '바다는', '짜다'])
    expect(aligned?.[3]).toBe('바다는 1.00 1.90')
  })

  it('gives first and last words that were not heard a place inside the sound', () => {
    const words = [
      { word: 'middle', start: 1, end: 2 },
      { word: 'part', start: 2, end: 3 },
      { word: '…', start: 3, end: 4 },
    ]
    expect(align('a middle part b', words)).toEqual([
      'a 1.00 1.02',
      'middle 1.02 2.00',
      'part 2.00 3.00',
      'b 3.00 4.00',
    ])
  })

  it('never overlaps or goes back, whatever a recogniser reports', () => {
    const words = [
      { word: 'one', start: 1, end: 0.5 },
      { word: 'two', start: 0.2, end: 0.2 },
      { word: 'three', start: 0.1, end: 3 },
    ]
    const aligned = alignWords('one two three', 'en', words) ?? []
    expect(aligned).toHaveLength(3)
    for (const [index, { from, to }] of aligned.entries()) {
      expect(to).toBeGreaterThan(from)
      expect(from).toBeGreaterThanOrEqual(aligned[index - 1]?.to ?? 0)
    }
  })

  it('gives nothing for another text, silence or no words', () => {
    expect(align('The sea is salt', heard('Thank', 'you', 'for', 'watching'))).toBeUndefined()
    expect(align('The sea', [])).toBeUndefined()
    expect(align('… —', heard('the'))).toBeUndefined()
  })

  it('is quick with the longest narration', () => {
    const words = Array.from({ length: 400 }, (_, index) => `w${index}`)
    expect(alignWords(words.join(' '), 'en', heard(...words))).toHaveLength(400)
  })
})
