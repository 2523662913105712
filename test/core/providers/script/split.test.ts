import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/model/limits.ts'
import { splitScript, splitSentences } from '../../../../src/core/providers/script/split.ts'

const english = (text: string) => splitScript(text, { language: 'en', charactersPerSecond: 14.6 })
const korean = (text: string) => splitScript(text, { language: 'ko', charactersPerSecond: 7 })
const words = (text: string) => text.split(/\s+/).filter((word) => word !== '')

describe('a sentence does not end', () => {
  it.each([
    'It costs $1,234.50 and weighs 3.14 kg in version v2.0.1 of 10:30.',
    'Dr. Smith met Mr. Jones, Mrs. Brown and Prof. Lee on St. James St. near the U.S. embassy.',
    'Use a tool, e.g. Word or i.e. Excel, for approx. 1,000 pages vs. Ten.',
    'Apple Inc. Chairman J. K. Rowling of the U.K. Ministry came at 9 a.m. Monday with Ph.D. Students.',
    'Read No. 5, Fig. 3 and Vol. 2 of it.',
    '“He said. Then left.” was all of it.',
    'He shouted "Stop! Do not move!" at them.',
    'They say ‘Yes. No. Maybe.’ to everything.',
    "They say 'Yes. No. Maybe.' to everything, don't they?",
    'See https://example.com/a.b?c=1. or mail first.last@example.co.uk. for more.',
    'That (It is true. Really.) is a fact.',
    '그는 “왔다. 봤다. 이겼다.”라고 말했습니다.',
    '그는 「왔다. 봤다.」 하고 『이겼다. 끝.』 하고 말했습니다.',
    '버전은 v2.0.1이고 값은 3.14달러입니다.',
    'Il a dit : « Oui. Non. » et il est parti.',
    '1. The first thing to do is this.',
  ])('inside %s', (text) => {
    expect(splitSentences(text, 'en')).toEqual([text])
    // With a slow voice each sentence is long; what must stay in one piece still does.
    const quotes = text.match(/“[^”]*”|"[^"]*"|‘[^’]*’|«[^»]*»|「[^」]*」|https:\S+|\S+@\S+|[\d.,]+\d/g) ?? []
    const segments = splitScript(text, { language: 'en', charactersPerSecond: 4 })
    for (const quote of quotes) expect(segments.some((segment) => segment.includes(quote))).toBe(true)
  })
})

it.each([
  ['en', 'We open at 9 a.m. The doors close at 5 p.m. Then we go.', 3],
  ['en', 'He lives in the U.S. She lives in the U.K. They write letters etc. But why?', 4],
  ['en', 'He said “no.” Then he left. “Why?” she asked. “Because!”', 4],
  ['en', 'Wait... what? Yes! It works.', 3],
  ['ko', '오늘은 월요일입니다. 내일은요? 화요일이에요!', 3],
  ['ja', '吾輩は猫である。名前はまだ無い。彼は「そうだ。帰ろう。」と言った。', 3],
  ['es', '¿Qué es? ¡Es café! Me gusta.', 3],
  ['en', 'The dogs’ food is here. It’s the ’90s. Rock ’n’ roll.', 3],
])('tells sentences apart (%s): %s', (language, text, count) => {
  expect(splitSentences(text, language)).toHaveLength(count)
})

