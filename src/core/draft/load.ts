import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import { readSegments, type SegmentWithout } from '../../db/segment-rows.ts'
import type { EntityManager } from '../../db/types.ts'
import { UserError } from '../model/errors.ts'
import type { Core } from './core.ts'

export interface DraftWithSegments {
  draft: Draft
  /** In order. */
  segments: Segment[]
}

/** A segment for changes. Its lists can be replaced without being loaded: they are most of a draft's size. */
export type EditableSegment = SegmentWithout<'words' | 'candidates'>

/** The object of a change: only what is assigned here is written by the next flush. */
export interface EditableDraft {
  draft: Draft
  /** In order. */
  segments: EditableSegment[]
}

/**
 * Loads a draft for reading.
 * @throws UserError if the workspace has no such draft; those of other workspaces don't exist here.
 */
export async function loadDraft(
  em: EntityManager,
  workspace: string,
  draftId: string,
): Promise<DraftWithSegments> {
  const draft = await em.findOne(DraftEntity, { draftId, workspace })
  if (!draft) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  return { draft, segments: await loadSegments(em, draftId) }
}

/** Loads a draft for changes, within a transaction. @throws UserError like `loadDraft`. */
export async function loadForChange(
  em: EntityManager,
  workspace: string,
  draftId: string,
): Promise<EditableDraft> {
  // The original script is never read.
  const draft = await em.findOne(DraftEntity, { draftId, workspace }, { exclude: ['contentPlanJson'] })
  if (!draft) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  const segments = await em.find(
    SegmentEntity,
    { draftId },
    { orderBy: { segmentIndex: 'asc' }, exclude: ['words', 'candidates'] },
  )
  return { draft: draft as Draft, segments }
}

/** Loads a draft's segments for reading, in order. */
export function loadSegments(em: EntityManager, draftId: string): Promise<Segment[]> {
  return readSegments(em, draftId)
}

/** Same, without unused candidates: what a render needs. */
export type RenderableSegment = SegmentWithout<'candidates'>

export function loadRenderable(em: EntityManager, draftId: string): Promise<RenderableSegment[]> {
  return readSegments(em, draftId, ['candidates'])
}

export interface DraftWithoutCandidates {
  draft: Draft
  /** In order. */
  segments: RenderableSegment[]
}

/** The inputs of a draft's render. @throws UserError like `loadDraft`. */
export async function loadToRender(
  em: EntityManager,
  workspace: string,
  draftId: string,
): Promise<DraftWithoutCandidates> {
  const draft = await em.findOne(DraftEntity, { draftId, workspace }, { exclude: ['contentPlanJson'] })
  if (!draft) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  return { draft: draft as Draft, segments: await loadRenderable(em, draftId) }
}

/** @throws UserError if the workspace has no such draft. */
export function getDraft(core: Core, workspace: string, draftId: string): Promise<DraftWithSegments> {
  return loadDraft(core.db.fork(), workspace, draftId)
}

/** @throws UserError while the draft is rendering or finished. */
export function requireEditable({ status }: Pick<Draft, 'status'>): void {
  if (status === 'converting') throw new UserError('draft_busy')
  if (status === 'finalized') throw new UserError('draft_finalized')
}

/** @throws UserError if the draft no longer has this segment. */
export function findSegment<T extends Pick<Segment, 'id'>>(segments: readonly T[], segmentId: number): T {
  const segment = segments.find(({ id }) => id === segmentId)
  if (!segment) throw new UserError('segment_not_found')
  return segment
}

/**
 * Loads one segment with a single query, for a form that must open within seconds.
 * @throws UserError if the workspace has no such segment, or if its draft can't be edited now.
 */
export async function getSegment(
  core: Core,
  workspace: string,
  draftId: string,
  segmentId: number,
): Promise<Segment> {
  const em = core.db.fork()
  const [row] = await em.execute(
    `select s.*, d.status as draft_status from draft_segments s join drafts d on d.draft_id = s.draft_id
       where s.id = ? and d.draft_id = ? and d.workspace = ?`,
    [segmentId, draftId, workspace],
  )
  if (!row) throw new UserError('segment_not_found')
  requireEditable({ status: row.draft_status })
  return em.map(SegmentEntity, row)
}

/** Loads a draft without its segments, with a single query. @throws UserError if the workspace has no such draft. */
export async function findDraft(
  core: Core,
  workspace: string,
  draftId: string,
  em: EntityManager = core.db.fork(),
): Promise<Draft> {
  const draft = await em.findOne(DraftEntity, { draftId, workspace })
  if (!draft) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  return draft
}
