import { describe, expect, it } from 'vitest'
import { addressesIn, withDomains } from '../../../../src/core/model/text/addresses.ts'
import { isNoText } from '../../../../src/core/model/text/characters.ts'
import { cleaned, searchable } from '../../../../src/core/model/text/clean.ts'
import { withoutEmoji } from '../../../../src/core/model/text/emoji.ts'
import { referencesIn, withNames } from '../../../../src/core/model/text/references.ts'

describe('what a person pasted', () => {
  it.each([
    [
      '**bold** *italic* ***both*** __under__ _it_ ~~struck~~ ~no~ ||spoiler||',
      'bold italic both under it struck no spoiler',
    ],
    ['**단어**는 *강조*와 _밑줄_을 ~~취소~~한다', '단어는 강조와 밑줄을 취소한다'],
    [
      '# Title #\n-# small\n> quote\n>>> more\n- one\n  - two\n- [x] done\n• three',
      'Title\nsmall\nquote\nmore\none\ntwo\ndone\nthree',
    ],
    ['1. Mix\n2. Bake', 'Mix\nBake'],
    ['5. place\n2026. What a year!', '5. place\n2026. What a year!'],
    ['Run `npm` or ``a`b``:\n```js\nlet x = 1\n```\n---\nDone', 'Run npm or a`b:\n\nlet x = 1\n\nDone'],
    [
      '[the page](https://example.com/a_(b) "t") ![Bee](https://example.com/b.png) [no](quietly)',
      'the page Bee [no](quietly)',
    ],
    [
      '<https://example.com/x_y> <mailto:a@example.com|a@example.com> <https://example.com|our page>',
      'https://example.com/x_y a@example.com our page',
    ],
    [
      '<b>Bold</b> and<br/>new <span style="x">line</span> &amp; &#8364;5 &lt;6',
      'Bold and\nnew line & €5 <6',
    ],
    ['\\*stars\\* and C:\\Users', 'stars and C:\\Users'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a, b\n\n1, 2'],
    [':tada: Hi :+1::skin-tone-4: at 10:30:45, a:b:c', 'Hi at 10:30:45, a:b:c'],
    ['#coffee#winter#cold_brew is on, C# too', '#coffee #winter #cold_brew is on, C# too'],
    [
      '**https://example.com/_a_/*b*/c** and (https://example.com/c_(d))',
      'https://example.com/_a_/*b*/c and (https://example.com/c_(d))',
    ],
    ['Ask <@U012ABC> in <#C024BE7LR|>, <!subteam^S012AB> <!here>', 'Ask in'],
    ['Hi <@123456789012345678>, see <#123456789012345678>. (<:bee:123456789012345678>)', 'Hi, see.'],
    ['</draft create:123456789012345678> in <id:customize>', '/draft create in Channels & Roles'],
  ])('%j is taken as %j', (pasted, clean) => {
    expect(cleaned(pasted, 'typed')).toBe(clean)
  })

  it.each([
    'snake_case_words, 2*3*4, 2 * 3, 2**8, a_b_c and x_1 = y_2',
    '5 < 6 > 3, I <3 it, if x <b and y> z',
    '$5 * 3 = $15, ~5명 ~10명, 3~5명, AT&T, Q&A, C#, #1',
    '5* hotel, 4* hotel; *Terms apply',
    "rock `n' roll [sic] (the camera zooms in) Narrator: he said",
    'john_doe_1@example.com, works.It is, e.g. this',
    'Well... "so" – yes — no; ½ ㎢ 25℃ ①번 ㈜한국 … ™ ㅋㅋ x² ℓ µm 1º ﷺ',
    'เขาทำน้ำ ｶﾅ ﷽ 日本！',
  ])('%j stays as it is', (text) => {
    expect(cleaned(text, 'typed')).toBe(text)
  })

  it.each([
    ['𝗛𝗲𝗹𝗹𝗼 𝘄𝗼𝗿𝗹𝗱 𝘷𝘦𝘳𝘺 ℋ𝑒𝓁𝓁ℴ 𝟏𝟐', 'Hello world very Hello 12'],
    ['Ｈｅｌｌｏ　ｗｏｒｌｄ！ ￦５', 'Hello world! ₩5'],
    ['ⓗⓔⓛⓛⓞ 🅷🅴🅻🅻🅾 🄷🄸 🅗🅘 ⒣⒤ ⒜ 🅱️ee', 'hello HELLO HI HI hi (a) Bee'],
    ['🇭🇪🇱🇱🇴 🇰🇷🇺🇸', 'HELLO 🇰🇷🇺🇸'],
    ['The ﬁrst ﬂight, 1ˢᵗ, ᵗⁱⁿʸ, ʜᴇʟʟᴏ, Ⅳ, ſo', 'The first flight, 1st, tiny, hello, IV, so'],
    ['s̶t̶r̶u̶c̶k̶ H̷̡̢̛e', 'struck He'],
    ['cafe\u0301 한\u1100\u1161', 'café 한가'],
    [
      'extra\u00adordinary\u200b \ufeffone\r\ntwo\vthree\u2028four\u0007 \u001b[31mred\u001b[0m',
      'extraordinary one\ntwo\nthree\nfour red',
    ],
    ['great‼️ Rushes™️ ❤️', 'great!! Rushes™ ❤️'],
  ])('%j has plain characters: %j', (text, plain) => {
    expect(cleaned(text, 'typed')).toBe(plain)
  })

  it('keeps lists in a description', () => {
    expect(cleaned('In it:\n- **tea**\n1. milk\n# More', 'page')).toBe('In it:\n- tea\n1. milk\nMore')
  })

  it.each([
    ['en', 'We meet <t:1618953630:R>, <t:1618953630:t>.', 'We meet April 20, 2021, 9:20 PM UTC.'],
    ['ko', '<t:1618953630:D>에 만나요', '2021년 4월 20일에 만나요'],
    [undefined, '우리는 <t:1618953630:R>에 만나요', '우리는 2021년 4월 20일에 만나요'],
    [
      'en',
      'Since <!date^1618953630^{date}|spring> or <!date^1618953630^{date}>',
      'Since spring or April 20, 2021 at 9:20 PM UTC',
    ],
    ['en', 'At <t:9999999999999999:R> then', 'At then'],
  ])('says dates in words (%s)', (language, text, words) => {
    expect(cleaned(text, 'typed', language)).toBe(words)
  })

  it('may be no text at all', () => {
    expect(isNoText('\ufffdPNG\r\n\u001a\n\0\0\0\rIHDR')).toBe(true)
    expect(isNoText('Page one\fPage two\u0007 \u001b[1mbold\u001b[0m\vend')).toBe(false)
  })
})

describe('a message', () => {
  it('of Discord pings nobody, and names whom it can', () => {
    const text =
      '@everyone <@!123456789012345678> and <@&223456789012345678> in <#323456789012345678> <@423456789012345678>'
    expect(referencesIn(text).map(({ kind }) => kind)).toEqual(['person', 'group', 'channel', 'person'])
    const names: Record<string, string> = { '1': 'Ben_', '2': 'Bees', '3': 'hive' }
    const named = withNames(text, ({ id }) => names[id.charAt(0)])
    expect(cleaned(named, 'discord')).toBe('@Ben_ and @Bees in #hive')
  })

  it('of Slack has emoji by their names, also behind words', () => {
    expect(cleaned('Done:tada: *b* <@U012ABC|ann> at 10:30:00 note:a:b', 'slack')).toBe(
      'Done b @ann at 10:30:00 note:a:b',
    )
  })
})

describe('the text of a model', () => {
  it.each([
    [
      '**Narrator:** Bees dance. [upbeat music] (camera zooms in) <speak>They <break time="1s"/> fly</speak> 🐝',
      'Bees dance. They fly',
    ],
    ['(0:00-0:05) Scene 1: Hello. (Upbeat music plays in the background)', 'Hello.'],
    ['*sighs* It is *very* good. (pause) [laughs] (cut to the hive)', 'It is very good.'],
    ['내레이터: 꿀벌은 춤을 춥니다. (잔잔한 배경음악) [효과음] (카메라 줌인)', '꿀벌은 춤을 춥니다.'],
    [
      'Honey (about 3 kg) never spoils (the camera was invented in 1816).',
      'Honey (about 3 kg) never spoils (the camera was invented in 1816).',
    ],
    [
      'We (the team) won (in 1969), and music (from India) helped.',
      'We (the team) won (in 1969), and music (from India) helped.',
    ],
    ['extra\u00adordinary zero\u200bwidth', 'extraordinary zerowidth'],
  ])('%j is %j', (written, said) => {
    expect(cleaned(written, 'model')).toBe(said)
  })
})

it('leaves the signs in the tags of a file alone', () => {
  expect(cleaned('A*Teens – *NSYNC_ <b> [Live] #1\u0000 ﬁ', 'tag')).toBe('A*Teens – *NSYNC_ <b> [Live] #1 fi')
})

describe('addresses', () => {
  it.each([
    ['Read https://www.example.com/a?b=c, and', 'https://www.example.com/a?b=c', 'example.com'],
    ['(see example.com:8080/a_(b)).', 'example.com:8080/a_(b)', 'example.com'],
    ['https://xn--mnchen-3ya.de/x', 'https://xn--mnchen-3ya.de/x', 'münchen.de'],
    ['https://한국.한국/길에서 봐요', 'https://한국.한국/길에서', '한국.한국'],
    ['https://example.com/path에서 봐요', 'https://example.com/path', 'example.com'],
    ['“https://user:pw@host.example.com:81/x”', 'https://user:pw@host.example.com:81/x', 'host.example.com'],
    ['http://192.168.0.1/x localhost', 'http://192.168.0.1/x', '192.168.0.1'],
    ['www.example.co.kr。', 'www.example.co.kr', 'example.co.kr'],
    ['*https://example.com/*', 'https://example.com/', 'example.com'],
    ['a https://[::1]:80/x b', 'https://[::1]:80/x', '[::1]'],
  ])('%j holds %j', (text, address, domain) => {
    const [found] = addressesIn(text)
    expect(found).toMatchObject({ address, domain })
    expect(text.slice(found?.start, found?.end)).toBe(address)
  })

  it('are no e-mail addresses, file names or sentences without a blank', () => {
    expect(
      addressesIn('a.b@example.com mailto:a@example.com Node.js e.g. v1.2.3 works.It is example.com'),
    ).toEqual([])
    expect(withDomains('at https://www.example.com/x and a@example.com.')).toBe(
      'at example.com and a@example.com.',
    )
  })
})

it('searches for words only', () => {
  expect(searchable('#Bees 🐝 at https://example.com/x dance ❤️!')).toBe('Bees at dance!')
  expect(searchable('https://www.example.com/x')).toBe('example.com')
  expect(withoutEmoji('Hi 👩‍🚀👍🏽, 🇰🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ♥ ★ © ™ (🍯)')).toBe('Hi, ♥ ★ © ™')
})
