import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../../../src/core/providers/answers/read-answer.ts'
import type { Ending } from '../../../../src/core/providers/answers/readings.ts'
import {
  checkPlan,
  checkRewrite,
  planShapes,
  rewriteShape,
} from '../../../../src/core/providers/openai/script-plan.ts'
import { DAMAGED, type Written } from './damaged.ts'

const PLAN: Written = {
  title: 'Bees & honey',
  description: 'A short film.',
  tags: ['bees', 'honey'],
  segments: [
    { text: "It's a bee's life, isn't it? Really: {yes}.", keyword: 'bee', searchQuery: 'bees hive' },
    { text: 'Honey, honey [sweet] // and “more”.', keyword: 'honey', searchQuery: 'honey jar' },
    { text: '마지막 문장입니다…', keyword: '끝', searchQuery: 'sunset' },
  ],
}
const read = (answer: string, ending: Ending = 'complete') =>
  readAnswer(answer, planShapes.withTopic, checkPlan, ending).value
const rewritten = (answer: string, ending: Ending = 'complete') =>
  readAnswer(answer, rewriteShape, checkRewrite, ending).value?.text

describe('a whole script in an answer', () => {
  it.each(Object.entries(DAMAGED))('is read: %s', (_kind, damage) => {
    const { title, tags, segments } = read(damage(PLAN)) ?? {}
    expect({ title, tags, segments }).toEqual({ title: PLAN.title, tags: PLAN.tags, segments: PLAN.segments })
  })

  it('keeps every letter of what it repairs', () => {
    expect(read(DAMAGED['quotes inside']?.(PLAN) ?? '')?.description).toBe('It is "salt" said Ada')
    expect(read(DAMAGED['line break in a string']?.(PLAN) ?? '')?.description).toBe('a\nb')
    expect(rewritten('{"text": """Two\nlines""",}')).toBe('Two\nlines')
    expect(rewritten("{text: 'It's the bees' honey'}")).toBe("It's the bees' honey")
    expect(rewritten('{"text": 1984}')).toBe('1984')
    expect(rewritten('{"text": "Close it with </think>."}')).toBe('Close it with </think>.')
  })
})

describe('a part of a script', () => {
  const text = JSON.stringify(PLAN)
  const cuts = Array.from({ length: text.length - 2 }, (_, index) => index + 1).filter(
    (length) => length % 2 === 0 || length > 300,
  )

  it('is never taken for the whole, wherever it was cut', () => {
    for (const ending of ['complete', 'unknown', 'cut'] as const)
      expect(cuts.filter((length) => read(text.slice(0, length), ending) !== null)).toEqual([])
    expect(read(text.slice(0, -1), 'unknown')).toEqual(PLAN)
    expect(read(text.slice(0, -1), 'cut')).toBeNull()
  })

  it.each([
    'single quotes',
    'other names',
    'wrapped',
    'YAML',
    'encoded twice',
    'escaped without quotes around it',
  ])('is never taken for the whole in another form: %s', (kind) => {
    const whole = DAMAGED[kind]?.(PLAN) ?? ''
    for (let length = 1; length < whole.length - 12; length += 3) {
      const found = read(whole.slice(0, length), 'cut') ?? read(whole.slice(0, length), 'unknown')
      expect(found, whole.slice(0, length)).toBeNull()
    }
  })

  it.each([
    ['an ellipsis in the list', text.replace('}]', '}, ...]')],
    ['an ellipsis as one character', text.replace('}]', '}, …]')],
    ['a remark', text.replace('}]', '} // ... and so on\n]')],
    ['a remark in words', text.replace('}]', '} /* the remaining segments */]')],
    ['a brace that ends it early', text.replace('"},{', '"}},{')],
    [
      'the shape alone',
      '{"title": string, "description": string, "tags": [string], "segments": [{"text": string, "keyword": string, "searchQuery": string}]}',
    ],
    [
      'the shape as texts',
      '{"title":"string","description":"string","tags":["string"],"segments":[{"text":"string","keyword":"string","searchQuery":"string"}]}',
    ],
    [
      'segments of two lists',
      text.replace('},{', '}],"segments":[{').replace('}]}', '}],"segments":"none"}'),
    ],
    ['a list of scripts', JSON.stringify([PLAN, { ...PLAN, title: 'Another' }])],
    ['a refusal', "I'm sorry, but I can't help with that."],
    ['an error', '{"error": "I cannot write about this."}'],
    ['nothing', '  '],
    ['null', 'null'],
  ])('is not read where it holds %s', (_what, answer) => {
    expect(read(answer)).toBeNull()
  })

  it('of a rewritten passage is not read either', () => {
    for (const answer of ['{"text": "Salt comes', '{"text": "Salt', '{"text": string}', '{"text": "..."}'])
      expect(rewritten(answer), answer).toBeUndefined()
    expect(rewritten('{"text": "Salt comes from rivers."')).toBe('Salt comes from rivers.')
  })
})

it('takes the new passage, not the one it was given', () => {
  const given = '{"video": "Sea", "text": "Old", "instruction": "shorter"}'
  expect(rewritten(`Data: ${given}\nAnswer: {"text": "New"}`)).toBe('New')
  expect(rewritten(`{"text": "New"}\nThe data was ${given}`)).toBe('New')
  expect(rewritten('{"original": "Old", "rewritten": "New"}')).toBe('New')
})

it('says what is wrong with the reading that comes closest', () => {
  const { title: _title, ...others } = PLAN
  const { error, hasData } = readAnswer(
    `{"a": 1} ${JSON.stringify(others)}`,
    planShapes.withTopic,
    checkPlan,
    'complete',
  )
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['title'])
  expect(hasData).toBe(true)
  expect(readAnswer('Sure: here it is!', planShapes.withTopic, checkPlan, 'complete').hasData).toBe(false)
})

it.each([
  ['brackets without an end', '['.repeat(300_000)],
  ['objects without an end', '{"a":'.repeat(40_000)],
  ['balanced brackets', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
  ['quotes', '{"a":"'.concat('x" y "'.repeat(150_000))],
  ['thoughts', '<think>'.repeat(120_000)],
  ['many objects', '{"a":1}'.repeat(120_000)],
  ['megabytes', `{"a":"${'x'.repeat(8_000_000)}"}`],
  [
    'texts that hold texts',
    JSON.stringify({ a: Array.from({ length: 40 }, () => `{"a" "b" ${'x" y "'.repeat(3000)}`) }),
  ],
  [
    'encodings inside each other',
    Array.from({ length: 14 }).reduce((text: string) => JSON.stringify(text), '{"a":1}'),
  ],
])('an attack of %s is read quickly and holds nothing', { timeout: 20_000 }, (_what, answer) => {
  expect(read(answer)).toBeNull()
})
