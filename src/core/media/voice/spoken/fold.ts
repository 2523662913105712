/** A text with one form for each character; `at` has the original offset of each UTF-16 unit, and of the end. */
export interface Folded {
  text: string
  at: number[]
}

/** Wide and narrow forms, mathematical letters and digits, ligatures, squared units (㎢), and °C and °F as single characters. */
const COMPATIBLE =
  /^[\uff01-\uff9f\uffe0-\uffee\u{1d400}-\u{1d7ff}\ufb00-\ufb06\u3371-\u33df\u33ff\u2103\u2109\u212a\u2126]$/u
/** Characters without any sound: soft hyphens, direction marks, variation selectors, keycaps. */
const SILENT = /^(?:[\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff]|\ufe0e|\ufe0f|\u20e3)$/u

export function fold(original: string): Folded {
  let text = ''
  const at: number[] = []
  let offset = 0
  for (const character of original) {
    const folded = folding(character)
    text += folded
    for (let unit = 0; unit < folded.length; unit++) at.push(offset)
    offset += character.length
  }
  at.push(offset)
  return { text, at }
}

function folding(character: string): string {
  if (character <= '\u007f') return character
  if (SILENT.test(character)) return ''
  if (/^[\u2010\u2011]$/.test(character)) return '-'
  // Exponents stay distinct from digits: m² isn't m2.
  if (COMPATIBLE.test(character))
    return character
      .normalize('NFKC')
      .replace('∕', '/')
      .replace(/(?<=m)[23]/, (digit) => (digit === '2' ? '²' : '³'))
  return /^\p{Nd}$/u.test(character) ? digitOf(character) : character
}

/** Every script's digits are ten consecutive characters, in order. */
function digitOf(character: string): string {
  const point = character.codePointAt(0) ?? 0
  let zero = point
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
  return String((point - zero) % 10)
}
