import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { piecesOf, unshownIn } from '../../../../src/core/media/captions/caption-text.ts'
import { captionFont } from '../../../../src/core/media/captions/fonts.ts'
import { withDomains } from '../../../../src/core/model/text/addresses.ts'
import { cleaned, searchable, type TextSource } from '../../../../src/core/model/text/clean.ts'
import { withoutEmoji } from '../../../../src/core/model/text/emoji.ts'

const SOURCES: TextSource[] = ['typed', 'page', 'discord', 'slack', 'model']

/** Pieces of the kinds that people paste and services send. */
const PIECES = [
  ...[
    'plain words',
    'snake_case_words',
    '2*3*4',
    '5 < 6',
    '$5.20',
    '10:30:45',
    'AT&T',
    'C#',
    '꿀벌은 춤을 춘다.',
    '3~5명',
  ],
  ...['<@234567890123456789>', '<@!234567890123456789>', '<@&234567890123456789>', '<#1234567890123456789>'],
  ...['<:dancer:879080584675213393>', '<a:party:879080584675213393>', '<t:1618953630:R>', '<t:1618953630>'],
  ...[
    '</draft create:123456789012345678>',
    '<id:customize>',
    '<sound:0:123456789012345678>',
    '||a spoiler||',
  ],
  ...[
    '**bold**',
    '*italic*',
    '***both***',
    '__under__',
    '_italic_',
    '~~struck~~',
    '~struck~',
    '`code`',
    '``code``',
  ],
  ...[
    '```js\nlet x = 1\n```',
    '> quote',
    '>>> long quote',
    '# Heading',
    '-# small',
    '- item',
    '* item',
    '1. first\n2. second',
  ],
  ...[
    '[words](https://example.com/a_(b))',
    '![picture](https://example.com/a.png)',
    '<https://example.com/x_y_z>',
    '\\*not\\*',
  ],
  ...[
    '<@U012ABC>',
    '<@U012ABC|ann>',
    '<#C024BE7LR|general>',
    '<#C024BE7LR|>',
    '<!subteam^S012AB|@team>',
    '<!subteam^S012AB>',
  ],
  ...[
    '<!here>',
    '<!date^1392734382^{date_num}|in spring>',
    '<https://example.com/p|the page>',
    '<mailto:a.b@example.com|a.b@example.com>',
  ],
  ...[
    '&amp;',
    '&lt;b&gt;',
    ':tada:',
    ':+1::skin-tone-4:',
    '*b*',
    '_i_',
    '~s~',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '---',
  ],
  ...[
    '<speak>said <break time="1s"/></speak>',
    '<b>bold</b>',
    '<br>',
    '[upbeat music]',
    '(camera zooms in)',
    'Narrator: hello',
  ],
  ...['🐝🐝', '❤️', '👍🏽', '👩‍🚀', '🇰🇷', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '👨‍👩‍👧', '🫩', '❤', '™️', '‼️'],
  ...['𝗛𝗲𝗹𝗹𝗼', 'Ｈｅｌｌｏ！', 'ⓗⓔⓛⓛⓞ', 'ﬁrst', '🅷🅴🅻🅻🅾', '🇭🇪🇱🇱🇴', 'ʜᴇʟʟᴏ', 's̶t̶r̶u̶c̶k̶', 'H̷̡̢̛e', '⒣⒤', '1ˢᵗ', 'ﷺ'],
  ...['½', '㎢', '25℃', '①번', '㈜한국', '…', 'ㅋㅋ', '木漏れ日', 'שלום', 'ｶﾅ', '￦12,500'],
  ...[
    'extra\u00adordinary',
    'zero\u200bwidth',
    '\ufeff',
    '\u202eright\u202c',
    '\u0000\u0007',
    '\u001b[31mred\u001b[0m',
    'a\r\nb\vc\u2028d',
  ],
  ...[
    'https://www.example.com/a/very/long/path?x=1&y=_2_',
    'example.com:8080/path',
    'https://한국.한국/길',
    'a_b@example.com',
  ],
  ...[
    '#a#b#c',
    '#tag',
    'works.It is',
    'https://example.com/경로에서',
    '\ud800',
    '\ue000',
    '\ufffd',
    '\ufffc',
    '\\',
    '**',
    '||',
    '<',
    '`',
    '*',
    '[',
    '](',
    '&#42;',
  ],
]

const mix = (separators: string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...separators)), {
      minLength: 1,
      maxLength: 9,
    })
    .map((parts) => parts.flat().join(''))
const source = fc.constantFrom(...SOURCES)
const font = captionFont('SemiBold')
// biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left.
const NO_TEXT = /[\u0000-\u0009\u000b-\u001f\u00ad\u200b\ue000\ufffc\ufffd]|\r/u
const IDS = /\d{12}|U012ABC|C024BE7LR|S012AB|879080584675213393/

it('cleans 10,000 mixes of all kinds, also glued together, and cleaning once more changes nothing', () => {
  fc.assert(
    fc.property(mix(['', ' ', '\n', ', ', '\n\n']), source, (text, from) => {
      const once = cleaned(text, from)
      const shown = piecesOf(once, font).flatMap((piece) => [...piece.text])
      const bare = withoutEmoji(once)
      withDomains(once)
      const found = {
        again: cleaned(once, from),
        composed: once.normalize('NFC'),
        id: IDS.exec(once)?.[0],
        noText: NO_TEXT.exec(once)?.[0],
        undrawn: shown.filter((character) => !font.has(character.codePointAt(0) ?? 0)),
        foreign: unshownIn(once, font).filter((unshown) => !once.includes(unshown)),
        withoutEmoji: withoutEmoji(bare),
        unsearchable: /\p{Emoji_Presentation}|:\/\//u.exec(searchable(once))?.[0],
      }
      const wanted: typeof found = {
        ...{ again: once, composed: once, withoutEmoji: bare },
        ...{ id: undefined, noText: undefined, undrawn: [], foreign: [], unsearchable: undefined },
      }
      // expect() takes longer than comparing, and there are many runs.
      if (!isDeepStrictEqual(found, wanted)) expect(found).toEqual(wanted)
    }),
    { numRuns: 10_000 },
  )
})

it('leaves no markup where the pieces stand apart, as people write them', () => {
  const apart = PIECES.filter((piece) => !/^(\\|\*\*|\|\||<|`|\*|\[|\]\(|&#42;)$/.test(piece))
  const separated = fc.array(fc.constantFrom(...apart), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(separated, source, (pieces, from) => {
      const clean = cleaned(pieces.join('\n'), from)
      expect(clean).not.toMatch(/\*\*|\|\||~~|`|\]\(|<[@#!:/a-z]|:tada:|skin-tone|&\w+;|^[>#] |^-#/m)
      if (from === 'model') expect(clean).not.toMatch(/upbeat|camera|Narrator/)
      else expect(clean.includes('upbeat')).toBe(pieces.includes('[upbeat music]'))
      for (const kept of [
        'snake_case_words',
        '2*3*4',
        '5 < 6',
        '$5.20',
        '10:30:45',
        'AT&T',
        'C#',
        '½',
        '㎢',
        'ㅋㅋ',
      ])
        expect(clean.includes(kept)).toBe(pieces.includes(kept))
    }),
    { numRuns: 2000 },
  )
})
