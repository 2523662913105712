/**
 * What follows the bar shows nothing: zero-width spaces, byte order marks, soft hyphens, marks that turn the direction
 * of writing, fillers that count as letters (U+3164). What stands before it is kept, because something visible depends
 * on it: joined emoji (👩‍🚀), flags spelled with tags (🏴󠁧󠁢󠁥󠁮󠁧󠁿), joiners between letters (می‌خواهم), and variants of a sign (❤️).
 */
const PARTS = new RegExp(
  [
    String.raw`(\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]*\u200d(?=\p{Extended_Pictographic})`,
    String.raw`\u{1f3f4}[\u{e0020}-\u{e007f}]+`,
    String.raw`(?<=[\p{L}\p{M}])[\u200c\u200d](?=\p{L})`,
    String.raw`(?<=[^\p{Default_Ignorable_Code_Point}\s])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])`,
    String.raw`[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]`,
  ].join('|'),
  'gu',
)

/** A text without the characters that nobody sees, which pages and chat programs leave in what is copied from them. */
export function withoutInvisible(text: string): string {
  return text.replace(PARTS, (_, kept: string | undefined) => kept ?? '')
}
