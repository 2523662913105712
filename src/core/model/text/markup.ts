import { replaced } from './addresses.ts'
import { GAP } from './gaps.ts'

/**
 * Characters adjacent to words: marks inside them (snake_case, 2*3*4) aren't emphasis. Addresses are replaced by
 * private-use characters.
 */
const WORD = String.raw`[\p{L}\p{M}\p{N}\ue000-\uf8ff]`
/** Korean, Chinese and Japanese words follow directly, without a space. */
const LEANING = String.raw`[\p{sc=Hang}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]`
const AFTER = `(?:(?!${WORD})|(?=${LEANING}))`
const BEFORE = `(?<!${WORD})`

/** Styles of Discord, Slack and Markdown, with the styled text as the last group. */
const STYLES = [
  // Spoilers
  String.raw`\|\|((?:[^|\n]|\|(?!\|))+)\|\|`,
  String.raw`(?<!\d)\*{2,3}(?=[^\s*])((?:[^*\n]|\n(?!\n)|\*(?!\*))*[^\s*])\*{2,3}(?!\d)`,
  String.raw`(?<!\*)${BEFORE}\*(?=[^\s*])([^*\n]*[^\s*])\*(?!\*)${AFTER}`,
  String.raw`(?<!_)${BEFORE}_{1,3}(?=[^\s_])((?:[^_\n]|(?<=${WORD})_(?=${WORD}))*[^\s_])_{1,3}(?!_)${AFTER}`,
  String.raw`(?<!~)${BEFORE}~{1,2}(?=[^\s~])([^~\n]*[^\s~])~{1,2}(?!~)${AFTER}`,
  String.raw`(?<!=)${BEFORE}==(?=[^\s=])([^=\n]*[^\s=])==(?!=)${AFTER}`,
].map((style) => new RegExp(style, 'gu'))

