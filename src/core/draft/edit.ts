import { raw } from '@mikro-orm/core'
import type { Draft } from '../../db/entities/draft.ts'
import type { RevisionAction } from '../../db/entities/revision.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { requestClips } from './clips.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import { shapeOf } from './film-of.ts'
import { type EditableDraft, type EditableSegment, loadForChange, requireEditable } from './load.ts'
import { requestMissingAssets } from './request-assets.ts'
import { appendRevision, refreshRevision } from './revisions.ts'
import type { EditScope } from './scope.ts'
import { moveStatus } from './status.ts'

export interface Editing extends EditableDraft {
  em: EntityManager
  now: Date
  /** The version for changed segments: higher than any the draft had before. */
  nextVersion: number
}

/** What an edit did; null if it changed nothing, so that no revision is made. */
export type EditResult = { action: RevisionAction; segments: EditableSegment[] } | null

/**
 * The only way to change a draft's content: in a transaction, refused while it is rendering or finished, stored as a
 * revision, and followed by preparing the assets that became stale.
 * @returns whether anything changed.
 */
export async function editDraft(
  core: Core,
  scope: EditScope,
  change: (editing: Editing) => EditResult | Promise<EditResult>,
  options: ChangeOptions = {},
): Promise<boolean> {
  const make = async (editing: Editing) => {
    const { em, draft, now } = editing
    const before = shapeOf(draft, editing.segments)
    const result = await change(editing)
    if (!result) return null
    await putInOrder(em, result.segments)
    const shapesFilm = shapeOf(draft, result.segments) !== before
    await appendRevision(em, draft, scope.actor, result.action, now, shapesFilm)
    return result.segments
  }
  return changeContent(core, scope, make, options)
}

interface ChangeOptions {
  /** For assets that a requested render is waiting for. */
  alsoForRender?: boolean
}

/**
 * What all changes of content have in common, whether they add a step to the history or move along it. A person's changes
 * to a draft are serialised.
 * @param change returns the resulting segments, or null if nothing changed.
 * @returns whether anything changed.
 */
export async function changeContent(
  core: Core,
  { workspace, draftId, actor }: EditScope,
  change: (editing: Editing) => Promise<EditableSegment[] | null>,
  { alsoForRender = false }: ChangeOptions = {},
): Promise<boolean> {
  const changed = await core.turns.take(`${draftId} ${actor.id}`, () =>
    core.db.transaction(async (em) => {
      const now = core.clock()
      const { draft, segments } = await loadForChange(em, workspace, draftId)
      if (!(alsoForRender && draft.status === 'converting')) requireEditable(draft)
      const style = styleOf(draft)
      const nextVersion = draft.version + 1
      await refreshRevision(em, draft)
      const after = await change({ em, now, draft, segments, nextVersion })
      if (!after) return null
      draft.updatedAt = now
      draft.expiryNoticeAt = null
      await em.flush()
      await settleStatus(em, draftId, after, now)
      // Every change to a segment's texts or assets has given it this version.
      const touched = after.filter(({ version }) => version === nextVersion)
      // Other segments of a draft whose assets are deferred wait for its render.
      await requestMissingAssets(core, draft, touched, em, { asker: actor })
      return { touched: style === styleOf(draft) ? touched.map(({ id }) => id) : undefined }
    }),
  )
  if (!changed) return false
  core.events.changed(draftId)
  await requestClips(core, draftId, changed.touched)
  return true
}

/** Updates the status according to the segments' assets. */
export async function settleStatus(
  em: EntityManager,
  draftId: string,
  segments: readonly Parameters<typeof isComplete>[0][],
  now: Date,
): Promise<boolean> {
  return moveStatus(em, draftId, segments.every(isComplete) ? 'assets_complete' : 'asset_stale', now)
}

/**
 * Saves the segments in the given order. Moved ones are first put aside, because an index can only be used by one segment
 * at a time.
 */
export async function putInOrder(em: EntityManager, ordered: EditableSegment[]): Promise<void> {
  await em.flush()
  const moved = ordered.filter((segment, index) => segment.segmentIndex !== index)
  if (moved.length === 0) return
  const ids = moved.map(({ id }) => id)
  await em.nativeUpdate(
    SegmentEntity,
    { id: { $in: ids } },
    { segmentIndex: raw<number>('-1 - segment_index') },
  )
  for (const [index, segment] of ordered.entries()) segment.segmentIndex = index
  await em.flush()
}

/** The style shared by all clips of a draft. */
function styleOf({ format, template, language }: Draft): string {
  return JSON.stringify([format, template, language])
}
