/**
 * At most `max` parts: repeatedly joins the two neighbours that are shortest together, so that all parts stay about
 * equally long.
 */
export function joinShortest<T>(
  parts: readonly T[],
  max: number,
  textOf: (part: T) => string,
  join: (first: T, second: T) => T,
): T[] {
  const joined = [...parts]
  const lengths = joined.map((part) => textOf(part).length)
  const pairLength = (at: number) => (lengths[at] ?? 0) + (lengths[at + 1] ?? 0)
  while (joined.length > max) {
    let shortest = 0
    for (let index = 1; index < joined.length - 1; index++)
      if (pairLength(index) < pairLength(shortest)) shortest = index
    const [first, second] = joined.slice(shortest, shortest + 2)
    if (first === undefined || second === undefined) break
    const both = join(first, second)
    joined.splice(shortest, 2, both)
    lengths.splice(shortest, 2, textOf(both).length)
  }
  return joined
}
