import { COUNTS, countOf, NUMBER, NUMBER_END, plainDigits } from '../figures.ts'
import { CODES, groupsOf, IP, isGrouped, PHONES, VERSION } from '../groups.ts'
import { at, parts, type Rule } from '../scan.ts'
import { cardinal, fractionWords, numberWords, ordinal, spelled, year } from './numbers.ts'

const BEFORE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'
const HYPHEN = '[-–—]'

/** Telephone numbers and other codes read digit by digit. */
export const CODE_RULES: Rule[] = [
  {
    pattern: at(`(?<=\\b(?:call|dial|text)\\s)\\d{3,6}${END}(?![,.-]\\d|\\s\\p{Ll})`, 'i'),
    say: ([digits]) => spelled(digits),
  },
  ...PHONES.map((pattern) => ({
    pattern: at(pattern),
    say: ([written]: RegExpExecArray) => (/^\+\d{1,4}$/.test(written) ? null : inGroups(written)),
  })),
  {
    pattern: at(IP),
    say: ([written]) =>
      written
        .replace(/\//, ' slash ')
        .split(/([.:]| slash )/)
        .map(ipPart)
        .join(''),
  },
  ...CODES.map((pattern) => ({
    pattern: at(pattern),
    say: ([written]: RegExpExecArray) => inGroups(written),
  })),
  {
    pattern: at(VERSION),
    say: ({ groups = {} }) => {
      const { v, a = '', b = '' } = groups
      if (v === undefined && isGrouped(b)) return cardinal(b.replace(/\./g, ''))
      const numbers = (a || b).split('.').map(cardinal).join(' point ')
      return v === undefined ? numbers : `version ${numbers}`
    },
  },
]

function inGroups(written: string): string {
  const plus = written.startsWith('+') ? 'plus ' : ''
  const last = /X$/.test(written) ? ' X' : ''
  return `${plus}${groupsOf(written).map(spelled).join(', ')}${last}`
}

function ipPart(part: string): string {
  if (part === '.') return ' dot '
  if (part === ':') return ' colon '
  return /^\d/.test(part) ? (part.length > 2 ? spelled(part) : cardinal(String(Number(part)))) : part
}

/** The numbers that remain after dates, amounts and codes. */
export const NUMBER_RULES: Rule[] = [
  {
    pattern: at(`${BEFORE}(?<n>\\d{1,3}(?:,\\d{3})+|\\d+)(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)${END}`, 'i'),
    say: ({ groups = {} }) => ordinal((groups.n ?? '').replace(/,/g, '')),
  },
  {
    pattern: at(`${BEFORE}#(?<n>\\d+(?:,\\d{3})*)`),
    say: ({ groups = {} }) => `number ${numberWords(groups.n ?? '')}`,
  },
  {
    pattern: at(`(?:№|${BEFORE}N[oº°]\\.?|${BEFORE}no\\.)\\s?(?=\\d)`),
    say: (match) => parts([match[0], 'number ']),
  },
  { pattern: at(`§§?\\s?(?=\\d)`), say: (match) => `section${match[0].startsWith('§§') ? 's' : ''} ` },
  {
    pattern: at(`${BEFORE}(?<w>pp?)\\.\\s?(?=\\d)`),
    say: ({ groups = {} }) => (groups.w === 'pp' ? 'pages ' : 'page '),
  },
  {
    pattern: at(`${BEFORE}(?<w>[Ff]ig|[Vv]ol|[Cc]h|[Ss]ec|[Ee]p|[Ee]d|[Aa]pp)\\.\\s?(?=\\d)`),
    say: ({ groups = {} }) => `${SHORT[(groups.w ?? '').toLowerCase()]} `,
  },
  {
    pattern: at(`${BEFORE}(?<a>\\d+)[\\/⁄∕](?<b>\\d+)${END}(?!\\/)`),
    say: ({ groups = {} }) => fractionWords(groups.a ?? '', groups.b ?? ''),
  },
  // 1920×1080 is said in pairs
  {
    pattern: at(`${BEFORE}(?<a>\\d{3,4})\\s?[x×]\\s?(?<b>\\d{3,4})${END}`),
    say: ({ groups = {} }) => `${year(groups.a ?? '')} by ${year(groups.b ?? '')}`,
  },
  // 16:9, 3:2
  {
    pattern: at(`${BEFORE}(?<a>\\d+(?:\\.\\d+)?):(?<b>\\d+(?:\\.\\d+)?)${END}`),
    say: ({ groups = {} }) => `${numberWords(groups.a ?? '')} to ${numberWords(groups.b ?? '')}`,
  },
  {
    pattern: at(`(?<=\\d\\s?[aApP]\\.?[mM]\\.?)\\s?[-–—~]\\s?(?=\\d)`),
    say: () => ' to ',
  },
  { pattern: at('(?<=\\d)-(?=\\d+(?:\\.\\d+)?\\s?=)'), say: () => ' minus ' },
  // 5-10, 10 – 20: the part before has already been said, with its unit
  {
    pattern: at(
      `(?<=[\\d%‰°½¼¾]\\+?|\\d\\s?[\\p{L}°]{1,4})(?:[-–—~〜～]|\\s[–—~〜～]\\s)(?=\\p{Sc}?[-−]?\\d)`,
    ),
    say: () => ' to ',
  },
  {
    pattern: at(`(?<=(?<a>\\d+)) - (?=(?<b>\\d+))`),
    say: ({ groups = {} }, { text }) =>
      Number(groups.a) < Number(groups.b) && !/[=<>]/.test(text) ? ' to ' : ' minus ',
  },
  // 2², 10⁶, x³, CO₂; a footnote's number after a word isn't part of the text
  {
    pattern: at('(?<=(?<word>[\\p{L}\\p{N})]+))(?<digits>[⁻]?[⁰¹²³⁴-⁹]+)'),
    say: ({ groups = {} }) => raised(groups.word ?? '', plainDigits((groups.digits ?? '').replace('⁻', '-'))),
  },
  { pattern: at('[₀-₉]+'), say: ([digits]) => cardinal(plainDigits(digits)) },
  { pattern: at('[⁰¹²³⁴-⁹]+'), say: ([digits]) => cardinal(plainDigits(digits)) },
  { pattern: at(COUNTS), say: ([sign]) => cardinal(String(countOf(sign) ?? '')) },
  // -5 and +5, unless attached to a word (GPT-4)
  {
    pattern: at(`(?<![\\p{L}\\p{N})])(?<sign>[-−+±~≈])(?=\\.?\\d)`),
    say: ({ groups = {} }) => SIGNS[groups.sign ?? ''] ?? null,
  },
  { pattern: at('(?<=\\p{L})[-–](?=\\d)|(?<=\\d)[-–](?=\\d)'), say: () => ' ' },
  { pattern: at(`${NUMBER}${NUMBER_END}`), say: ([written]) => numberWords(written) },
  { pattern: at('\\d+'), say: ([digits]) => cardinal(digits) },
  { pattern: at('\\p{N}'), say: ([sign]) => others(sign) },
]

const SHORT: Record<string, string> = {
  ...{
    fig: 'figure',
    vol: 'volume',
    ch: 'chapter',
    sec: 'section',
    ep: 'episode',
    ed: 'edition',
    app: 'appendix',
  },
}
const SIGNS: Record<string, string> = {
  ...{ '-': 'minus ', '−': 'minus ', '+': 'plus ', '±': 'plus or minus ', '~': 'about ', '≈': 'about ' },
}

function raised(word: string, digits: string): string {
  if (digits === '2') return ' squared'
  if (digits === '3') return ' cubed'
  const isPower = /\d$/.test(word) || /^\p{L}$/u.test(word)
  if (!isPower) return ''
  return ` to the power of ${digits.startsWith('-') ? 'minus ' : ''}${cardinal(digits.replace('-', ''))}`
}

/** Digits and numerals of other scripts: their value if Unicode has a form in figures, or else nothing. */
function others(sign: string): string {
  const digits = sign.normalize('NFKC').match(/\d+/g)?.join('') ?? ''
  return digits === '' ? ' ' : cardinal(digits)
}

/** A hyphen or dash between spans of anything else. */
export const SPAN_RULES: Rule[] = [
  {
    pattern: at(`${BEFORE}(?<a>\\p{Lu})${HYPHEN}(?<b>\\p{Lu})${END}`),
    say: ({ groups = {} }) => (groups.a === 'A' && groups.b === 'Z' ? 'A to Z' : null),
  },
]
