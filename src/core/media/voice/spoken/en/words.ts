import { currencyOf } from '../currencies.ts'
import { at, type Place, type Rule } from '../scan.ts'

const BEFORE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'

const ABBREVIATIONS: Record<string, string> = {
  ...{ 'e.g.': 'for example', 'i.e.': 'that is', 'vs.': 'versus', vs: 'versus', 'approx.': 'approximately' },
  ...{ 'Mr.': 'Mister', 'Mrs.': 'Missus', 'Ms.': 'Miz', 'Prof.': 'Professor', 'Gov.': 'Governor' },
  ...{
    'Sen.': 'Senator',
    'Rep.': 'Representative',
    'Gen.': 'General',
    'Capt.': 'Captain',
    'Lt.': 'Lieutenant',
  },
  ...{ 'Sgt.': 'Sergeant', 'Rev.': 'Reverend', 'Mt.': 'Mount', 'Ft.': 'Fort', 'dept.': 'department' },
  ...{
    'est.': 'established',
    'w/': 'with',
    'w/o': 'without',
    'b/c': 'because',
    'c/o': 'care of',
    '℅': 'care of',
  },
}
/** Abbreviations with which a sentence may also end. */
const ENDING: Record<string, string> = {
  ...{
    'etc.': 'et cetera',
    'Inc.': 'Incorporated',
    'Ltd.': 'Limited',
    'Corp.': 'Corporation',
    'Co.': 'Company',
  },
  ...{
    'Jr.': 'Junior',
    'Sr.': 'Senior',
    'Ave.': 'Avenue',
    'Blvd.': 'Boulevard',
    'Rd.': 'Road',
    'a.k.a.': 'also known as',
  },
  'Bros.': 'Brothers',
}

