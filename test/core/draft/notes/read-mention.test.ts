import { describe, expect, it } from 'vitest'
import { readMention, withoutMentionsOf } from '../../../../src/core/draft/notes/read-mention.ts'

/** The notes read from a text, one `places words` per line. */
function read(text: string, isAnswer = false): string[] {
  return readMention(text, isAnswer).map(
    ({ places, words, isNote }) => `${places.join('+') || 'it'} ${isNote ? 'note: ' : ''}${words}`,
  )
}

describe('a mention', () => {
  it.each([
    ['2: calmer', '2 calmer'],
    [' 2 : calmer', '2 calmer'],
    [', 2: calmer', '2 calmer'],
    ['2. calmer', '2 calmer'],
    ['2.calmer', '2 calmer'],
    ['2) calmer', '2 calmer'],
    ['(2) calmer', '2 calmer'],
    ['[2] calmer', '2 calmer'],
    ['2 - calmer', '2 calmer'],
    ['2 – calmer', '2 calmer'],
    ['2- calmer', '2 calmer'],
    ['2, calmer', '2 calmer'],
    ['2 calmer', '2 calmer'],
    ['**2:** calmer', '2 calmer'],
    ['２：calmer', '2 calmer'],
    ['#2 calmer', '2 calmer'],
    ['# 2: calmer', '2 calmer'],
    ['№2 calmer', '2 calmer'],
    ['no. 2: calmer', '2 calmer'],
    ['seg 2 calmer', '2 calmer'],
    ['seg. 2: calmer', '2 calmer'],
    ['seg2: calmer', '2 calmer'],
    ['Segment 12: calmer', '12 calmer'],
    ['SEGMENT #2 – calmer', '2 calmer'],
    ['segment two: calmer', '2 calmer'],
    ['scene 2 calmer', '2 calmer'],
    ['2nd segment: calmer', '2 calmer'],
    ['the second scene, calmer', '2 calmer'],
    ['third: calmer', '3 calmer'],
    ['2:calmer', '2 calmer'],
    ['2: 30 s is too long', '2 30 s is too long'],
    ['2번: 더 차분하게', '2 더 차분하게'],
    ['2번 더 차분하게', '2 더 차분하게'],
    ['2번은 더 차분하게', '2 더 차분하게'],
    ['2번 장면을 더 차분하게', '2 더 차분하게'],
    ['2번째 장면은 더 차분하게', '2 더 차분하게'],
    ['두 번째 장면: 더 차분하게', '2 더 차분하게'],
    ['장면 2: 더 차분하게', '2 더 차분하게'],
    ['장면 2는 더 차분하게', '2 더 차분하게'],
    ['세그먼트 2 더 차분하게', '2 더 차분하게'],
    ['make segment 2 calmer', '2 make segment 2 calmer'],
    ['can you shorten the second segment?', '2 can you shorten the second segment?'],
    ['shorten #2 please', '2 shorten #2 please'],
    ['조금만 2번을 짧게 해 주세요', '2 조금만 2번을 짧게 해 주세요'],
    ['note 2: is this figure right?', '2 note: is this figure right?'],
    ['2: note: is this right?', '2 note: is this right?'],
    ['메모 2번: 숫자 확인', '2 note: 숫자 확인'],
    ['2, 3: calmer', '2+3 calmer'],
    ['segments 2 and 3: calmer', '2+3 calmer'],
    ['2-4: calmer', '2+3+4 calmer'],
    ['2,3번: 더 차분하게', '2+3 더 차분하게'],
  ])('%s', (text, said) => expect(read(text)).toEqual([said]))

  it('leaves a note for each line that begins with a segment', () => {
    expect(read('\n2: calmer\nand slower\n\n3. shorter')).toEqual(['2 calmer\nand slower', '3 shorter'])
    expect(read('Notes:\n- 2: calmer\n- 4: shorter')).toEqual(['2 calmer', '4 shorter'])
    // A list under a segment number belongs to that segment.
    expect(read('2:\n1. calmer\n2. shorter')).toEqual(['2 1. calmer\n2. shorter'])
  })

  it.each([
    '',
    '   ',
    'calmer',
    'hello there',
    '2',
    '2:',
    '2: …',
    '#2',
    '2번',
    'Segment 2',
    '2.5 seconds longer',
    '2:30 is too long',
    'swap segment 2 and segment 3',
    'Some thoughts\n2: calmer',
    '1-99: calmer',
  ])('says nothing that could be noted: “%s”', (text) => expect(read(text)).toEqual([]))

  it.each([
    ['shorter', 'it shorter'],
    ['2 people are missing', 'it 2 people are missing'],
    ['1. shorter\n2. calmer', 'it 1. shorter\n2. calmer'],
    ['more like segment 3', 'it more like segment 3'],
    ['note: check the date', 'it note: check the date'],
    ['4: that was about another one', '4 that was about another one'],
  ])('that answers a segment is about it: %s', (text, said) => expect(read(text, true)).toEqual([said]))

  it('that answers a segment has to say something', () => {
    expect(read('', true)).toEqual([])
    expect(read(' … ', true)).toEqual([])
  })

  it.each(['2,', '2 and ', '번째', '#', 'segment ', '2-', '2 ', ' - ', '2:\n'])(
    'is read whatever it is: “%s” again and again',
    (part) => expect(readMention(part.repeat(4000 / part.length), false).length).toBeLessThan(2),
  )
})

it('leaves out who was spoken to, and nobody else', () => {
  expect(withoutMentionsOf('<@!12> 2: ask <@13> <@&14>', ['12', '14'])).toBe(' 2: ask <@13> ')
  expect(withoutMentionsOf('<@U0BOT|rushes> 2: calmer', ['U0BOT'])).toBe(' 2: calmer')
})
