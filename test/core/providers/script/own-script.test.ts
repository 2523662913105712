import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/model/limits.ts'
import {
  keywordFor,
  searchQueryFor,
  withoutParticle,
} from '../../../../src/core/providers/script/keywords.ts'
import { planOwnScript } from '../../../../src/core/providers/script/own-script.ts'

const plan = (script: string, language = 'en', topic: string | null = null) =>
  planOwnScript({ script, topic, language, charactersPerSecond: language === 'ko' ? 7 : 14.6 })

describe('a plan from the user’s own script', () => {
  it('keeps every word, and takes its title from the topic or the first sentence', async () => {
    const script =
      '# How coffee works\n\nCaffeine blocks adenosine in your brain. Cold brew takes twelve hours to make.'
    const made = await plan(script)
    expect(made).toMatchObject({ provider: 'script', title: 'How coffee works', isOutline: false, usage: [] })
    expect(made.segments.map(({ text }) => text).join(' ')).toBe(script.replace(/\s+/g, ' '))
    expect(made.description).toMatch(/^Caffeine blocks/)
    expect(await plan(script, 'en', 'Morning habits')).toMatchObject({
      title: 'Morning habits',
      topic: 'Morning habits',
    })
    expect(
      await planOwnScript({ script, topic: 'x', title: 'Mine', language: 'en', charactersPerSecond: 14 }),
    ).toMatchObject({ title: 'Mine' })
  })

  it('shows the domains of addresses, keeps them whole in the description, and searches for none of them', async () => {
    const address = `https://www.example.com/${'very/long/path/'.repeat(25)}`
    const made = await plan(
      `${address} says bees dance 🐝🐝.\n\nHoney 🍯 never spoils, see example.org/honey. #bees #honey`,
    )
    expect(made.title).toBe('example.com says bees dance 🐝🐝.')
    expect(made.description).toContain(`Honey 🍯 never spoils, see example.org/honey.`)
    expect(made.description.split('\n')).toContain(address)
    expect(made.segments.map(({ text }) => text).join(' ')).toContain(address)
    const found = [
      ...made.tags,
      ...made.segments.flatMap(({ keyword, searchQuery }) => [keyword, searchQuery]),
    ]
    expect(found.join(' ')).not.toMatch(/[🐝🍯#]|example|path/u)
    expect(found.join(' ')).toMatch(/bees dance/)
  })

  it('stays within all limits, whatever the script', async () => {
    const scripts = [
      'word '.repeat(3000),
      'x'.repeat(9000),
      '한글'.repeat(3000),
      '😀 😀',
      '커피를 마셔요. '.repeat(400),
      '! '.repeat(200),
    ]
    for (const script of scripts) {
      for (const language of ['en', 'ko', 'ja']) {
        const made = await plan(script, language)
        expect(made.title.length).toBeLessThanOrEqual(LIMITS.title)
        expect(made.topic.length).toBeLessThanOrEqual(LIMITS.topic)
        expect(made.description.length).toBeLessThanOrEqual(LIMITS.description)
        expect(made.tags.length).toBeLessThanOrEqual(LIMITS.tags)
        for (const tag of made.tags) expect(tag.length).toBeLessThanOrEqual(LIMITS.tag)
        for (const segment of made.segments) {
          expect(segment.keyword.length).toBeLessThanOrEqual(40)
          expect(segment.searchQuery.length).toBeLessThanOrEqual(100)
        }
      }
    }
    expect((await plan('word '.repeat(3000))).title).toMatch(/…$/)
  })
})

it.each([
  ['en', 'Cold brew coffee takes twelve hours.', 'Cold brew coffee', 'Cold brew coffee'],
  ['en', 'It was then that Marie Curie came.', 'Marie Curie', 'Marie Curie'],
  ['ko', '매일 아침 사람들이 커피를 마십니다.', '커피', 'people coffee'],
  ['ko', '고양이가 지하철에서 자고 있어요.', '고양이', 'cat subway'],
  ['ja', 'コーヒーはエチオピアから来ました。', 'エチオピア', 'エチオピア'],
])('finds keywords and what to search for (%s: %s)', (language, text, keyword, query) => {
  expect(keywordFor(text, language)).toContain(keyword)
  expect(searchQueryFor(text, language)).toContain(query)
})

it('finds something to show in a text of nothing but small words', async () => {
  expect(keywordFor('It is what it is.', 'en')).toBe('It is what it is')
})

it.each([
  ['고양이가', '고양이'],
  ['고양이', '고양이'],
  ['사과', '사과'],
  ['서울에서', '서울'],
  ['학생들에게', '학생들'],
  ['뇌에서', '뇌'],
  ['컴퓨터로', '컴퓨터'],
  ['나이', '나이'],
])('takes the particle off %s: %s', (word, noun) => {
  expect(withoutParticle(word)).toBe(noun)
})

/** Hashtags are nouns in their spoken form: no verbs, and no stems of verbs. */
it.each([
  [
    'en',
    'Nobody sells bees. A beekeeper sells honey, and honey sells well in summer.',
    ['honey', 'beekeeper', 'summer', 'bees'],
  ],
  ['en', 'This lamp sells out every winter and makes people smile.', ['winter', 'people', 'lamp']],
  ['ko', '잘 팔리는 제목에는 비밀이 있습니다. 팔리는 책은 숫자를 씁니다.', ['제목', '책', '비밀', '숫자']],
  ['ko', '젤리는 왜 말랑할까? 빨리 녹는 젤리를 만들었고 재미있는 결과를 얻었습니다.', ['젤리', '결과']],
  ['ko', '팀이 더 빨리 움직이는 법', []],
  ['fr', 'L’abeille danse. La ruche vend du miel.', ['abeille', 'ruche', 'miel']],
  ['de', 'Der Imker verkauft Honig, und der Honig verkauft sich gut.', ['Honig', 'Imker']],
  ['es', 'El apicultor vende la miel.', ['apicultor', 'miel']],
  ['ru', 'Мёд продаётся на рынке.', ['рынке']],
])('has nouns as tags (%s: %s)', async (language, script, tags) => {
  expect((await plan(script, language)).tags.toSorted()).toEqual(tags.toSorted())
})
