import type { EntityManager } from '@mikro-orm/sqlite'
import { type Segment, SegmentEntity } from './entities/segment.ts'

/** A row of `draft_segments` by the names of its entity's properties; JSON is text, and times are milliseconds. */
export type SegmentRow = Record<keyof Segment, string | number | null>

/** The rows of a draft's segments, in order. Within the transaction of `em`, if there is one. */
export async function segmentRows(em: EntityManager, draftId: string): Promise<SegmentRow[]> {
  const rows: Record<string, string | number | null>[] = await em.execute(
    'select * from draft_segments where draft_id = ? order by segment_index',
    [draftId],
  )
  const columns = em
    .getMetadata()
    .get(SegmentEntity)
    .props.map(({ name, fieldNames }) => [name, fieldNames[0]])
  return rows.map(
    (row) =>
      Object.fromEntries(columns.map(([name, column]) => [name, row[column ?? ''] ?? null])) as SegmentRow,
  )
}

/** The segments of a draft to be read, not changed. */
export async function readSegments(em: EntityManager, draftId: string): Promise<Segment[]> {
  return (await segmentRows(em, draftId)).map(segmentOf)
}

/**
 * A row as the segment that it is. The lists of a long draft are most of a megabyte, which not everybody looks at: each is
 * parsed when it is first asked for.
 */
export function segmentOf(row: SegmentRow): Segment {
  const { words, candidates, createdAt, updatedAt, ...fields } = row
  const segment = {
    ...fields,
    createdAt: new Date(Number(createdAt)),
    updatedAt: new Date(Number(updatedAt)),
  }
  parsedWhenAsked(segment, 'candidates', String(candidates))
  parsedWhenAsked(segment, 'words', String(words))
  return segment as object as Segment
}

function parsedWhenAsked(target: object, name: string, text: string): void {
  const get = () => {
    const value: unknown = JSON.parse(text)
    Object.defineProperty(target, name, { value, enumerable: true })
    return value
  }
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true })
}
