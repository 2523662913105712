/** Characters of a name without its number and its ending: deep folders on Windows have room for 260 in all. */
const LONGEST = 40

/**
 * The name of a file in a bundle: its number, and words of what it is where those can be written in the letters that every
 * system and every program reads alike. No name that Windows keeps for itself begins with a number.
 * @param place from 1. @param total what the numbers go up to, so that names sort in their order.
 */
export function numberedName(place: number, total: number, words: string, extension: string): string {
  const number = String(place).padStart(Math.max(2, String(total).length), '0')
  const slug = latin(words)
  return `${number}${slug === '' ? '' : `-${slug}`}.${extension}`
}

/** Lower-case ASCII letters and digits with `-` between words; empty where a text is in other letters. */
function latin(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}+/gu, '')
  // Half of a name would be misleading.
  if (/[^\p{ASCII}\p{P}\p{S}\p{Z}]/u.test(plain)) return ''
  const slug = plain
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return slug.slice(0, LONGEST).replace(/-+$/, '')
}
