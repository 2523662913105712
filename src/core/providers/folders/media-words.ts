/** How well the words of a search match those of a file: 0 if none does. */
export function wordScore(wanted: readonly string[], having: readonly string[]): number {
  return wanted.reduce((sum, word) => sum + Math.max(0, ...having.map((other) => likeness(word, other))), 0)
}

/** The words of a text in comparable form: composed, in lower case, without the English plural and filler words. */
export function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []
  return [...new Set(words.filter((word) => !FILLING.has(word)).map(singular))]
}

/** Words that say nothing about a picture. */
const FILLING = new Set(
  (
    'a an and are as at by clip close for from footage ' +
    'in into is image img it of on or photo picture shot stock the to up video view vid with'
  ).split(' '),
)

function singular(word: string): string {
  if (/(?:ch|sh|s|x|z)es$/.test(word)) return word.slice(0, -2)
  if (/[a-z]{2}ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /[a-z]{2}[^s]s$/.test(word) ? word.slice(0, -1) : word
}

/**
 * 1 for the same word. Less if one starts with the other: “surf” and “surfing”, and in Korean, where particles follow
 * (“바다” and “바다에서”) and words are joined, also if one contains the other (“밤바다”).
 */
function likeness(one: string, other: string): number {
  if (one === other) return 1
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (/^\p{Script=Hangul}{2,}$/u.test(short))
    return long.startsWith(short) ? 0.7 : long.includes(short) ? 0.5 : 0
  const isEnding = short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3
  return isEnding ? 0.6 : 0
}
