import { abbreviationEnd } from '../../model/text/abbreviations.ts'

export interface SentenceContext {
  /** BCP 47 primary subtag. */
  language: string
  /** True for a text without capitals, whose sentences also start in lower case. */
  isSmall: boolean
}

/** Words that start a sentence and are never names; the English ones count in every language. */
const ENGLISH =
  'a an the this that these those there here it its he she they we i you his her their our my your but and or so then when while if because however what why how who where in on at after before since as for with from by now today yet still meanwhile finally also not no yes each every all some most many'
const STARTERS: Record<string, string> = {
  en: '',
  de: 'der die das ein eine er sie es wir ich aber und doch dann danach wenn weil da nun jetzt heute',
  es: 'el la los las un una ella ellos yo pero y luego entonces después hoy',
  fr: 'le la les un une il elle ils nous je mais et puis alors ensuite',
}
const STARTER_SETS = new Map(
  Object.entries(STARTERS).map(([language, list]) => [
    language,
    new Set(`${ENGLISH} ${list}`.trim().split(' ')),
  ]),
)

/** German and Czech closing quotes („…“, »…«) open in other languages, but then no space follows. */
const CLOSING_QUOTE = /["'”’“‘」』»«)）]$/u
/** “Stop!” he said; “왔다.” 하고; 「帰ろう。」と: the sentence goes on. */
const AFTER_A_QUOTE =
  /^(\p{Ll}|\p{Script=Hiragana}|[-–—,;]|(이?라고|이?라는|이?라며|이?라면서|하고|하며|하면서|하는|했다|했어요|했습니다|[은는이가을를와과도의])(?!\p{L}))/u
/** Languages that write ordinals and dates with a full stop: 3. Oktober, 2. Dünya Savaşı. */
const ORDINALS = new Set(['de', 'cs', 'pl', 'tr'])
const ORDINAL = /(?<![\p{L}\p{N}.,])(\d{1,2}|[IVX]+)\.$/u
/** 2024. 11. 25. */
const DATE = /(?<!\d)\d{4}\.\s*\d{1,2}\.\s*\d{1,2}\.$/
/** 11. 25. */
const DAY = /(?<![\d.])\d{1,2}\.\s+\d{1,2}\.$/
/** A list item's number, at the start of a line or inside it: “in here: 1.” */
const ITEM = /(^|[:;]\s+|：\s*)\(?\d{1,3}[.)]$/u
const SHOUT = /(?<!\p{Script=Hangul})[!?]+["”’)]*$/u
const COMPANY = /^(Inc|Ltd|Co|Corp|LLC|PLC|GmbH)\b/
/** Korean sentences end in one of a few syllables, so an end is recognised without a space after it: 입니다.그 */
const UNSPACED_KOREAN = /[다요죠까네군자라음함임]["”’)]*[.!?…]+["”’)]*$/u
/** In other scripts, a word that starts a sentence must follow: it.Then */
const UNSPACED = /\p{Ll}{2}[.!?]["”’)]*$/u

/** How many characters before a place are enough to classify it. */
const TAIL = 60

/** True if a sentence ends between `before` (the sentence from its start, including the space after it) and `after`. */
export function endsSentence(before: string, after: string, context: SentenceContext): boolean {
  const spaced = before.length - before.trimEnd().length
  if (before.slice(before.length - spaced).includes('\n')) return true
  // The last word and its neighbours are enough; a sentence may have thousands of characters.
  const trimmed = before.trimEnd().slice(-TAIL)
  const next = after.trimStart()
  if (spaced === 0 && !endsUnspaced(trimmed, next, context.language)) return false
  if (CLOSING_QUOTE.test(trimmed) && AFTER_A_QUOTE.test(next)) return false
  // “1.” and “-” introduce what follows.
  if (/^\(?(\d{1,3}|[a-zA-Z]|[-*•])[.)]?$/.test(trimmed) || ITEM.test(trimmed)) return false
  // Yahoo! is a company, and so is Yahoo! Inc.
  if (SHOUT.test(trimmed) && (COMPANY.test(next) || (!context.isSmall && /^\p{Ll}/u.test(next)))) return false
  if (DATE.test(trimmed)) return false
  if (context.language === 'ko' && (DAY.test(trimmed) || (/\d\.$/.test(trimmed) && /^\d/.test(next))))
    return false
  if (ORDINALS.has(context.language) && ORDINAL.test(trimmed)) return startsSentence(next, context.language)
  const word = /([\p{L}\p{N}.]+)\.$/u.exec(trimmed)?.[1]
  const end = word === undefined ? null : abbreviationEnd(word)
  // “No. 5” and “He said no. Then …”
  if (end === 'number') return !/^([#(]?\p{N}|[IVXLC]+\b)/u.test(next)
  if (end === 'clearly') return startsSentence(next, context.language)
  return end === null
}

/** Whether the end of `before` and what follows belong together: Dr. | Smith, 3. | Oktober, 1. | Wash your hands. */
export function bindsNext(before: string): boolean {
  const word = /([\p{L}\p{N}.]+)\.$/u.exec(before.slice(-20))?.[1]
  if (word === undefined) return false
  const end = abbreviationEnd(word)
  return end === 'never' || end === 'number' || /^(\d{1,3}|\p{L})$/u.test(word)
}

/** Sentences separated only by a full-width mark have no space between them, and some people forget theirs. */
function endsUnspaced(before: string, next: string, language: string): boolean {
  if (/[。！？｡…」』）]$/u.test(before)) return true
  if (UNSPACED_KOREAN.test(before)) return /^["“‘(]*[\p{Script=Hangul}\p{Lu}]/u.test(next)
  return UNSPACED.test(before) && startsSentence(next, language)
}

function startsSentence(next: string, language: string): boolean {
  const word = /^["“‘«(]*(\p{L}+)/u.exec(next)?.[1] ?? ''
  if (/^\p{Script=Hangul}|^\p{Script=Han}/u.test(word)) return true
  const starters = STARTER_SETS.get(language) ?? STARTER_SETS.get('en')
  return /^\p{Lu}/u.test(word) && (starters?.has(word.toLowerCase()) ?? false)
}