describe.each([
  ['a date', 'ko', '왕의 기록에는 서기 2024. 11. 25. 아침이라고 적혀 있습니다.'],
  ['a short date', 'ko', '약속은 5. 6. 오전 10시로 정했습니다.'],
  ['an ordinal', 'de', 'Am 3. Oktober und im 19. Jahrhundert, nach dem 2. Weltkrieg.'],
  ['a number of a king', 'de', 'Friedrich II. König von Preußen.'],
  ['an ordinal', 'tr', 'O gün 2. Dünya Savaşı bitti.'],
  ['the number of a list item', 'en', 'Do as in here: 1. Wash your hands.'],
  [
    'a rank',
    'en',
    'Det. Brown, Insp. Lee, Drs. Kim of Messrs. Smith, Pvt. Ryan, Supt. Jones and Amb. Rice came.',
  ],
  [
    'an office',
    'en',
    'Atty. Gen. Bill and Sens. Warren of Calif. Assoc. Prof. Kim and Wm. Shakespeare feat. Drake.',
  ],
  ['a degree or a volume', 'en', 'A Ph. D. Student read Vol. III Chapter 2.'],
  ['an abbreviation', 'es', 'Los EE. UU. Mexicanos, la Av. Reforma, el Ing. Pérez y la Lic. Gómez.'],
  ['an abbreviation', 'it', 'Il Sig. Rossi e il Dott. Bianchi.'],
  ['an abbreviation', 'nl', 'Dhr. Jansen en Mevr. Bakker.'],
  ['an address', 'de', 'Wir wohnen in der Hauptstr. 12 und im Haus Nr. 5 nebenan.'],
  ['an address', 'pl', 'Mieszkam na ul. Długa 5 w Krakowie.'],
  ['a city', 'vi', 'TP. Hồ Chí Minh rất đông.'],
  ['words that tell who spoke', 'cs', '„Kam jdeš?“ zeptal se.'],
  ['a name with a mark', 'en', 'Yahoo! is a company, and Yahoo! Inc. was sold.'],
  ['a spelled web address', 'ko', '네이버.com은 회사입니다.'],
])('nor does one end inside %s', (_name, language, text) => {
  it(`(${language}) ${text}`, () => {
    expect(splitSentences(text, language)).toEqual([text])
  })
})

it.each([
  ['ko', '커피는 음료입니다.|그 뒤로 유명해졌어요.|정말요?|네!', ''],
  ['en', 'He left.|Then she came.|The end.', ''],
  ['ko', '네.|Apple은 회사예요.|맑은 날이에요.|5. 6. 오전 10시에 만나요.|값은 3.5.|그래요.', ' '],
  ['ko', '음료입니다.|iPhone도 있어요.|정말요?|iPhone이에요.', ' '],
  ['en', 'tea is a leaf.|it grows in china, e.g. in june.|why?|wait... because.', ' '],
  ['en', 'The war ended.|3 days later he saw the sun.|Birds sang one more rep.|See No. 5 of it.', ' '],
  ['de', 'Er wurde 12.|Dann ging er.', ' '],
  ['fr', 'Elle répond : « Bien, merci. »|Il est tard.', ' '],
  ['en', "The '90s were great.|Rock 'n' roll lives.|She said 'hello' and left.", ' '],
  ['en', 'The ratio is 16:9.|Version 2 is out.|See No. 3.|Then go on.', ' '],
  ['en', 'In here: 1. Wash your hands.|2. Dry them.', ' '],
])('tells sentences apart that are not written by the rules (%s): %s', (language, marked, between) => {
  const sentences = marked.split('|')
  expect(splitSentences(sentences.join(between), language)).toEqual(sentences)
})

it('a sentence is not divided behind an abbreviation or inside a number either', () => {
  const names =
    'Det. Amanda Insp. Bertram Dr. Caroline Prof. Desmond 10 000 Sgt. Ferdinand No. Am 3. Oktober '.repeat(6)
  for (const segment of splitScript(names, { language: 'de', charactersPerSecond: 6 }))
    expect(segment).not.toMatch(/(\b(Det|Insp|Dr|Prof|Sgt|3)\.|10)$/)
})

