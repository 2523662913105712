import { closeGaps, GAP } from './gaps.ts'

/** Symbols that most readers see as text, even if a keyboard turns them into pictures. */
const SIGNS = '0-9#*©®™'
const TAIL = String.raw`(?:\ufe0f|\p{Emoji_Modifier}|\u20e3|[\u{e0020}-\u{e007f}])*`
const PICTURE = String.raw`(?:\p{Emoji_Presentation}|(?![${SIGNS}])(?:\p{Emoji}(?=\ufe0f|\p{Emoji_Modifier})|\p{Extended_Pictographic}(?=\u200d)))${TAIL}`

/**
 * Characters presented as pictures (https://unicode.org/reports/tr51/): joined sequences, skin tones, flags and keycaps as
 * a whole. Text symbols such as ♥ or ★ without the emoji selector don't count.
 */
const EMOJI = new RegExp(
  String.raw`[0-9#*]\ufe0f?\u20e3|\p{Regional_Indicator}+|${PICTURE}(?:\u200d(?:\p{Emoji}${TAIL})?)*`,
  'gu',
)

/** A text without emoji. They stay in chats, but are left out of captions, lettering, speech, searches and tags. */
export function withoutEmoji(text: string): string {
  return closeGaps(text.replace(EMOJI, GAP))
}

/** Same, with a gap for each, for `closeGaps`. */
export function emojiAsGaps(text: string): string {
  return text.replace(EMOJI, GAP)
}