const FENCED = /```(?:[\w+#.-]*[ \t]*\n)?([^`]*(?:`{1,2}[^`]+)*)```/g
const FENCES = /^[ \t>]*(?:`{3,}|~{3,})[\w+#.-]*[ \t]*$/gm
const CODE = /(?<!`)(?:``(?!`)((?:[^`\n]|`(?!`))+)``|`([^`\n]+)`)(?!`)/g
const ESCAPED = /\\([!-/:-@[-`{-~])/g

const TARGET = String.raw`\(\s*<?[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*>?(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)`
const PICTURE = new RegExp(String.raw`!\[([^[\]\n]*)\]${TARGET}`, 'g')
/** Parentheses after square brackets are a link target if something in them looks like one. */
const LINK = new RegExp(String.raw`\[([^[\]\n]+)\](?=\([^()\n]*[./:#])${TARGET}`, 'g')
const SLACK_LINK = /<([a-z][a-z0-9+.-]*:[^\s<>|]*)\|([^<>|]+)>/gi
const ANGLED =
  /<(?:mailto:|tel:)?([a-z][a-z0-9+.-]*:[^\s<>]+|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+|\+?[\d-]{5,20})>/gi
const FOOTNOTE = /\[\^[^\]\s]{1,20}\]:?/g
const DEFINITION = /^[ \t]*\[[^\]\n]{1,80}\]:[ \t]+/gm

const LINE_MARKS =
  /^[ \t]*(?:(?:>{1,3}(?=[ \t]|$|[^\d\s=<>])|-#(?=[ \t])|#{1,6}(?=[ \t])|[-*+•‣⁃◦▪▫●○■□►▸✓✔☑☐](?:[ \t]+\[[ xX]\])?(?=[ \t]|$))[ \t]*)+/gm
/** Same, where only quotes are markup: lists are welcome in a description. */
const QUOTE_MARKS = /^[ \t]*(?:(?:>{1,3}(?=[ \t]|$|[^\d\s=<>])|-#(?=[ \t])|#{1,6}(?=[ \t]))[ \t]*)+/gm
const CLOSED_HEADING = /^([ \t]*#{1,6}[ \t].*?)[ \t]+#+[ \t]*$/gm
const RULE = /^[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*$/gm
const NUMBERED = /^[ \t]*\(?(\d{1,2})[.)][ \t]+(?=\S)/gm
const TABLE_RULE = /^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*$/gm
const TABLE_ROW = /^[ \t]*\|(.+)\|[ \t]*$/gm

/** Element names of HTML and SSML; `a < b` and `<3` aren't elements. */
const TAG =
  /<\/?(?:a|abbr|audio|b|big|blockquote|body|br|break|center|code|del|div|em|emphasis|font|h[1-6]|head|hr|html|i|img|ins|kbd|lang|lexicon|li|mark|metadata|ol|p|par|phoneme|pre|prosody|s|samp|say-as|section|small|span|speak|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|video|voice|w|[a-z]+:[a-z-]+)(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))?)*\s*\/?>/gi
const BREAKING = /^<\/?(?:blockquote|br|div|h[1-6]|hr|li|ol|p|pre|section|table|tr|ul)\b/i
const UNSEEN = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[^<>]*>[\s\S]*?<\/\1\s*>/gi
const BARE_ATTRIBUTES = /^<\/?\w+\s+[^=]*$/

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}\d{0,2}));/gi
const ENTITIES: Record<string, string> = {
  ...{
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    shy: '',
    hellip: '…',
    mdash: '—',
    ndash: '–',
  },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•', middot: '·' },
  ...{ copy: '©', reg: '®', trade: '™', deg: '°', euro: '€', pound: '£', yen: '¥', cent: '¢', times: '×' },
  ...{
    eacute: 'é',
    egrave: 'è',
    agrave: 'à',
    ccedil: 'ç',
    ntilde: 'ñ',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    szlig: 'ß',
  },
}

/**
 * A text without the markup for bold, lists, quotes, links … of Discord, Slack, Markdown, HTML and SSML. The marked text
 * stays, and so do the words of a link.
 */
export function withoutMarkup(text: string, { keepsLists }: { keepsLists: boolean }): string {
  let plain = withoutTags(text.replace(ENTITY, entity).replace(SLACK_LINK, '$2').replace(ANGLED, ' $1 '))
  plain = plain
    .replace(PICTURE, '$1')
    .replace(LINK, '$1')
    .replace(FOOTNOTE, GAP)
    .replace(DEFINITION, '')
    .replace(FENCED, '\n$1\n')
    .replace(FENCES, '')
    .replace(CODE, (_, double?: string, single?: string) => (double ?? single ?? '').trim())
  return keepingAddresses(plain, (rest) => {
    let bare = rest.replace(ESCAPED, '$1')
    for (const style of STYLES) bare = bare.replace(style, '$1')
    bare = bare.replace(TABLE_RULE, '').replace(TABLE_ROW, (_, row: string) => cells(row))
    bare = bare.replace(CLOSED_HEADING, '$1').replace(RULE, '')
    return keepsLists ? bare.replace(QUOTE_MARKS, '') : withoutNumbers(bare.replace(LINE_MARKS, ''))
  })
}

/** The numbers of a list that starts at one; a lone “5. ” may be a day or a rank. */
function withoutNumbers(text: string): string {
  const numbers = [...text.matchAll(NUMBERED)].map(([, number]) => Number(number))
  const isList =
    numbers.length > 1 && numbers[0] === 1 && numbers.every((number, index) => number <= index + 1)
  return isList ? text.replace(NUMBERED, '') : text
}

function withoutTags(text: string): string {
  if (!text.includes('<')) return text
  return text.replace(UNSEEN, GAP).replace(TAG, (tag) => {
    // “x <b and y> z” isn't an element.
    if (BARE_ATTRIBUTES.test(tag)) return tag
    if (BREAKING.test(tag)) return '\n'
    return /^<(?:break|mark|audio|img|metadata|lexicon)\b/i.test(tag) ? ' ' : ''
  })
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name] ?? ENTITIES[name.toLowerCase()] ?? whole
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

function cells(row: string): string {
  return row
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(', ')
}

/**
 * Symbols in addresses belong to them, so each address is temporarily replaced by a private-use character, which no cleaned
 * text contains.
 */
function keepingAddresses(text: string, change: (text: string) => string): string {
  const kept: string[] = []
  const first = 0xe000
  const masked = replaced(text, ({ address }) => {
    if (kept.length > 0xf8ff - first) return address
    kept.push(address)
    return String.fromCharCode(first + kept.length - 1)
  })
  return change(masked).replace(/[\ue000-\uf8ff]/g, (sign) => kept[sign.charCodeAt(0) - first] ?? '')
}