describe('segments', () => {
  const sentence = 'The quick brown fox jumps over the lazy dog near the old river bank.'

  it('are one sentence each when that is long enough to listen to', () => {
    expect(english(`${sentence} ${sentence}`)).toEqual([sentence, sentence])
  })

  it('join very short sentences with a neighbour', () => {
    expect(english(`Yes. ${sentence} ${sentence} No.`)).toEqual([`Yes. ${sentence}`, `${sentence} No.`])
    expect(korean('네. 맞아요. 커피는 에티오피아에서 시작되었습니다.')).toHaveLength(1)
  })

  it('divide a very long sentence between its clauses', () => {
    const long = `${sentence.slice(0, -1)}, and then the fox, which was tired, went home; but the dog slept on, because it was still early and the sun was not up yet.`
    const segments = english(long)
    expect(segments.length).toBeGreaterThan(1)
    for (const segment of segments.slice(0, -1)) expect(segment).toMatch(/[,;]$/)
    expect(
      korean(
        '아주 옛날에 사람들은 커피 열매를 씹어 먹기도 했고 나중에는 볶아서 물에 끓여 마시기 시작했는데 그 맛이 너무 좋아서 온 세상으로 퍼져 나갔습니다',
      )[0],
    ).toMatch(/했고$|했는데$/)
  })

  it('divide at spaces as a last resort, never inside a word', () => {
    const text = Array.from({ length: 90 }, (_, i) => `word${i}`).join(' ')
    const segments = english(text)
    expect(segments.join(' ')).toBe(text)
    for (const segment of segments) expect(segment.length / 14.6).toBeLessThan(9)
  })

  it('never join paragraphs, and stay within list items and headings', () => {
    expect(english('One.\n\nTwo.\r\n\r\nThree.')).toEqual(['One.', 'Two.', 'Three.'])
    expect(english('# Title\nFirst words here.')).toEqual(['# Title', 'First words here.'])
    expect(splitSentences('List:\n- one\n- two\n1. three\n2. four', 'en')).toHaveLength(5)
  })

  it('take a wrapped line for a space', () => {
    const wrapped =
      'This line was wrapped by an editor at about seventy characters or so\nand it goes on here.'
    expect(english(wrapped).join(' ')).toBe(wrapped.replace('\n', ' '))
    expect(splitSentences(wrapped, 'en')).toHaveLength(1)
  })

  it('always have a word to speak', () => {
    expect(english('😀\n\nHello there.\n\n---\n\nGoodbye.\n\n***')).toEqual([
      '😀 Hello there. ---',
      'Goodbye. ***',
    ])
  })
})

describe('whatever the script', () => {
  const pieces = [
    'Hello there.',
    'Dr. No',
    '“Quote. Two”',
    '"',
    "'",
    '’',
    '(',
    ')',
    '。',
    '안녕하세요.',
    '“네. 좋아요.”라고',
    '😀',
    '👩‍👩‍👧',
    '\n',
    '\r\n',
    '\n\n',
    '\t',
    ' ',
    '- item',
    '# Head',
    '3.14',
    '1,000',
    'https://a.b/c.d',
    'x'.repeat(150),
    '吾輩は猫である。',
    'ni\u0301ce',
    '---',
    ',',
    ';',
    'and',
    '했는데',
    '\u00a0',
    '\u3000',
    '「',
    '」',
    '…',
    '!?',
    'مرحبا',
    'สวัสดีครับ',
    '\ud83d',
  ]
  // A small local random generator, so that a failure can be reproduced.
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor((seed / 2147483648) * below)
  }
  const scripts = Array.from({ length: 300 }, () =>
    Array.from(
      { length: 1 + random(60) },
      () => `${pieces[random(pieces.length)]}${random(3) > 0 ? ' ' : ''}`,
    ).join(''),
  )

  it('no character is lost or moved, none is too long, and no word is cut', () => {
    for (const script of scripts) {
      for (const [language, pace] of [
        ['en', 14],
        ['ko', 7],
        ['ja', 2],
      ] as const) {
        const segments = splitScript(script, { language, charactersPerSecond: pace })
        expect(segments.join('').replace(/\s/g, '')).toBe(script.replace(/\s/g, ''))
        expect(Math.max(0, ...segments.map((segment) => segment.length))).toBeLessThanOrEqual(
          LIMITS.narration,
        )
        expect(segments.every((segment) => segment !== '' && segment === segment.trim())).toBe(true)
        if (!/[\u0e00-\u9fff]/.test(script)) expect(words(segments.join(' '))).toEqual(words(script))
      }
    }
  })

  it.each([
    ['nothing', '', 0],
    ['white space', ' \r\n\t ', 0],
    ['one word of 20,000 letters', 'x'.repeat(20_000), 10],
    ['only opening quotes', '“('.repeat(10_000), 10],
  ])('%s is divided', (_name, script, count) => {
    expect(english(script)).toHaveLength(count)
  })

  it('5,000 characters are divided into segments of 3 to 8 seconds', () => {
    const script =
      'The fox runs fast, and the dog sleeps. Why? Because it is late! “Come home. Now.” '.repeat(61)
    const segments = english(script)
    expect(segments.join(' ')).toBe(script.trim())
    for (const { length } of segments) expect(length / 14.6).toBeLessThanOrEqual(8)
  })
})

