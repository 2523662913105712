/** A piece of a text: what stayed, what is gone, or what is new. */
export interface Piece {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Words of both texts together beyond which they are shown as a whole instead of word by word. */
const MOST = 1500

/** Two versions of a text as one, word by word: the longest common sequence of words stays. */
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

/** Words with the space behind them. */
function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? []
}

/** How long the longest common sequence is from each pair of places on. */
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

/** Neighbours of one kind as one piece; of a change what is gone comes before what is new. */
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
