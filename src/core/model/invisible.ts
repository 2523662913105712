/** Invisible characters that affect something visible, with the preceding context where it matters. */
const KEPT = [
  // Joined emoji: 👩‍🚀
  String.raw`\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*\u200d(?=\p{Extended_Pictographic})`,
  // Flags spelled with tags: 🏴󠁧󠁢󠁥󠁮󠁧󠁿
  String.raw`\u{1f3f4}[\u{e0020}-\u{e007f}]+`,
  // Joiners between letters, as in Persian and Hindi
  String.raw`(?<=[\p{L}\p{M}])[\u200c\u200d](?=\p{L})`,
  // Variants of a symbol: ❤️
  String.raw`(?<=[^\p{Default_Ignorable_Code_Point}\s])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`,
]
/** Zero-width spaces, byte order marks, soft hyphens, direction marks, fillers that count as letters (U+3164) … */
const INVISIBLE = String.raw`[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]`
const PARTS = new RegExp(`(${KEPT.join('|')})|${INVISIBLE}`, 'gu')

/** A text without invisible characters, which web pages and chat programs leave in copied text. */
export function withoutInvisible(text: string): string {
  return text.replace(PARTS, (_, kept: string | undefined) => kept ?? '')
}
