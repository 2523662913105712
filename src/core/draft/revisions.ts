import { raw } from '@mikro-orm/core'
import type { Draft } from '../../db/entities/draft.ts'
import { type RevisionAction, RevisionEntity, type RevisionSnapshot } from '../../db/entities/revision.ts'
import { segmentRows } from '../../db/segment-rows.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor } from '../core.ts'

/** Steps of history that a draft keeps; older ones are let go, and with them the files that only they use. */
export const KEPT_REVISIONS = 50

/**
 * Appends a revision that shows the draft as it is now, once its segments are written; what could be redone is gone then, as
 * in any editor.
 */
export async function appendRevision(
  em: EntityManager,
  draft: Draft,
  actor: Actor,
  action: RevisionAction,
  now: Date,
): Promise<void> {
  await em.nativeDelete(RevisionEntity, { draftId: draft.draftId, number: { $gt: draft.revision } })
  draft.revision += 1
  await insertRevision(em, draft, actor, action, now)
  await em.nativeDelete(RevisionEntity, {
    draftId: draft.draftId,
    number: { $lte: draft.revision - KEPT_REVISIONS },
  })
}

/** Writes the row for `draft.revision`, of the segments as they are written. */
export async function insertRevision(
  em: EntityManager,
  draft: Draft,
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
    snapshot: raw('?', [await snapshotOf(em, draft)]),
    createdAt: now,
  })
}

/**
 * Brings the snapshot of the present revision up to date with the assets that arrived after it was made, so
 * that coming back to it finds them again. Call it before a change.
 */
export async function refreshRevision(em: EntityManager, draft: Draft): Promise<void> {
  const snapshot = await snapshotOf(em, draft)
  await em
    .getConnection()
    .execute(
      'update draft_versions set snapshot = ? where draft_id = ? and number = ? and snapshot <> ?',
      [snapshot, draft.draftId, draft.revision, snapshot],
      'run',
      em.getTransactionContext(),
    )
}

/** What a revision holds; null when the draft has none of this number. */
export async function readSnapshot(
  em: EntityManager,
  draftId: string,
  number: number,
): Promise<RevisionSnapshot | null> {
  const [row] = await em
    .getConnection()
    .execute(
      'select snapshot from draft_versions where draft_id = ? and number = ?',
      [draftId, number],
      'all',
      em.getTransactionContext(),
    )
  return row ? JSON.parse(row.snapshot) : null
}

/** A `RevisionSnapshot` as JSON. The lists of segments are JSON in their rows already, and are not parsed on the way. */
async function snapshotOf(em: EntityManager, draft: Draft): Promise<string> {
  const { title, description, tags, template, musicEnabled, musicMood, musicVolume, voice, voiceSpeed } =
    draft
  const { isOutline, notice } = draft
  const kept: RevisionSnapshot['draft'] = {
    ...{ title, description, tags, template, musicEnabled, musicMood, musicVolume, voice, voiceSpeed },
    ...{ isOutline, notice },
  }
  const segments = (await segmentRows(em, draft.draftId)).map(
    ({ draftId, segmentIndex, retries, version, createdAt, updatedAt, words, candidates, ...fields }) =>
      `${JSON.stringify(fields).slice(0, -1)},"words":${words},"candidates":${candidates}}`,
  )
  return `{"draft":${JSON.stringify(kept)},"segments":[${segments.join(',')}]}`
}
