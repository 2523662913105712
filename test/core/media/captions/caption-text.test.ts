import { describe, expect, it } from 'vitest'
import {
  displayText,
  escapeAss,
  piecesOf,
  unshownIn,
} from '../../../../src/core/media/captions/caption-text.ts'
import { captionFont } from '../../../../src/core/media/captions/fonts.ts'

const font = captionFont('SemiBold')
const shown = (text: string) => piecesOf(text, font).map((piece) => piece.text)

describe('displayText', () => {
  it.each([
    ['Hello', 'Hello'],
    ['cafe\u0301', 'café'],
    ['\u1112\u1161\u11ab\u1100\u1173\u11af', '한글'],
    ['a😀b', 'ab'],
    ['👨‍👩‍👧', ''],
    ['👍🏽🇰🇷🏴󠁧󠁢󠁥󠁮󠁧󠁿', ''],
    ['❤️', ''],
    ['1️⃣', ''],
    ['©™½ ㎢', '©™½ ㎢'],
    ['שלום', ''],
    ['漢字', ''],
    ['a\u200bb\u00adc\u202e', 'abc'],
    ['\u0000\u0007x', 'x'],
    ['\ud800', ''],
    ['100%"\'\\', '100%"\'\\'],
    ['ﬁne ﬀ', 'fine ff'],
    ['𝐁𝐨𝐥𝐝', 'Bold'],
    ['ﷺ', ''],
  ])('draws %j as %j', (text, drawn) => {
    expect(displayText(text, font)).toBe(drawn)
  })

  it.each([
    ['en', 'title ß ﬁ 𝐛', 'TITLE SS FI B'],
    ['tr', 'iyi ışık', 'İYİ IŞIK'],
    ['el', 'Άνθρωποι', 'ΑΝΘΡΩΠΟΙ'],
  ])('puts a text in capitals as its language does: %s', (language, text, drawn) => {
    expect(displayText(text, font, language)).toBe(drawn)
  })
})

describe('piecesOf', () => {
  it('takes every line break as white space', () => {
    expect(shown('one\r\ntwo\n\nthree\u2028four\tfive')).toEqual(['one', 'two', 'three', 'four', 'five'])
  })

  it('keeps a Korean word whole, and breaks a script without spaces at its words', () => {
    expect(shown('커피는 염소가')).toEqual(['커피는', '염소가'])
    const pieces = piecesOf('こんにちは、せかい。', font)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.map((piece) => piece.text).join('')).toBe('こんにちは、せかい。')
    expect(pieces.every((piece) => !piece.spaceBefore)).toBe(true)
    expect(pieces.every((piece) => !/^[、。]/.test(piece.text))).toBe(true)
  })

  it('gives the offsets of the original text', () => {
    const text = ' a  bc\u200b d'
    expect(piecesOf(text, font).map(({ start, end }) => text.slice(start, end))).toEqual([
      'a',
      'bc\u200b',
      'd',
    ])
  })

  it('leaves out what cannot be seen', () => {
    expect(shown('a \u200b \ufe0f b')).toEqual(['a', 'b'])
    expect(shown(' \n ')).toEqual([])
  })
})

describe('unshownIn', () => {
  it.each([
    ['Bees 🐝 dance ❤️ 🇰🇷 ✓', []],
    ['The word 木漏れ日 has no twin.', ['木漏れ日']],
    ['שלום and 漢字, 漢字', ['漢字', 'שלום']],
    ['𝗛𝗲𝗹𝗹𝗼 ﬁrst\n½ ㎢ ㅋㅋ ①', []],
  ])('names what of %j cannot be shown', (text, unshown) => {
    expect(unshownIn(text, font)).toEqual(unshown)
  })
})

describe('escapeAss', () => {
  it('leaves nothing that libass would read as a command', () => {
    const escaped = escapeAss('{\\b1}x\\N\\n\\h{}\\')
    // A brace always follows a backslash, and a backslash of the text always precedes a word joiner.
    expect(escaped).toBe('\\{\\\u2060b1\\}x\\\u2060N\\\u2060n\\\u2060h\\{\\}\\\u2060')
  })
})
