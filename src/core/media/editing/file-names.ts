/** Maximum characters of a name without its number and extension: Windows limits whole paths to 260. */
const LONGEST = 40

/**
 * A file name in a bundle: its number, followed by descriptive words if they can be written in ASCII, which every system
 * and program supports. Names reserved by Windows don't start with a number.
 * @param place the number, from 1. @param total the highest number, so that names sort in order.
 */
export function numberedName(place: number, total: number, words: string, extension: string): string {
  const number = String(place).padStart(Math.max(2, String(total).length), '0')
  const slug = latin(words)
  return `${number}${slug === '' ? '' : `-${slug}`}.${extension}`
}

/** Lower-case ASCII letters and digits with `-` between words; empty for texts in other scripts. */
function latin(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}+/gu, '')
  // Half a name would be misleading.
  if (/[^\p{ASCII}\p{P}\p{S}\p{Z}]/u.test(plain)) return ''
  const slug = plain
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return slug.slice(0, LONGEST).replace(/-+$/, '')
}
