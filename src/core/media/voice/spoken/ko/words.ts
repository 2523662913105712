import { currencyOf } from '../currencies.ts'
import { at, JOINED, type Place, type Rule } from '../scan.ts'
import { topic } from './codes.ts'

const BEFORE = '(?<![\\p{Script=Latin}\\p{N}])'
const END = '(?![\\p{Script=Latin}\\p{N}])'

const ABBREVIATIONS: Record<string, string> = {
  ...{
    'e.g.': '예를 들어',
    'i.e.': '즉',
    'vs.': '대',
    vs: '대',
    'etc.': '등',
    'Dr.': '닥터',
    'Mr.': '미스터',
  },
  ...{ 'Mrs.': '미시즈', 'Ms.': '미즈', 'St.': '세인트', 'approx.': '약' },
}
/** Single-character abbreviations, mostly for legal forms of organizations. */
const ENCLOSED: Record<string, string> = {
  ...{
    '㈜': '주식회사',
    '㈱': '주식회사',
    '㈲': '유한회사',
    '㈔': '사단법인',
    '㈳': '사단법인',
    '㈶': '재단법인',
  },
  ...{
    '㈻': '학교법인',
    '㉿': '케이에스',
    '㈝': '오전',
    '㈞': '오후',
    '㏂': '오전',
    '㏘': '오후',
    '℡': '전화',
  },
}
const JAMO: Record<string, string> = {
  ...{
    ᄀ: '기역',
    ᄂ: '니은',
    ᄃ: '디귿',
    ᄅ: '리을',
    ᄆ: '미음',
    ᄇ: '비읍',
    ᄉ: '시옷',
    ᄋ: '이응',
    ᄌ: '지읒',
  },
  ...{ ᄎ: '치읓', ᄏ: '키읔', ᄐ: '티읕', ᄑ: '피읖', ᄒ: '히읗' },
}

/** Korean names of abbreviations and signs; signs that nobody says are removed. */
export const WORD_RULES: Rule[] = [
  {
    pattern: at(
      `${BEFORE}(?:${Object.keys(ABBREVIATIONS)
        .map((key) => key.replace(/\./g, '\\.'))
        .join('|')})(?!\\p{Script=Latin})`,
    ),
    say: ([written]) => ABBREVIATIONS[written] ?? null,
  },
  {
    pattern: at('[㈜㈱㈲㈔㈳㈶㈻㉿㈝㈞㏂㏘℡]\\s?'),
    say: ([written], { text, at: from }) => {
      // 카카오㈜가: after a name a particle may follow; before one, the name follows.
      const isBehind = /[\p{L}\p{N}]$/u.test(text.slice(0, from))
      const isBefore = !isBehind && /^[\p{L}\p{N}]/u.test(text.slice(from + written.length))
      return `${ENCLOSED[written.trim()]}${/\s$/.test(written) || isBefore ? ' ' : ''}`
    },
  },
  { pattern: at('[㉠-㉭㈀-㈍]'), say: ([sign]) => JAMO[sign.normalize('NFKC').replace(/[()]/g, '')] ?? ' ' },
  { pattern: at('[㉮-㉻㈎-㈛]'), say: ([sign]) => sign.normalize('NFKC').replace(/[()]/g, '') },
  { pattern: at('ⓒ\\s?(?=\\d{4})'), say: () => '저작권 ' },
  { pattern: at('[Ⓐ-Ⓩⓐ-ⓩ⒜-⒵🄐-🄩🄰-🅉🅐-🅩🅰-🆉]+'), say: ([signs]) => letters(signs) },
  {
    pattern: at('[㈀-㋿㍘-㍰㏠-㏾]'),
    say: ([sign]) => ` ${sign.normalize('NFKC').replace(/[()\d]/g, ' ')} `,
  },
]