describe('a script of as many characters as are allowed', () => {
  const of = (text: string) => text.repeat(Math.floor(LIMITS.script / text.length)).trim()

  it.each([
    [
      'English sentences',
      'en',
      14.6,
      of('The fox runs fast over the hill, and the dog sleeps. Why? It is late! '),
    ],
    [
      'Korean sentences',
      'ko',
      7,
      of('커피는 에티오피아에서 시작되었습니다. 그 뒤로 온 세상이 마시게 되었어요. '),
    ],
    [
      'long quotes',
      'en',
      14.6,
      of('He said: “I was there. I saw it with my own eyes. You must believe me.” '),
    ],
    ['paragraphs of a line', 'en', 14.6, of('The fox runs fast, and the dog sleeps.\n\n')],
    ['paragraphs of a letter', 'en', 14.6, of('a\n\n')],
    ['sentences of a letter', 'en', 14.6, of('a. ')],
    ['sentences of a very slow voice', 'en', 2, of('It is late. The dog sleeps. ')],
    ['one sentence', 'en', 14.6, of('and the fox runs on ')],
  ])('fits into a draft: %s', (_name, language, charactersPerSecond, script) => {
    const segments = splitScript(script, { language, charactersPerSecond })
    expect(segments.length).toBeLessThanOrEqual(LIMITS.segments)
    expect(segments.length).toBeGreaterThan(LIMITS.segments / 3)
    expect(segments.join(' ')).toBe(script.replace(/\s+/g, ' '))
    // No segment is far longer than the others.
    const average = segments.join('').length / segments.length
    for (const { length } of segments) expect(length).toBeLessThan(average * 2.5)
  })
})

it.each([
  [
    'an opening',
    'ko',
    '선생님은 “오늘 수업이 끝나면 각자 집에 가서 부모님께 어릴 때 이야기를 꼭 한번 물어보세요. 그리고 내일 와서 우리 모두에게 그 이야기를 들려주세요.”라고',
  ],
  [
    'an end',
    'en',
    '“I have seen the ocean at night, and I have seen it in the morning. It is never the same. You have to go there on your own, and you have to stay a while, until it is calm.” she said.',
  ],
])('a long quote leaves no fragment: %s (%s)', (_name, language, text) => {
  const pace = language === 'ko' ? 7 : 14.6
  const quote = text.slice(text.indexOf('“'), text.indexOf('”') + 1)
  expect(text.length / pace).toBeGreaterThan(12)
  expect(quote.length / pace).toBeLessThan(12)
  expect(splitScript(text, { language, charactersPerSecond: pace })).toEqual([text])
})

it('a quote is divided, between its sentences, when it alone is far too long', () => {
  const quote = `“${'This sentence of the long speech lasts for about four seconds. '.repeat(8).trim()}”`
  const segments = english(`Then she said: ${quote} And so it was, for all of us.`)
  expect(segments.length).toBeGreaterThan(4)
  for (const segment of segments) expect(segment).toMatch(/[.”]$/)
})
