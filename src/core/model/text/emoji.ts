import { closeGaps, GAP } from './gaps.ts'

/** Signs that are letters of a kind to most readers, also where a keyboard makes a picture of them. */
const SIGNS = '0-9#*©®™'
const TAIL = String.raw`(?:\ufe0f|\p{Emoji_Modifier}|\u20e3|[\u{e0020}-\u{e007f}])*`
const PICTURE = String.raw`(?:\p{Emoji_Presentation}|(?![${SIGNS}])(?:\p{Emoji}(?=\ufe0f|\p{Emoji_Modifier})|\p{Extended_Pictographic}(?=\u200d)))${TAIL}`

/**
 * What is presented as a picture (https://unicode.org/reports/tr51/): joined sequences, skin tones, flags and keycaps whole.
 * A sign of text such as ♥ or ★ without the selector that makes a picture of it is none.
 */
const EMOJI = new RegExp(
  String.raw`[0-9#*]\ufe0f?\u20e3|\p{Regional_Indicator}+|${PICTURE}(?:\u200d(?:\p{Emoji}${TAIL})?)*`,
  'gu',
)

/** A text without emoji. They stay in what chats show, and are left out of captions, lettering, speech, searches and tags. */
export function withoutEmoji(text: string): string {
  return closeGaps(text.replace(EMOJI, GAP))
}

/** The same with a gap for each, for `closeGaps`. */
export function emojiAsGaps(text: string): string {
  return text.replace(EMOJI, GAP)
}
