import type { Segment } from '../../db/entities/segment.ts'

/** The fields of a segment that follow its text unless a person sets them. */
type Part = 'keyword' | 'search' | 'footage'
type Marked = Pick<Segment, 'byHand'>

export function isByHand({ byHand }: Marked, part: Part): boolean {
  return byHand.split(' ').includes(part)
}

/** The fields with changed marks, to be assigned. */
export function markByHand({ byHand }: Marked, marks: Partial<Record<Part, boolean>>): Marked {
  const parts = new Set(byHand.split(' ').filter((part) => part !== ''))
  for (const [part, isSet] of Object.entries(marks)) {
    if (isSet) parts.add(part)
    else parts.delete(part)
  }
  return { byHand: [...parts].sort().join(' ') }
}