export const ABBREVIATION_RULES: Rule[] = [
  {
    pattern: at(`${BEFORE}(?:${listed(ABBREVIATIONS)})(?![\\p{L}\\p{N}])`),
    say: ([written]) => ABBREVIATIONS[written] ?? null,
  },
  {
    pattern: at(`${BEFORE}(?:${listed(ENDING)})(?![\\p{L}\\p{N}])`),
    say: ([written], { text, at: from }) =>
      `${ENDING[written]}${/^\s*$|^\s+\p{Lu}/u.test(text.slice(from + written.length)) && !/^(?:Jr|Sr)/.test(written) ? '.' : ''}`,
  },
  // A title before a name; a street after one.
  {
    pattern: at(`${BEFORE}(?<short>Dr|St)\\.(?=(?<after>\\s\\p{Lu})?)`),
    say: ({ groups = {} }, { text, at: from }) => {
      const before = text.slice(Math.max(0, from - 30), from)
      const isStreet =
        /\p{Lu}[\p{L}'’]+\s$/u.test(before) && !/(?:Mount|Mt|Port|Fort|Lake|Cape|and)\s$/.test(before)
      const isName = groups.after !== undefined
      if (groups.short === 'Dr') return isStreet && !isName ? 'Drive' : 'Doctor'
      // “Visit St. Louis” also begins with a capital, but inside a sentence a name doesn't precede a saint.
      return isStreet && (!isName || /[\p{L}\d,]\s\p{Lu}[\p{L}'’]+\s$/u.test(before)) ? 'Street' : 'Saint'
    },
  },
]

/** Names of signs between words; signs that nobody says are removed. */
export const SIGN_RULES: Rule[] = [
  { pattern: at('(?<=\\p{L})\\+\\+'), say: () => ' plus plus' },
  { pattern: at(`(?<=${BEFORE}[A-GJ])[#♯]`), say: () => ' sharp' },
  { pattern: at(`(?<=${BEFORE}[A-G])♭`), say: () => ' flat' },
  { pattern: at(`${BEFORE}\\.(?=(?:NET|net)${END})`), say: () => 'dot ' },
  // R&D and AT&T are spelled; Barnes & Noble isn't.
  {
    pattern: at(`${BEFORE}(?<a>\\p{Lu}{1,2}|\\p{Lu})\\s?&(?:amp;)?\\s?(?<b>\\p{Lu}{1,2})(?![\\p{L}\\p{N}])`),
    say: (match) => {
      const { a = '', b = '' } = match.groups ?? {}
      if (/\s/.test(match[0])) return null
      return `${[...a].join(' ')} and ${[...b].join(' ')}`
    },
  },
  { pattern: at('&(?:amp;)?'), say: () => word('and') },
  { pattern: at('&(?:lt|gt|nbsp|quot);'), say: () => ' ' },
  {
    pattern: at(
      '(?<=[\\p{L}\\p{N}%)]\\s?)(?<sign><=|>=|≤|≥|≠|!=|==|≈|=|÷|×|∝)(?=\\s?[-\\p{Sc}(]?[\\p{L}\\p{N}])',
    ),
    say: ({ groups = {} }) => word(COMPARED[groups.sign ?? ''] ?? ''),
  },
  // With an operand on each side and spaces, or with an adjacent number; not the brackets of a tag.
  {
    pattern: at(
      '(?<=[\\p{L}\\p{N}%)])(?:\\s(?<a>[<>])\\s(?=[-\\p{Sc}(]?[\\p{L}\\p{N}])|(?<b>[<>])(?=-?\\p{Sc}?\\d))',
    ),
    say: ({ groups = {} }) => word(COMPARED[groups.a ?? groups.b ?? ''] ?? ''),
  },
  {
    pattern: at('(?<![\\p{L}\\p{N}\\p{P}])(?<a>[<>≤≥]|<=|>=)\\s?(?=\\p{Sc}?\\d)'),
    say: ({ groups = {} }) => BOUND[groups.a ?? ''] ?? null,
  },
  { pattern: at('<\\/?(?=\\p{L})'), say: () => ' ' },
  {
    pattern: at('(?<=[\\p{N}\\p{L}])(?:->|=>|[→➔➜])|(?<=\\s)(?:-+>|=+>|[→➔➜⇒])(?=\\s)'),
    say: () => word('to'),
  },
  { pattern: at('(?<=\\d\\s?)[*·](?=\\s?\\d)'), say: () => word('times') },
  { pattern: at('(?<=\\d\\s?)\\^\\s?(?=-?\\d)'), say: () => ' to the power of ' },
  { pattern: at('(?<=\\d)x(?=\\d)'), say: () => word('by') },
  { pattern: at('(?<=\\d\\s)x(?=\\s\\d)'), say: () => 'by' },
  {
    pattern: at(
      '(?<=[\\p{L}\\p{N})]\\s?)\\+(?=\\s?[\\p{L}\\p{N}(\\p{Sc}])|(?<=\\d)\\+|(?<=\\s)\\+(?=\\p{L})',
    ),
    say: () => word('plus'),
  },
  { pattern: at('√\\s?(?=[\\p{L}\\p{N}])'), say: () => 'square root of ' },
  { pattern: at('∞'), say: () => word('infinity') },
  { pattern: at('π'), say: () => word('pi') },
  { pattern: at('©\\s?'), say: () => 'copyright ' },
  { pattern: at('(?<![\\p{L}\\p{N}])[@＠](?![\\p{L}\\p{N}])'), say: () => word('at') },
  { pattern: at('(?<![\\p{L}\\p{N}])\\/(?=\\p{L})'), say: () => 'slash ' },
  { pattern: at('[㈜㈱]'), say: () => word('Company') },
  { pattern: at('[㏂㏘]'), say: ([sign]) => word(sign === '㏂' ? 'A M' : 'P M') },
  { pattern: at('℡'), say: () => word('telephone') },
  { pattern: at('[Ⓐ-Ⓩⓐ-ⓩ⒜-⒵🄐-🄩🄰-🅉🅐-🅩🅰-🆉]+'), say: ([signs]) => ` ${plainLetters(signs)} ` },
  {
    pattern: at('[㈀-㋿㍘-㍰㏠-㏾]'),
    say: ([sign]) => ` ${sign.normalize('NFKC').replace(/[()]/g, ' ')} `.replace(/\d+/g, ' '),
  },
  { pattern: at('°'), say: () => word('degrees') },
  { pattern: at('[%％]'), say: () => word('percent') },
  { pattern: at('‰'), say: () => word('per mille') },
  { pattern: at('№'), say: () => word('number') },
  { pattern: at('§'), say: () => word('section') },
  { pattern: at('\\p{Sc}'), say: ([sign]) => word(currencyOf(sign)?.en[1] ?? '') },
  // Silent: list and emphasis marks, tag brackets, trademark signs.
  {
    pattern: at('[*_~^|\\\\<>=+#@\\/⁄∕™®℠¶†‡•‣◦·▪■□●○◆◇★☆✓✔→←↑↓⇒➔➜♪♫`¬¦¨¯´¸±×÷≤≥≠≈∝√♯♭¢−℀-℺⅀-⅏←-⇿∀-⋿⌀-⏿]'),
    say: silence,
  },
]

const BOUND: Record<string, string> = {
  ...{
    '<': 'less than ',
    '>': 'more than ',
    '≤': 'at most ',
    '<=': 'at most ',
    '≥': 'at least ',
    '>=': 'at least ',
  },
}
const COMPARED: Record<string, string> = {
  ...{ '<': 'is less than', '>': 'is greater than', '=': 'equals', '==': 'equals', '≠': 'is not equal to' },
  ...{
    '≤': 'is at most',
    '<=': 'is at most',
    '≥': 'is at least',
    '>=': 'is at least',
    '!=': 'is not equal to',
  },
  ...{ '≈': 'is about', '÷': 'divided by', '×': 'times', '∝': 'is proportional to' },
}

/** ⓗⓔⓛⓛⓞ is a word, Ⓐ a letter. */
function plainLetters(signs: string): string {
  const letters = signs.normalize('NFKC').replace(/[()]/g, '')
  return [...signs].length === 1 ? letters.toUpperCase() : letters
}

function word(said: string): string {
  return ` ${said} `
}

function listed(list: Record<string, string>): string {
  return Object.keys(list)
    .sort((one, other) => other.length - one.length)
    .map((key) => key.replace(/[./]/g, '\\$&'))
    .join('|')
}

/** A silent sign only keeps words apart. */
function silence([sign]: RegExpExecArray, { text, at: from }: Place): string {
  const isWord = (character: string) => /[\p{L}\p{N}]/u.test(character)
  return isWord(text.charAt(from - 1)) && isWord(text.charAt(from + sign.length)) ? ' ' : ''
}
