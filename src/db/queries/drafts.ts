import type { ObjectQuery } from '@mikro-orm/core'
import { type Draft, DraftEntity } from '../entities/draft.ts'
import { type Segment, SegmentEntity } from '../entities/segment.ts'
import type { SegmentList, SegmentWithout } from '../segment-rows.ts'
import type { EntityManager } from '../types.ts'

/** A segment and its draft; null if either is gone. */
export async function segmentWithDraft(
  em: EntityManager,
  segmentId: number,
): Promise<{ segment: Segment; draft: Draft } | null> {
  const segment = await em.findOne(SegmentEntity, { id: segmentId })
  const draft = segment && (await em.findOne(DraftEntity, { draftId: segment.draftId }))
  return draft && { segment, draft }
}

/** The first and the last segment of a draft, without their lists; null for a draft without segments. */
export async function edgeSegments(
  em: EntityManager,
  draftId: string,
): Promise<{ first: SegmentWithout<SegmentList>; last: SegmentWithout<SegmentList> } | null> {
  const edge = (segmentIndex: 'asc' | 'desc') =>
    em.find(
      SegmentEntity,
      { draftId },
      { orderBy: { segmentIndex }, limit: 1, exclude: ['words', 'candidates'] },
    )
  const [[first], [last]] = await Promise.all([edge('asc'), edge('desc')])
  return first && last ? { first, last } : null
}

/** Drafts that people have changed since then, most recent first. @param most the maximum number. */
export async function recentDrafts(
  em: EntityManager,
  which: ObjectQuery<Draft>,
  since: Date,
  most: number,
): Promise<Pick<Draft, 'draftId' | 'workspace'>[]> {
  return em.find(
    DraftEntity,
    { ...which, updatedAt: { $gte: since } },
    { orderBy: { updatedAt: 'desc' }, fields: ['draftId', 'workspace'], limit: most },
  )
}
