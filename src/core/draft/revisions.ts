import type { Draft } from '../../db/entities/draft.ts'
import { type RevisionAction, RevisionEntity, type RevisionSnapshot } from '../../db/entities/revision.ts'
import type { Segment } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor } from '../core.ts'

/** Steps of history that a draft keeps; older ones are let go, and with them the files that only they use. */
export const KEPT_REVISIONS = 50

/** Appends a revision that shows the draft as it is now; what could be redone is gone then, as in any editor. */
export async function appendRevision(
  em: EntityManager,
  draft: Draft,
  segments: Segment[],
  actor: Actor,
  action: RevisionAction,
  now: Date,
): Promise<void> {
  await em.nativeDelete(RevisionEntity, { draftId: draft.draftId, number: { $gt: draft.revision } })
  draft.revision += 1
  await insertRevision(em, draft, segments, actor, action, now)
  await em.nativeDelete(RevisionEntity, {
    draftId: draft.draftId,
    number: { $lte: draft.revision - KEPT_REVISIONS },
  })
}

/** Writes the row for `draft.revision`. */
export async function insertRevision(
  em: EntityManager,
  draft: Draft,
  segments: Segment[],
  actor: Actor,
  action: RevisionAction,
  now: Date,
): Promise<void> {
  await em.insert(RevisionEntity, {
    draftId: draft.draftId,
    number: draft.revision,
    actorId: actor.id,
    actorName: actor.name,
    action,
    snapshot: snapshotOf(draft, segments),
    createdAt: now,
  })
}

/**
 * Brings the snapshot of the present revision up to date with the assets that arrived after it was made, so
 * that coming back to it finds them again. Call it before a change.
 */
export async function refreshRevision(em: EntityManager, draft: Draft, segments: Segment[]): Promise<void> {
  await em.nativeUpdate(
    RevisionEntity,
    { draftId: draft.draftId, number: draft.revision },
    { snapshot: snapshotOf(draft, segments) },
  )
}

function snapshotOf(draft: Draft, segments: Segment[]): RevisionSnapshot {
  const { title, description, tags, template, musicEnabled, musicMood, musicVolume, voice, voiceSpeed } =
    draft
  const { isOutline, notice } = draft
  return {
    draft: {
      ...{ title, description, tags, template, musicEnabled, musicMood, musicVolume, voice, voiceSpeed },
      ...{ isOutline, notice },
    },
    segments: segments.map(({ draftId, segmentIndex, retries, version, createdAt, updatedAt, ...kept }) => ({
      ...kept,
    })),
  }
}