export const SIGN_RULES: Rule[] = [
  { pattern: at('(?<=\\p{Script=Latin})\\+\\+'), say: () => ' 플러스 플러스' },
  { pattern: at(`(?<=${BEFORE}[A-GJ])[#♯]`), say: () => ' 샵' },
  { pattern: at(`(?<=${BEFORE}[A-G])♭`), say: () => ' 플랫' },
  { pattern: at(`${BEFORE}\\.(?=(?:NET|net)${END})`), say: () => '닷 ' },
  {
    pattern: at(`${BEFORE}(?<a>[A-Z]{1,2})&(?:amp;)?(?<b>[A-Z]{1,2})${END}`),
    say: ({ groups = {} }) => `${[...(groups.a ?? '')].join(' ')} 앤 ${[...(groups.b ?? '')].join(' ')}`,
  },
  { pattern: at('&(?:lt|gt|nbsp|quot);'), say: () => ' ' },
  { pattern: at('&(?:amp;)?'), say: () => ' 앤 ' },
  {
    pattern: at('(?<=[\\p{L}\\p{N}%)²³]\\s?)\\s?=\\s?(?=[-(\\p{Sc}]?[\\p{L}\\p{N}])'),
    say: (_, { said }) => (/[가-힣]\s*$/.test(said) ? `${JOINED}${topic(said)} ` : `${JOINED}는 `),
  },
  { pattern: at('(?<=[\\p{N})]\\s?)\\+(?=\\s?[\\d(])'), say: () => ' 더하기 ' },
  { pattern: at('(?<=[\\p{L}\\p{N})]\\s?)[×*](?=\\s?\\d)|(?<=\\d\\s?)x(?=\\s?\\d)'), say: () => ' 곱하기 ' },
  { pattern: at('(?<=[\\p{L}\\p{N})]\\s?)÷(?=\\s?[\\d(])'), say: () => ' 나누기 ' },
  { pattern: at('(?<=\\d\\s?)\\^\\s?(?=-?\\d)'), say: () => `${JOINED}의 ` },
  {
    pattern: at('(?<=[\\p{L}\\p{N})]\\s?)\\+(?=\\s?[\\p{L}\\p{N}(\\p{Sc}])|(?<=\\s)\\+(?=\\p{L})'),
    say: () => ' 플러스 ',
  },
  {
    pattern: at('(?<=[\\p{L}\\p{N}%])\\s?(?:-+>|=+>|[→➔➜⇒])\\s?(?=[\\p{L}\\p{N}\\p{Sc}])'),
    say: (_, { said }) => (/[가-힣]$/.test(said) ? `${JOINED}에서 ` : ' '),
  },
  // 서울~부산, 월~금; not a drawn-out 네~ as in chats
  {
    pattern: at('(?<=[\\p{L}])(?<![요네아어야오우와죠녕다까])[~〜～](?=\\p{L})'),
    say: () => `${JOINED}에서 `,
  },
  { pattern: at('√\\s?(?=[\\p{L}\\p{N}])'), say: () => '루트 ' },
  { pattern: at('∞'), say: () => ' 무한대 ' },
  { pattern: at('π'), say: () => ' 파이 ' },
  { pattern: at('©\\s?'), say: () => '저작권 ' },
  { pattern: at('(?<![\\p{L}\\p{N}])[@＠](?![\\p{Script=Latin}\\p{N}])'), say: () => ' 골뱅이 ' },
  { pattern: at('(?<![\\p{L}\\p{N}])\\/(?=\\p{Script=Latin})'), say: () => '슬래시 ' },
  { pattern: at('°'), say: () => ' 도' },
  { pattern: at('%'), say: () => ' 퍼센트' },
  { pattern: at('‰'), say: () => ' 퍼밀' },
  { pattern: at('№'), say: () => ' 넘버 ' },
  { pattern: at('§'), say: () => ' 섹션 ' },
  { pattern: at('℅'), say: () => ' ' },
  { pattern: at('\\p{Sc}'), say: ([sign]) => ` ${currencyOf(sign)?.ko[0] ?? ''} ` },
  {
    pattern: at(
      '[*_~〜～^|\\\\<>=+#@\\/⁄∕™®℠¶†‡•‣◦·▪■□●○◆◇★☆✓✔→←↑↓⇒➔➜♪♫`¬¦¨¯´¸±×÷≤≥≠≈∝√♯♭¢−℀-℺⅀-⅏←-⇿∀-⋿⌀-⏿]',
    ),
    say: silence,
  },
]

/** ⓗⓔⓛⓛⓞ is a word, Ⓐ a letter. */
function letters(signs: string): string {
  const plain = signs.normalize('NFKC').replace(/[()]/g, '')
  return [...signs].length === 1 ? plain.toUpperCase() : plain
}

/** A silent sign only keeps words apart. */
function silence([sign]: RegExpExecArray, { text, at: from }: Place): string {
  const isWord = (character: string) => /[\p{L}\p{N}]/u.test(character)
  return isWord(text.charAt(from - 1)) && isWord(text.charAt(from + sign.length)) ? ' ' : ''
}
