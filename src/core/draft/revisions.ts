import { raw } from '@mikro-orm/core'
import type { Draft } from '../../db/entities/draft.ts'
import { type RevisionAction, RevisionEntity, type RevisionSnapshot } from '../../db/entities/revision.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { type SegmentList, segmentRows } from '../../db/segment-rows.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor } from '../model/people.ts'

/** The number of steps kept in a draft's history; older ones are dropped, along with the files that only they use. */
export const KEPT_REVISIONS = 50

/**
 * Appends a revision of the current draft, after its segments are saved; this clears what could be redone, as in any editor.
 */
export async function appendRevision(
  em: EntityManager,
  draft: Draft,
  actor: Actor,
  action: RevisionAction,
  now: Date,
  shapesFilm = true,
): Promise<void> {
  await keepDistances(em, draft)
  await em.nativeDelete(RevisionEntity, { draftId: draft.draftId, number: { $gt: draft.revision } })
  draft.revision += 1
  await insertRevision(em, draft, actor, action, now, shapesFilm)
  await em.nativeDelete(RevisionEntity, {
    draftId: draft.draftId,
    number: { $lte: draft.revision - KEPT_REVISIONS },
  })
}

/** Writes the row for `draft.revision`, from the saved segments. */
export async function insertRevision(
  em: EntityManager,
  draft: Draft,
  actor: Actor,
  action: RevisionAction,
  now: Date,
  shapesFilm = true,
): Promise<void> {
  await em.insert(RevisionEntity, {
    draftId: draft.draftId,
    number: draft.revision,
    actorId: actor.id,
    actorName: actor.name,
    action,
    snapshot: raw(`(${SNAPSHOT})`, await partsOf(em, draft)),
    shapesFilm,
    createdAt: now,
  })
}

/** Approvals of revisions that can no longer be redone store how far those are from where the history continues. */
async function keepDistances(em: EntityManager, { draftId, revision }: Draft): Promise<void> {
  await em.execute(
    `update approvals set revision = ?, changes_before = changes_before + (select count(*) from draft_versions v
       where v.draft_id = approvals.draft_id and v.number > ? and v.number <= approvals.revision and v.shapes_film = 1)
       where draft_id = ? and revision > ?`,
    [revision, revision, draftId, revision],
    'run',
  )
}

/**
 * Updates the current revision's snapshot with assets that arrived after it was made, so that they are found again when it
 * is restored. Call it before a change.
 */
export async function refreshRevision(em: EntityManager, draft: Draft): Promise<void> {
  await em.execute(
    `with now (snapshot) as materialized (${SNAPSHOT})
       update draft_versions set snapshot = now.snapshot from now
       where draft_id = ? and number = ? and draft_versions.snapshot <> now.snapshot`,
    [...(await partsOf(em, draft)), draft.draftId, draft.revision],
    'run',
  )
}

/** A segment of a snapshot, without lists that equal those of the current segment. */
export type KeptSegment = Omit<RevisionSnapshot['segments'][number], SegmentList> &
  Partial<Pick<Segment, SegmentList>>

export interface Snapshot {
  draft: RevisionSnapshot['draft']
  /** In order. */
  segments: KeptSegment[]
}

/**
 * A revision's content, in order; null if the draft has no such revision. Lists are compared by the database, because they
 * are most of it.
 */
export async function readSnapshot(
  em: EntityManager,
  draftId: string,
  number: number,
): Promise<Snapshot | null> {
  const [revision]: { draft: string }[] = await em.execute(
    `select json_extract(snapshot, '$.draft') as draft from draft_versions where draft_id = ? and number = ?`,
    [draftId, number],
  )
  if (!revision) return null
  const rows: { fields: string; words: string | null; candidates: string | null }[] = await em.execute(
    `select json_remove(kept.value, '$.words', '$.candidates') as fields,
       nullif(json_extract(kept.value, '$.words'), s.words) as words,
       nullif(json_extract(kept.value, '$.candidates'), s.candidates) as candidates
     from draft_versions v, json_each(v.snapshot, '$.segments') kept
     left join draft_segments s on s.id = json_extract(kept.value, '$.id') and s.draft_id = v.draft_id
     where v.draft_id = ? and v.number = ? order by kept.key`,
    [draftId, number],
  )
  return {
    draft: JSON.parse(revision.draft),
    segments: rows.map(({ fields, words, candidates }) => ({
      ...JSON.parse(fields),
      ...(words !== null && { words: JSON.parse(words) }),
      ...(candidates !== null && { candidates: JSON.parse(candidates) }),
    })),
  }
}

/** The segment ids of each stored revision, in order; newest revision first. */
export async function keptOrders(
  em: EntityManager,
  draftId: string,
): Promise<{ number: number; ids: number[] }[]> {
  const rows: { number: number; id: number }[] = await em.execute(
    `select v.number as number, json_extract(kept.value, '$.id') as id
       from draft_versions v, json_each(v.snapshot, '$.segments') kept
     where v.draft_id = ? order by v.number desc, kept.key`,
    [draftId],
  )
  const orders = new Map<number, number[]>()
  for (const { number, id } of rows) orders.set(number, [...(orders.get(number) ?? []), id])
  return [...orders].map(([number, ids]) => ({ number, ids }))
}

/**
 * A `RevisionSnapshot` as JSON. Segments' lists are copied between tables without passing through here; everything else is
 * passed as JSON, because SQLite writes fractions with fewer digits.
 */
const SNAPSHOT = `select '{"draft":' || ? || ',"segments":[' || coalesce(group_concat(
    substr(part.value, 1, length(part.value) - 1) || ',"words":' || s.words || ',"candidates":' || s.candidates || '}',
    ',' order by part.key), '') || ']}'
  from json_each(?) part join draft_segments s on s.id = json_extract(part.value, '$.id')`

/** The parameters of `SNAPSHOT`. */
async function partsOf(em: EntityManager, draft: Draft): Promise<[string, string]> {
  const rows = await segmentRows(em, draft.draftId, ['words', 'candidates'])
  const segments = rows.map(
    ({ draftId, segmentIndex, retries, version, createdAt, updatedAt, ...fields }) => fields,
  )
  return [JSON.stringify(keptOf(draft)), JSON.stringify(segments)]
}

/** The fields of the draft itself stored in a revision. */
export function keptOf(draft: Draft): RevisionSnapshot['draft'] {
  const { title, description, tags, template, musicEnabled, musicMood, musicVolume, voice, voiceSpeed } =
    draft
  const { isOutline, notice, language, endCard, uploadAfter } = draft
  return {
    ...{ title, description, tags, template, musicEnabled, musicMood, musicVolume, voice, voiceSpeed },
    ...{ isOutline, notice, language, endCard, uploadAfter },
  }
}
