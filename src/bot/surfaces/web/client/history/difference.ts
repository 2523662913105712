/** A piece of text that stayed, is gone, or is new. */
export interface Piece {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Maximum total number of words for a comparison word by word; longer texts are shown as a whole. */
const MOST = 1500

/** Compares two texts word by word; the longest common subsequence of words stays. */
export function differenceOf(before: string, after: string): Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  if (old.length + now.length > MOST)
    return joined([
      ['gone', before],
      ['new', after],
    ])
  const common = lengths(old, now)
  const pieces: [Piece['kind'], string][] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]]
    if (was !== undefined && was === is) {
      pieces.push(['same', was])
      i++
      j++
    } else if (
      was !== undefined &&
      (is === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))
    ) {
      pieces.push(['gone', was])
      i++
    } else {
      pieces.push(['new', is ?? ''])
      j++
    }
  }
  return joined(pieces)
}

/** Splits a text into words, each with the space after it. */
function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

/** The length of the longest common subsequence from each pair of positions onwards. */
function lengths(old: readonly string[], now: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const [row, below] = [table[i], table[i + 1]]
      if (!row || !below) continue
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  return table
}

/** Joins adjacent pieces of the same kind. */
function joined(pieces: readonly (readonly [Piece['kind'], string])[]): Piece[] {
  const all: Piece[] = []
  for (const [kind, text] of pieces) {
    const last = all.at(-1)
    if (text === '') continue
    if (last?.kind === kind) last.text += text
    else all.push({ kind, text })
  }
  return all
}
