import type { Draft } from '../../db/entities/draft.ts'
import type { Segment } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { thumbnailPath } from '../media/clip/thumbnail.ts'
import { rulesOf } from './approval-rules.ts'
import { approvalsShown } from './approvals.ts'
import { isInReview } from './clips.ts'
import type { Core } from './core.ts'
import { loadRenderable } from './load.ts'

/** The parts of a segment shown in a list. */
type ListedSegment = Pick<
  Segment,
  | 'id'
  | 'draftId'
  | 'segmentIndex'
  | 'text'
  | 'keyword'
  | 'imageSearchQuery'
  | 'duration'
  | 'videoUrl'
  | 'videoLocalPath'
  | 'videoProvider'
  | 'ttsLocalPath'
  | 'ttsDuration'
>

export interface ListDetails {
  /** In order. */
  segments: ListedSegment[]
  approvals: { needed: number; standing: number }
  /** In the store, with its segment; null if there is none yet. */
  still: { name: string; segmentId: number } | null
}

/** What a list page shows about its drafts, with few queries however many there are. */
export async function listDetails(
  core: Core,
  workspace: string,
  drafts: readonly Draft[],
): Promise<Map<string, ListDetails>> {
  const em = core.db.fork()
  const ids = drafts.map(({ draftId }) => draftId)
  const segments = await segmentsOf(em, ids)
  const ruleOf = await rulesOf(em, workspace, ids)
  const approved = await approvedAmong(em, ids)
  const details = drafts.map(async (draft): Promise<[string, ListDetails]> => {
    const { draftId } = draft
    const own = segments.get(draftId) ?? []
    const isAsked = approved.has(draftId) && isInReview(draft)
    const standing = isAsked ? await standingOf(core, em, draft) : 0
    const approvals = { needed: ruleOf(draftId).needed, standing }
    return [draftId, { segments: own, approvals, still: await stillOf(core, own) }]
  })
  return new Map(await Promise.all(details))
}

async function segmentsOf(em: EntityManager, ids: readonly string[]): Promise<Map<string, ListedSegment[]>> {
  const rows: ListedSegment[] = await em.execute(
    `select id, draft_id as "draftId", segment_index as "segmentIndex", text, keyword, image_search_query as "imageSearchQuery",
       duration, video_url as "videoUrl", video_local_path as "videoLocalPath", video_provider as "videoProvider",
       tts_local_path as "ttsLocalPath", tts_duration as "ttsDuration"
     from draft_segments where draft_id in (${ids.map(() => '?').join(', ') || 'null'}) order by draft_id, segment_index`,
    [...ids],
  )
  return Map.groupBy(rows, ({ draftId }) => draftId)
}

/** Which drafts have any approvals: checking their validity takes more queries. */
async function approvedAmong(em: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const rows: { draft_id: string }[] = await em.execute(
    `select distinct draft_id from approvals where draft_id in (${ids.map(() => '?').join(', ') || 'null'})`,
    [...ids],
  )
  return new Set(rows.map(({ draft_id }) => draft_id))
}

async function standingOf(core: Core, em: EntityManager, draft: Draft): Promise<number> {
  return (await approvalsShown(core, em, draft, await loadRenderable(em, draft.draftId))).standing
}

async function stillOf(core: Core, segments: readonly ListedSegment[]): Promise<ListDetails['still']> {
  const first = segments.find(({ videoLocalPath }) => videoLocalPath !== null)
  if (!first?.videoLocalPath) return null
  const name = await thumbnailPath(core, first.videoLocalPath)
  return (await core.store.has(name)) ? { name, segmentId: first.id } : null
}
