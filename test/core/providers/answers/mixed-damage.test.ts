import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readAnswer } from '../../../../src/core/providers/answers/read-answer.ts'
import { checkPlan, planShapes } from '../../../../src/core/providers/openai/script-plan.ts'
import { inPython, type Written } from './damaged.ts'

/** Text found in scripts, and text that could be mistaken for brackets, quotes, commas and escapes. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'it’s',
    "don't",
    '"so"',
    '“so”',
    '{topic}',
    '[1]',
    '// no',
    '# one',
    'a, b',
    'c: d',
    '…',
    '\\n',
    '\\',
    '\n',
  ),
  fc.constantFrom('```', '안녕하세요', 'None', '},{', '"]}', "'", '&quot;', '/* x */', ',}', 'null'),
)
const line = fc.array(piece, { maxLength: 5 }).map((pieces) => `Aa ${pieces.join(' ')} zZ.`)
const plan: fc.Arbitrary<Written> = fc.record({
  title: line,
  description: line,
  tags: fc.array(line, { minLength: 1, maxLength: 3 }),
  segments: fc.array(fc.record({ text: line, keyword: line, searchQuery: line }), {
    minLength: 1,
    maxLength: 4,
  }),
})

/** One from each row, in this order: the content, how it is written, and what surrounds it. */
const contents: ((plan: Written) => unknown)[] = [
  (plan) => plan,
  (plan) => ({ result: { script: plan } }),
  (plan) => [plan],
  (plan) => ({ ...plan, segments: { ...plan.segments } }),
  (plan) => ({ ...plan, segments: JSON.stringify(plan.segments) }),
  ({ segments, ...details }) => ({ details, segments }),
  ({ segments, ...others }) => ({
    ...others,
    Scenes: segments.map(({ text, searchQuery, keyword }) => ({
      search_query: searchQuery,
      Keyword: keyword,
      narration: text,
    })),
  }),
]
const writings: ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value, null, 2).replace(/([}\]"])(?=\n\s*[}\]])/g, '$1,'),
  (value) => JSON.stringify(value, null, 1).replace(/^( *)"(\w+)": /gm, '$1$2: '),
  (value) => JSON.stringify(value, null, 1).replace(/,$/gm, ', // it\'s "said"'),
  (value) => JSON.stringify(value, null, 1).replace(/,$/gm, ''),
  inPython,
]
const surroundings: ((text: string) => string)[] = [
  (text) => text,
  (text) => `\ufeff ${text} \n`,
  (text) => `\`\`\`json\n${text}\n\`\`\`\n`,
  (text) => `Here's the {answer}:\n\n${text}\n\nI hope [it] fits, don't I?`,
  (text) => `<answer>${text}</answer>`,
  (text) => `<think>{"title": "no</think>${text}`,
  (text) => JSON.stringify(text),
]
const oneOf = <T>(list: T[]) => fc.constantFrom(...list)

it('reads the same script whatever mix of damages keeps it whole', () => {
  const mix = fc.tuple(plan, oneOf(contents), oneOf(writings), oneOf(surroundings))
  fc.assert(
    fc.property(mix, ([whole, content, writing, surrounding]) => {
      const answer = surrounding(writing(content(whole)))
      const { value } = readAnswer(answer, planShapes.withTopic, checkPlan, 'complete')
      // expect() takes longer than comparing, and there are many runs.
      if (!isDeepStrictEqual(value, whole)) expect(value, answer).toEqual(whole)
    }),
    { numRuns: 1500 },
  )
})
