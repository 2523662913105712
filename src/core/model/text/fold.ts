/** Letters with a stroke, which have no accent that could be removed. */
const PLAIN: Record<string, string> = {
  ...{ ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h' },
}

/** A text normalised for searching: without accents, in lower case, with Hangul syllables composed. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll(/[ßøłđðþæœıħ]/g, (letter) => PLAIN[letter] ?? letter)
}

/** Whether a text contains all of these folded words, in any order. */
export function holdsAll(text: string, words: readonly string[]): boolean {
  const within = folded(text)
  return words.every((word) => within.includes(word))
}
