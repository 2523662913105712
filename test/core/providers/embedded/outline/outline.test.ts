import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../../src/core/model/limits.ts'
import type { ScriptRequest } from '../../../../../src/core/model/providers.ts'
import { blanksIn } from '../../../../../src/core/providers/embedded/outline/blanks.ts'
import { createOutlineWriter } from '../../../../../src/core/providers/embedded/outline/outline.ts'
import { ENGLISH_OUTLINE } from '../../../../../src/core/providers/embedded/outline/outline-en.ts'
import { KOREAN_OUTLINE } from '../../../../../src/core/providers/embedded/outline/outline-ko.ts'
import { spokenLength } from '../../../../../src/core/providers/embedded/outline/spoken-length.ts'
import { particle } from '../../../../../src/core/providers/script/particles.ts'

const writer = createOutlineWriter(() => new Date('2024-05-06T07:08:09Z'))
const PACE = { en: 14.6, ko: 7 }
const WEIGHTS = { en: ENGLISH_OUTLINE.spoken, ko: KOREAN_OUTLINE.spoken }

function write(topic: string | null, language: 'en' | 'ko', over: Partial<ScriptRequest> = {}) {
  const request: ScriptRequest = {
    topic,
    style: null,
    language,
    format: 'shorts',
    targetDuration: 30,
    charactersPerSecond: PACE[language],
    ...over,
  }
  return writer.write(request, new AbortController().signal)
}

const sentencesOf = (text: string) => text.split(/(?<=[.?!]\]?)\s+/)
const TOPICS = [
  'x',
  '커피',
  'A'.repeat(200),
  '가'.repeat(200),
  'The long history of coffee houses in Vienna',
  '😀',
  '“odd” {topic} {part:은/는} $&',
  '고양이는 왜 골골댈까요?',
  'Why is the sky blue?',
]

