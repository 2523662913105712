/**
 * At most `max` texts: the two neighbours that are shortest together become one, again and again, so that all stay
 * about equally long.
 */
export function joinShortest(texts: string[], max: number): string[] {
  const joined = [...texts]
  while (joined.length > max) {
    let shortest = 0
    for (let index = 1; index < joined.length - 1; index++)
      if (pairLength(joined, index) < pairLength(joined, shortest)) shortest = index
    joined.splice(shortest, 2, joined.slice(shortest, shortest + 2).join(' '))
  }
  return joined
}

function pairLength(texts: string[], index: number): number {
  return (texts[index]?.length ?? 0) + (texts[index + 1]?.length ?? 0)
}
