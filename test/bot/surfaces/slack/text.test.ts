import { describe, expect, it } from 'vitest'
import { toPlain } from '../../../../src/bot/surfaces/plain.ts'
import { escapeText, toMarkup, toRichText, unescapeText } from '../../../../src/bot/surfaces/slack/text.ts'

describe('text for Slack', () => {
  it('escapes what makes links and mentions', () => {
    expect(escapeText('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;')
    expect(toMarkup([{ bold: 'Search' }, ': <!here> a & b'])).toBe('*Search*: &lt;!here&gt; a &amp; b')
  })

  it('uses markup for our formatting, links and times', () => {
    const at = new Date('2025-10-02T14:03:00Z')
    expect(
      toMarkup([
        { bold: 'Segment 1' },
        ' · ',
        { link: 'https://example.com/?a=1&b=2', label: 'Ann <3' },
        ' ',
        { time: at, as: 'relative' },
        ' ',
        { code: 'draft_1_a' },
      ]),
    ).toBe(
      '*Segment 1* · <https://example.com/?a=1&amp;b=2|Ann &lt;3> <!date^1759413780^{ago}|2025-10-02 14:03 UTC> `draft_1_a`',
    )
  })

  it.each(['2 * 3 * 4', '_under_', '~gone~', 'a `tick`', 'I am :smile: happy', 'first line\n> second line'])(
    'leaves “%s” to rich text, which has no markup',
    (typed) => {
      expect(toMarkup([{ bold: 'Keyword' }, ` ${typed}`])).toBeNull()
      expect(toRichText(typed)).toEqual([{ type: 'text', text: typed }])
    },
  )

  it('leaves quotes at the start of a line to rich text', () => {
    expect(toMarkup('> quoted')).toBeNull()
    expect(toMarkup('1 > 0')).toBe('1 &gt; 0')
  })

  it('leaves styles to rich text where Slack would not see them', () => {
    expect(toMarkup([{ bold: 'bold' }, 'glued'])).toBeNull()
    expect(toMarkup(['glued', { italic: 'to it' }])).toBeNull()
    expect(toMarkup([{ bold: ' spaced ' }])).toBeNull()
    expect(toMarkup([{ bold: 'two\nlines' }])).toBeNull()
    expect(toMarkup([{ code: 'a`b' }])).toBeNull()
  })

  it('never links to what is no web address', () => {
    expect(toMarkup([{ link: 'javascript:alert(1)', label: 'press' }])).toBe('press')
    expect(toMarkup([{ link: 'https://a.b/|<!channel>', label: 'press' }])).toBe('press')
    expect(toRichText([{ link: 'nowhere', label: 'press' }])).toEqual([{ type: 'text', text: 'press' }])
  })

  it('leaves out empty parts, which Slack refuses', () => {
    expect(toRichText(['', { bold: '' }, 'a'])).toEqual([{ type: 'text', text: 'a' }])
    expect(toPlain(['a', { code: 'b' }, { link: 'https://x.y', label: '' }])).toBe('abhttps://x.y')
  })

  it('reads messages of Slack as people see them', () => {
    const text =
      'Hi <@U1> in <#C1|drafts>: <https://a.b/c|here> <https://d.e> <!here> 1 &lt; 2 &amp;&amp; 3 &gt; 2'
    expect(unescapeText(text, () => 'ann')).toBe(
      'Hi @ann in #drafts: here https://d.e <!here> 1 < 2 && 3 > 2',
    )
    expect(unescapeText('&amp;lt;')).toBe('&lt;')
  })
})
