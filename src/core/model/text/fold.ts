/** Letters that are written with a stroke of their own, and so have no accent that could be taken off. */
const PLAIN: Record<string, string> = {
  ...{ ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h' },
}

/** A text as it is compared in a search: without accents, in small letters, syllables of Hangul whole. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(/[ßøłđðþæœıħ]/g, (letter) => PLAIN[letter] ?? letter)
}

/** Whether a text holds all of these words, which have been folded, in any order. */
export function holdsAll(text: string, words: readonly string[]): boolean {
  const within = folded(text)
  return words.every((word) => within.includes(word))
}
