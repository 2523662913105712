/** A text in the form given to a speech engine, and where each of its characters comes from. */
export interface SpokenText {
  text: string
  /** For each code point of `text`, the UTF-16 offset in the original. */
  offsets: number[]
  /** False if there is no letter or digit to speak. */
  hasWords: boolean
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': ' ', '>': ' ' }
/** Emoji aren't read out (eSpeak would say “grinning face”), nor are their joiners and variation selectors. */
const PICTURE = /^(?![©®™#*0-9])(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator})$/u
const INVISIBLE = /^(?:[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]|\u20e3|\ufe0e|\ufe0f)$/u
/** Headings, list items and emphasis; between two words (2*3, C#, snake_case) these characters have a meaning. */
const MARKUP = /^[*#_`~|•‣◦]$/u
const DOUBLE_QUOTES = /^[“”„‟«»「」『』《》〈〉"]$/u
const SINGLE_QUOTES = /^[‘’‚‛‹›]$/u

/**
 * Makes a text safe and pleasant to speak for an engine that reads SSML: markup is never interpreted, emoji and control
 * characters are left out, `https://` isn't spelled out, and curly apostrophes become straight.
 */
export function spokenText(original: string): SpokenText {
  const scheme = new Set<number>()
  for (const match of original.matchAll(/https?:\/\//gi)) {
    for (let i = 0; i < match[0].length; i++) scheme.add(match.index + i)
  }
  let text = ''
  const offsets: number[] = []
  let at = 0
  for (const character of original) {
    const spoken = scheme.has(at) ? ' ' : replacement(character, original, at)
    text += spoken
    for (const _ of spoken) offsets.push(at)
    at += character.length
  }
  return { text, offsets, hasWords: /[\p{L}\p{N}]/u.test(text) }
}

function replacement(character: string, original: string, at: number): string {
  const entity = ENTITIES[character]
  if (entity) return entity
  // [[…]] is eSpeak's phoneme input.
  if (character === '[' || character === ']') return ' '
  if (/^\s$/.test(character) || PICTURE.test(character)) return ' '
  if (character === '\u200c' || character === '\u200d') return letterAround(original, at) ? character : ' '
  if (MARKUP.test(character) && !isBetweenWords(original, at)) return ' '
  if (INVISIBLE.test(character)) return ' '
  if (DOUBLE_QUOTES.test(character)) return ' '
  if (SINGLE_QUOTES.test(character)) return letterAround(original, at) ? "'" : ' '
  return character
}

function isBetweenWords(original: string, at: number): boolean {
  const before = /[\p{L}\p{N}]$/u.test(original.slice(Math.max(0, at - 2), at))
  const after = /^[\p{L}\p{N}]/u.test(original.slice(at + 1, at + 3))
  // “#1” and “C#” are spoken; “# Title” and “**bold**” aren't.
  return original[at] === '#' ? before || (after && /^\p{N}/u.test(original.slice(at + 1))) : before && after
}

/** Joiners (Persian, Hindi) and apostrophes count only between two letters. */
function letterAround(original: string, at: number): boolean {
  return /[\p{L}\p{M}]$/u.test(original.slice(0, at)) && /^\p{L}/u.test(original.slice(at + 1, at + 3))
}
