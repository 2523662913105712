import { type Segment, SegmentEntity } from './entities/segment.ts'
import type { EntityManager } from './types.ts'

/** The lists of a segment; those of a long draft take up most of a megabyte. */
export type SegmentList = 'words' | 'candidates'
/** A segment, without the lists that aren't read. */
export type SegmentWithout<L extends SegmentList> = Pick<Segment, Exclude<keyof Segment & string, L>>

type Value = string | number | null
/** A row of `draft_segments` by the names of its entity's properties; JSON is text, and times are milliseconds. */
export type SegmentRow<L extends SegmentList = never> = Record<Exclude<keyof Segment & string, L>, Value>

/** The rows of a draft's segments, in order. Within the transaction of `em`, if there is one. */
export async function segmentRows<L extends SegmentList = never>(
  em: EntityManager,
  draftId: string,
  without: readonly L[] = [],
): Promise<SegmentRow<L>[]> {
  const left: readonly string[] = without
  const columns = em
    .getMetadata()
    .get(SegmentEntity)
    .props.filter(({ name }) => !left.includes(name))
    .map(({ name, fieldNames }) => `${fieldNames[0]} as "${name}"`)
  return em.execute(
    `select ${columns.join(', ')} from draft_segments where draft_id = ? order by segment_index`,
    [draftId],
  )
}

/**
 * A draft's segments, for reading only. Lists are parsed on first access, because not every caller looks at those of all
 * segments.
 */
export async function readSegments<L extends SegmentList = never>(
  em: EntityManager,
  draftId: string,
  without: readonly L[] = [],
): Promise<SegmentWithout<L>[]> {
  return (await segmentRows<L>(em, draftId, without)).map((row) => {
    const segment: Record<string, unknown> = { ...row }
    for (const name of ['createdAt', 'updatedAt']) segment[name] = new Date(Number(segment[name]))
    for (const name of ['words', 'candidates'])
      if (name in segment) parsedWhenAsked(segment, name, String(segment[name]))
    return segment as object as SegmentWithout<L>
  })
}

function parsedWhenAsked(target: object, name: string, text: string): void {
  const get = () => {
    const value: unknown = JSON.parse(text)
    Object.defineProperty(target, name, { value, enumerable: true })
    return value
  }
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true })
}
