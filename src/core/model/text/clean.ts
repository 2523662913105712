import { detectLanguage } from '../language.ts'
import { addressesIn, replaced, withDomains } from './addresses.ts'
import { withoutDirections } from './answer.ts'
import { plainCharacters } from './characters.ts'
import { emojiAsGaps, withoutEmoji } from './emoji.ts'
import { closeGaps, GAP } from './gaps.ts'
import { withoutMarkup } from './markup.ts'
import { withoutReferences } from './references.ts'

/**
 * A text's origin.
 * - `typed`: a person, through a command, a form or a file
 * - `page`: same, for a description, which is read and not spoken, so lists stay lists
 * - `discord`, `slack`: a message there
 * - `model`: a script service, which also writes directions and labels for a film crew
 * - `tag`: a media file's or a stock site's tag, whose symbols are part of names
 */
export type TextSource = 'typed' | 'page' | 'discord' | 'slack' | 'model' | 'tag'

/** Maximum number of passes until nothing changes, since one may uncover more. Real texts need one or two. */
const PASSES = 12

/**
 * The cleaning that every text from outside goes through: plain characters in NFC, names and dates instead of a platform's
 * codes, and no markup. Addresses stay complete and emoji stay, except from models: for showing, speaking and searching use
 * `withDomains`, `withoutEmoji` and `searchable`. Cleaning is idempotent.
 * @param language for dates in words; by default guessed from the text.
 */
export function cleaned(text: string, source: TextSource, language?: string): string {
  let clean = text
  for (let pass = 0; pass < PASSES; pass++) {
    const before = clean
    clean = onePass(clean, source, language)
    if (clean === before) return clean
  }
  // Only deliberately deep nesting gets here.
  return onePass(clean.replace(/[<>*_~`|[\]\\&]/g, ' '), source, language)
}

/**
 * The meaningful part of a text: without emoji, hash signs and addresses, whose domains stay if there is nothing else.
 */
export function searchable(text: string): string {
  const words = tidied(closeGaps(emojiAsGaps(replaced(text, () => GAP)).replace(HASH, '')))
  return /[\p{L}\p{N}]/u.test(words) ? words : withDomains(withoutEmoji(text))
}

const HASH = /(?<![\p{L}\p{N}])#(?=\p{L})/gu
const JOINED_TAGS = /(?<![\p{L}\p{N}&/])#[\p{L}\p{M}\p{N}_]+(?:#[\p{L}\p{M}\p{N}_]+)+/gu
/** Emoji by name; the time 10:30:45 isn't one. */
const NAMED_EMOJI =
  /(?<![\p{L}\p{N}:])(?::(?=[^:]*[\p{L}+])[\p{Ll}\p{Lo}\p{M}\p{N}_+'-]{1,60}:)+(?![\p{L}\p{N}:])/gu
/** On Slack they can also directly follow words. */
const NAMED_EMOJI_BEHIND = /(?<=\p{L})(?::[a-z][a-z0-9_+'-]{1,60}:)+(?![\p{L}\p{N}:])/gu
const EVERYBODY = /(?<![\p{L}\p{N}@/._-])@(?:everyone|here|channel)(?![\p{L}\p{N}_.@-])/gu

function onePass(text: string, source: TextSource, language: string | undefined): string {
  const plain = tidied(plainCharacters(text))
  if (source === 'tag') return tidied(closeGaps(plain))
  let words = withoutReferences(plain, () => language ?? languageOf(plain))
  if (source === 'discord' || source === 'slack') words = words.replace(EVERYBODY, GAP)
  if (source === 'model') words = emojiAsGaps(withoutDirections(words))
  words = withoutMarkup(words, { keepsLists: source === 'page' })
  words = besideAddresses(words, (part) => {
    const unnamed = part.replace(NAMED_EMOJI, GAP)
    const loose = source === 'slack' ? unnamed.replace(NAMED_EMOJI_BEHIND, GAP) : unnamed
    return loose.replace(JOINED_TAGS, (tags) =>
      tags
        .slice(1)
        .split('#')
        .map((tag) => `#${tag}`)
        .join(' '),
    )
  })
  return tidied(closeGaps(words))
}

function besideAddresses(text: string, change: (part: string) => string): string {
  let result = ''
  let from = 0
  for (const { start, end } of addressesIn(text)) {
    if (start < from) continue
    result += change(text.slice(from, start)) + text.slice(start, end)
    from = end
  }
  return result + change(text.slice(from))
}

function languageOf(text: string): string {
  const words = text.replace(/<[^<>\n]*>/g, ' ')
  const language = detectLanguage(words)
  return language === null || language === 'other' ? 'en' : language
}

/** Removes trailing and duplicate spaces. */
function tidied(text: string): string {
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
