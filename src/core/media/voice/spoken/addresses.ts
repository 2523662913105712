import { at, parts, type Rule } from './scan.ts'

/** The spoken names of the signs in addresses. */
export interface AddressWords {
  dot: string
  at: string
  dash: string
  underscore: string
  plus: string
  hashtag: string
  /** Before a name in `@name`. */
  mention: string
  /** Says the digits in a name, in one or more words. */
  figures: (digits: string) => string
}

/** Endings that make `name.ending` an address even without https:// or www. */
const ENDINGS =
  'com|net|org|edu|gov|mil|int|info|biz|name|pro|io|ai|app|dev|tv|me|co|xyz|shop|store|online|site|tech|blog|cloud|news|live|art|design|studio|video|media|page|link|wiki|world|agency|fm|gg|ly|gl|eu|uk|us|ca|au|nz|ie|de|fr|es|pt|it|nl|be|ch|at|se|no|dk|fi|pl|cz|sk|hu|ro|bg|gr|tr|ru|ua|kr|jp|cn|tw|hk|sg|vn|th|ph|my|id|in|br|mx|ar|cl|za|한국|рф'
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?'
const HOST = `${LABEL}(?:\\.${LABEL})+`
/** Port, path, query and fragment (`TAIL`: the sentence's punctuation after them). Hangul after a path is a particle. */
const REST = '(?::\\d{1,5})?(?:[/?#][!-~\\u00a1-\\u10ff\\u1e00-\\u1fff]*)?'
const TAIL = /[.,;:!?'")\]}>*_~|]+$/

/** Rules that say web addresses as their domain, and e-mail addresses, hashtags and account names in full. */
export function addressRules(words: AddressWords): Rule[] {
  const host = (name: string) => sayHost(name, words)
  const address = (match: RegExpExecArray) => {
    const { name = '', scheme = '', rest = '' } = match.groups ?? {}
    const tail = TAIL.exec(rest)?.[0] ?? ''
    return parts([`${scheme}${name}${rest.slice(0, rest.length - tail.length)}`, host(name)])
  }
  return [
    {
      pattern: at(`(?<![\\p{L}\\p{N}._%+-])(?:mailto:)?(?<local>[a-zA-Z0-9._%+-]{1,64})@(?<name>${HOST})`),
      say: ({ groups = {} }) =>
        `${sayName(groups.local ?? '', words)} ${words.at} ${host(groups.name ?? '')}`,
    },
    {
      pattern: at(
        `(?<scheme>(?:https?|ftp|wss?):\\/\\/(?:[^\\s/@]{1,80}@)?)(?<name>${HOST}|${LABEL})(?<rest>${REST})`,
        'i',
      ),
      say: address,
    },
    {
      pattern: at(
        `(?<![\\p{L}\\p{N}@._-])(?<name>www\\.${HOST}|(?:${LABEL}\\.)+(?:${ENDINGS})(?![a-zA-Z0-9-]|\\.[a-zA-Z0-9]))(?<rest>${REST})`,
        'i',
      ),
      // 3.5.at isn't an address, nor is the end of a sentence together with the next one's beginning (“home.In”).
      say: (match) =>
        /^[\d.]+$/.test(match[0]) || /[a-z]\.[A-Z][a-z]/.test(match[0]) ? null : address(match),
    },
    {
      pattern: at('[#＃](?<name>(?=[\\p{L}\\p{N}_]*\\p{L})[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_]*)'),
      say: ({ groups = {} }, { said }) =>
        `${/[\p{L}\p{N}]$/u.test(said) ? ' ' : ''}${words.hashtag} ${sayTag(groups.name ?? '', words)}`,
    },
    {
      pattern: at(
        '(?<![\\p{L}\\p{N}])[@＠](?<name>[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_.-]*[\\p{L}\\p{M}\\p{N}_])?)',
      ),
      say: ({ groups = {} }) => `${words.mention} ${sayName(groups.name ?? '', words)}`,
    },
  ]
}

function sayHost(name: string, words: AddressWords): string {
  const labels = name
    .toLowerCase()
    .replace(/^www\d?\./, '')
    .split('.')
  return labels
    .map((label, index) =>
      index > 0 && index === labels.length - 1 && /^[a-z]{2}$/.test(label) && !SYLLABLE.test(label)
        ? [...label.toUpperCase()].join(' ')
        : sayName(label, words),
    )
    .join(` ${words.dot} `)
}

/** Two-letter endings that are said as a word: .co, .me; others are spelled: .kr, .tv. */
const SYLLABLE = /^(?:co|me|to|so|is|it|no|be|at)$/

/** A name with its signs: `jane_doe+x` “jane underscore doe plus x”. */
function sayName(name: string, words: AddressWords): string {
  const signs: Record<string, string> = {
    ...{ '.': words.dot, '-': words.dash, _: words.underscore, '+': words.plus, '%': ' ' },
  }
  return tidy(
    name
      .replace(/[._+%-]/g, (sign) => ` ${signs[sign] ?? ''} `)
      .replace(/\p{N}+/gu, (figures) => ` ${digitsIn(figures, words)} `),
  )
}

/** The words of a hashtag: #ThrowbackThursday, #made_in_korea. */
function sayTag(name: string, words: AddressWords): string {
  return tidy(
    name
      .replace(/_/g, ' ')
      .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
      .replace(/\p{N}+/gu, (figures) => ` ${digitsIn(figures, words)} `),
  )
}

/** ② and ² in a name are said as the digits they contain; numerals without any are left out. */
function digitsIn(figures: string, words: AddressWords): string {
  const digits = figures.normalize('NFKC').replace(/\D/g, '')
  return digits === '' ? '' : words.figures(digits)
}

function tidy(text: string): string {
  return text.replace(/ {2,}/g, ' ').trim()
}