describe('an outline', () => {
  it.each([5, 6, 10, 15, 20, 30, 60, 180, 600])(
    'for %i s is that long, within 10 percent',
    async (targetDuration) => {
      for (const topic of TOPICS) {
        for (const language of ['en', 'ko'] as const) {
          for (const [style, faster] of [
            [null, 1],
            ['funny', 0.85],
            ['진지하게', 1.25],
          ] as const) {
            const charactersPerSecond = PACE[language] * faster
            const { segments } = await write(topic, language, { targetDuration, style, charactersPerSecond })
            const said = segments.map(({ text }) => text).join(' ')
            const spoken = spokenLength(said, WEIGHTS[language]) / charactersPerSecond
            const about = `${topic.slice(0, 20)} ${language} ${style} ${faster}`
            // Five seconds leave little choice.
            const allowed = targetDuration === 5 ? 0.15 : 0.1
            expect(Math.abs(spoken / targetDuration - 1), about).toBeLessThanOrEqual(allowed)
            // And not just because of the weights: by character count alone it is about as long.
            if (targetDuration >= 15)
              expect(Math.abs(said.length / charactersPerSecond / targetDuration - 1), about).toBeLessThan(
                0.18,
              )
            expect(segments.length).toBeLessThanOrEqual(targetDuration === 5 ? 2 : LIMITS.segments)
            for (const { text } of segments) expect(text.length / charactersPerSecond).toBeLessThan(13)
          }
        }
      }
    },
  )

  it.each(['en', 'ko'] as const)('never says the same twice, even in ten minutes (%s)', async (language) => {
    const { segments } = await write('Bread', language, {
      targetDuration: 600,
      charactersPerSecond: PACE[language] * 1.3,
    })
    const said = segments.flatMap(({ text }) => sentencesOf(text))
    expect(new Set(said).size).toBe(said.length)
    expect(said.length).toBeGreaterThan(95)
  })

  it('is the same for the same topic and another for another', async () => {
    const texts = async (topic: string) => (await write(topic, 'en')).segments.map(({ text }) => text)
    expect(await texts('Bread')).toEqual(await texts('Bread'))
    expect(await texts('Bread')).not.toEqual(
      (await texts('Wine')).map((text) => text.replaceAll('Wine', 'Bread')),
    )
  })

  it('says that it is one, and stays within the limits', async () => {
    for (const topic of TOPICS) {
      const plan = await write(topic, 'ko')
      expect(plan).toMatchObject({ provider: 'outline', isOutline: true, topic, otherTopics: [], usage: [] })
      expect(plan.title.length).toBeLessThanOrEqual(LIMITS.title)
      expect(plan.description).toBe('')
      for (const tag of plan.tags) expect(tag.length).toBeLessThanOrEqual(LIMITS.tag)
      for (const { keyword, searchQuery } of plan.segments) {
        expect(keyword.length).toBeLessThanOrEqual(40)
        expect(keyword).not.toBe('')
        expect(searchQuery).toMatch(/[a-z]{3}/)
        expect(searchQuery.length).toBeLessThanOrEqual(LIMITS.searchQuery)
      }
    }
    expect(await write('Bread', 'en')).toMatchObject({ description: '', tags: ['bread', 'explainer'] })
  })

  it('has a hook about the topic, at least three points, and an end', async () => {
    const { segments } = await write('빵의 역사', 'ko', { targetDuration: 45 })
    expect(segments[0]?.text).toContain('빵의 역사')
    expect(new Set(segments.map(({ keyword }) => keyword)).size).toBeGreaterThanOrEqual(5)
    expect(segments[0]?.searchQuery).toMatch(/^bread history /)
  })

  it('speaks politely throughout in Korean', async () => {
    const { segments } = await write('김치', 'ko', { targetDuration: 600 })
    for (const sentence of segments.flatMap(({ text }) => sentencesOf(text))) {
      if (blanksIn(sentence).length === 0) expect(sentence).toMatch(/(요|죠|세요|시죠)[.?]$/)
    }
  })

  it('leaves blanks with a hint where facts belong, and says nothing else in their place', async () => {
    for (const topic of TOPICS.slice(3)) {
      for (const language of ['en', 'ko'] as const) {
        for (const targetDuration of [15, 30, 180]) {
          const { segments } = await write(topic, language, { targetDuration })
          const blanks = segments.flatMap(({ text }) => blanksIn(text))
          // All but the hook and the call to action at the end.
          const open = segments.filter(({ text }) => blanksIn(text).length > 0)
          expect(open.length, `${topic} ${language}`).toBeGreaterThanOrEqual(segments.length - 2)
          for (const blank of blanks) expect(blank).toMatch(/^\[(Your [a-z]+|채울 [가-힣]+): [^[\]]{3,}\.\]$/)
          const all = segments.flatMap(({ text }) => text.match(/\[/g) ?? [])
          expect(all.length).toBe(blanks.length)
        }
      }
    }
  })

  it('has the tone that was asked for in its first sentence', async () => {
    const hook = async (style: string | null) => (await write('Bread', 'en', { style })).segments[0]?.text
    const [plain, funny, serious] = [await hook(null), await hook('make it funny'), await hook('진지하게')]
    expect(new Set([plain, funny, serious]).size).toBe(3)
  })

  it('puts a question in quotes and begins sentences with a capital', async () => {
    const plan = await write('why is the sky blue?', 'en', { targetDuration: 600 })
    const text = plan.segments.map((segment) => segment.text).join(' ')
    expect(text).toContain('“why is the sky blue”')
    for (const sentence of sentencesOf(text)) expect(sentence).toMatch(/^[“[]?\p{Lu}|^“/u)
  })
})

it.each([
  ['Explain how rockets fly', true],
  ['I love you', true],
  ['How to tie a tie', true],
  ['What is AI', true],
  ['Cats are liquid', true],
  ['Tea. And cake.', true],
  ['하늘은 왜 파란가', true],
  ['왜 우리는 꿈을 꾸는지', true],
  ['The history of tea', false],
  ['Dr. Kim and the U.S.', false],
  ['좋은 전문가', false],
  ['바나나', false],
  ['iPhone 15 리뷰', false],
])('is put in quotes and kept as the title when it is a sentence: %s %s', async (topic, isOne) => {
  const language = /[가-힣]/.test(topic) ? 'ko' : 'en'
  const plan = await write(topic, language, { targetDuration: 60 })
  expect(plan.title === topic).toBe(isOne)
  const said = plan.segments.map(({ text }) => text).join(' ')
  expect(/“/.test(said)).toBe(isOne)
})

it('a topic is written as it is typed, but for the beginning of an English sentence', async () => {
  const said = async (topic: string, language: 'en' | 'ko') => {
    const { title, segments } = await write(topic, language, { targetDuration: 120 })
    return [title, ...segments.map(({ text }) => text)].join(' ')
  }
  expect(await said('iPhone 15 리뷰', 'ko')).not.toContain('IPhone')
  expect(await said('iPhone 15', 'en')).not.toContain('IPhone')
  expect(await said('iced tea', 'ko')).not.toContain('Iced')
  expect(await said('Dr. Kim and the U.S.', 'en')).not.toMatch(/U\.S(?!\.)/)
})

it('has tags and searches of whole words', async () => {
  expect((await write('유튜브(youtube)를 만드는 사람', 'ko')).tags).toEqual(
    expect.arrayContaining(['유튜브', 'youtube', '사람']),
  )
  const odd = await write('유튜브(youtube) n{\\b1}test 만드는 법', 'ko')
  expect(odd.tags.join(' ')).not.toMatch(/[(){}\\]|만드/)
  for (const { searchQuery } of odd.segments) expect(searchQuery).not.toMatch(/[(){}\\]/)
})

it('searches for no word twice', async () => {
  const plan = await write('how to tie a tie', 'en')
  for (const { searchQuery } of plan.segments) expect(searchQuery).not.toContain('tie tie')
})

it('proposes three topics when there is none, by the clock', async () => {
  for (const language of ['en', 'ko'] as const) {
    const plan = await write(null, language)
    const all = [plan.topic, ...plan.otherTopics]
    expect(new Set(all).size).toBe(3)
    expect(all.every((topic) => topic.length > 3)).toBe(true)
    expect(await write(null, language)).toEqual(plan)
  }
})

it.each([
  ['커피', '은/는', '는'],
  ['빵', '은/는', '은'],
  ['서울', '으로/로', '로'],
  ['부산', '으로/로', '으로'],
  ['바다', '과/와', '와'],
  ['책', '이라는/라는', '이라는'],
  ['iPhone 15', '을/를', '를'],
  ['2021', '이/가', '이'],
  ['100', '을/를', '을'],
  ['AI', '이/가', '가'],
  ['LLM', '은/는', '은'],
  ['URL', '으로/로', '로'],
  ['Google', '을/를', '을'],
  ['Netflix', '을/를', '를'],
  ['Facebook', '이/가', '이'],
  ['game', '을/를', '을'],
  ['인공지능(AI)', '은/는', '은'],
  ['“커피!”', '을/를', '를'],
  ['100%', '을/를', '를'],
  ['😀', '을/를', '를'],
])('after %s, of %s comes %s', (word, pair, expected) => {
  expect(particle(word, pair)).toBe(expected)
})

describe('an outline in another language', () => {
  it('is refused with what helps', async () => {
    const request = { ...REQUEST_ES }
    await expect(createOutlineWriter().write(request, AbortSignal.timeout(5000))).rejects.toMatchObject({
      name: 'ProviderError',
      message: expect.stringContaining('OPENAI_API_KEY'),
    })
  })
})

const REQUEST_ES = {
  topic: 'El cielo',
  style: null,
  language: 'es',
  format: 'shorts' as const,
  targetDuration: 30,
  charactersPerSecond: 15,
}

describe('a blank', () => {
  it.each([
    ['It began here. [Your fact: where it began.]', ['[Your fact: where it began.]']],
    [
      '[ your  FACT : changed by hand ] and [Your number: 3]',
      ['[ your  FACT : changed by hand ]', '[Your number: 3]'],
    ],
    ['숫자로 볼게요. [채울 숫자: 모두가 놀랄 숫자.]', ['[채울 숫자: 모두가 놀랄 숫자.]']],
    ['It began in a garage.', []],
    ['He said [laughs] that [the fact] is [sic] true [1].', []],
    ['Your fact: no brackets.', []],
    ['[Your fact', []],
  ])('is told by how it begins: %s', (text, blanks) => {
    expect(blanksIn(text)).toEqual(blanks)
  })
})
