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
  const row = {
    draft_id: draft.draftId,
    number: draft.revision,
    actor_id: actor.id,
    actor_name: actor.name,
    action: JSON.stringify(action),
    snapshot: await snapshotOf(em, draft),
    created_at: now.getTime(),
  }
  await rows(em).insertInto('draft_versions').values(row).execute()
}

/**
 * Brings the snapshot of the present revision up to date with the assets that arrived after it was made, so
 * that coming back to it finds them again. Call it before a change.
 */
export async function refreshRevision(em: EntityManager, draft: Draft): Promise<void> {
  const snapshot = await snapshotOf(em, draft)
  await rows(em)
    .updateTable('draft_versions')
    .set({ snapshot })
    .where('draft_id', '=', draft.draftId)
    .where('number', '=', draft.revision)
    .where('snapshot', '<>', snapshot)
    .execute()
}

/** What a revision holds; null when the draft has none of this number. */
export async function readSnapshot(
  em: EntityManager,
  draftId: string,
  number: number,
): Promise<RevisionSnapshot | null> {
  const row = await rows(em)
    .selectFrom('draft_versions')
    .select('snapshot')
    .where('draft_id', '=', draftId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? JSON.parse(row.snapshot) : null
}

/** The table as it is. Written through MikroORM a snapshot would become a part of the statement's own text, to be parsed with it. */
function rows(em: EntityManager) {
  return em.getKysely<{
    draft_versions: {
      draft_id: string
      number: number
      actor_id: string
      actor_name: string
      action: string
      snapshot: string
      created_at: number
    }
  }>()
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
