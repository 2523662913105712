import { describe, expect, test } from 'vitest'
import { escapeAddress, escapeInside, escapeMarkdown } from '../../../../src/bot/surfaces/discord/escape.ts'

/** The markup that Discord's own clients parse, in their order; everything else is text. */
const INLINE: RegExp[] = [
  /^<(https?:\/\/[^ >]+)>/,
  /^<(?:@[!&]?|#)\d+>/,
  /^<a?:\w+:\d+>/,
  /^<t:-?\d+(?::[tTdDfFR])?>/,
  /^<\/[\w -]+:\d+>/,
  /^<id:\w+>/,
  /^:[\w+-]+:/,
  /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?\s*\)/,
  /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/,
  /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/,
  /^\b_((?:__|\\[\s\S]|[^\\_])+?)_\b|^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/,
  /^~~([\s\S]+?)~~(?!_)/,
  /^\|\|([\s\S]+?)\|\|/,
  /^(`+)([\s\S]*?[^`])\1(?!`)/,
]
const AT_LINE_START: RegExp[] = [/^ *#{1,3}\s/, /^ *-#/, /^ *>/, /^[ \t]*[*+-]\s/, /^[ \t]*\d+[.)]\s/]
const ADDRESS = /^((?:https?|steam):\/\/[^\s<]+[^<.,:;"'\]\s])/
const ESCAPED = /^\\([^0-9A-Za-z\s])/

/** The text as a reader sees it, and the parts interpreted as Markdown. */
function shownBy(source: string): { text: string; active: string[] } {
  const active: string[] = []
  let text = ''
  let rest = source
  let isLineStart = true
  while (rest !== '') {
    if (isLineStart) {
      const block = AT_LINE_START.map((rule) => rule.exec(rest)?.[0]).find(Boolean)
      if (block) active.push(block)
    }
    const escaped = ESCAPED.exec(rest)
    const address = ADDRESS.exec(rest)
    const inline = INLINE.map((rule) => rule.exec(rest)?.[0]).find(Boolean)
    if (inline && !escaped && !address) active.push(inline)
    const piece = escaped?.[0] ?? address?.[0] ?? rest.slice(0, 1)
    text += escaped?.[1] ?? piece
    isLineStart = piece.endsWith('\n')
    rest = rest.slice(piece.length)
  }
  return { text, active }
}

const TYPED = [
  '*bold* **bolder** _soft_ __under__ ~~gone~~ ||secret||',
  '# Heading\n## Second\n### Third\n-# small',
  '> quoted\n>>> all of it',
  '- one\n* two\n+ three\n  - four\n1. five\n2) six',
  '`code` ``more`` ```js\nblock\n```',
  '[label](https://example.org) [not a link] [a][b]',
  '[Free Nitro [here] now](https://evil.example)',
  '[a] b](https://evil.example) [a [b] c](x) [[a](b)',
  '<@123> <@!123> <@&5> <#77> <t:1700000000:R> <:smile:123> <a:wave:1> </draft create:9> <id:guide>',
  ':smile: :+1: 10:30:20 ::',
  '@everyone @here',
  '<https://example.org> 3 < 4 > 2 a<b',
  'C:\\temp\\new \\*not bold\\*',
  'draft_20260101_120000_ab12 and _this_ and that_',
  'snake_case_name_ __init__ a__b__c ___x___',
  'see https://example.org/a_b_c/*x*?q=1_2#f, and (https://example.org/x).',
  '¯\\_(ツ)_/¯ 안녕 _안녕_ 가_나_다',
  'Ends with a backslash \\',
  '#no heading, -no list, 3.5 m',
  '\n\n# after blank lines\n\t- tabbed',
]

describe('words of people in Discord', () => {
  test.each(TYPED)('%j is shown as it was typed', (typed) => {
    expect(shownBy(escapeMarkdown(typed))).toEqual({ text: typed, active: [] })
    expect(shownBy(escapeInside(typed)).text.replace(/\\/g, '')).toBe(typed.replace(/\\/g, ''))
  })

  test('so is any mixture of the signs that mean something', () => {
    const signs = [
      ...'*_~|`<>@#:[]()\\-+.!/ \n19aあ',
      '**',
      '__',
      'https://a.b/',
      '<https://c.d>',
      '<@1>',
      '```',
      '-# ',
    ]
    let seed = 7
    const next = (max: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % max
    }
    for (let round = 0; round < 3000; round++) {
      const typed = Array.from({ length: 1 + next(14) }, () => signs[next(signs.length)]).join('')
      const shown = shownBy(escapeMarkdown(typed))
      expect({ typed, ...shown }).toEqual({ typed, text: typed, active: [] })
    }
  })

  test('an address stays one that can be clicked, a draft id one that can be copied', () => {
    expect(escapeMarkdown('https://example.org/a_b_c?x=1')).toBe('https://example.org/a_b_c?x=1')
    expect(escapeMarkdown('draft_20260101_120000_ab12')).toBe('draft_20260101_120000_ab12')
    expect(escapeAddress('https://example.org/a (b)')).toBe('https://example.org/a%20%28b%29')
  })

  test('half of a character pair does not break the request', () => {
    expect(escapeMarkdown('a\ud83d b')).toBe('a\ufffd b')
  })
})
