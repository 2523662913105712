import { type Note, NoteEntity } from '../../../db/entities/note.ts'
import { ProposalEntity } from '../../../db/entities/proposal.ts'
import type { Segment } from '../../../db/entities/segment.ts'
import type { EntityManager } from '../../../db/types.ts'
import { UserError } from '../../model/errors.ts'
import type { Actor } from '../../model/people.ts'
import type { NoteView, ProposalView } from '../../model/read-models.ts'
import type { Core } from '../core.ts'
import type { EditScope } from '../scope.ts'

type Home = Pick<Segment, 'id' | 'mergedFrom'>

/**
 * A draft's notes, newest first. They are shown by the segment they were written on, or the one it was merged into; those
 * of removed segments are hidden until the segments are back.
 */
export async function notesOf(
  em: EntityManager,
  draftId: string,
  segments: readonly Home[],
): Promise<NoteView[]> {
  const notes = await em.find(NoteEntity, { draftId }, { orderBy: { id: 'desc' } })
  const homes = homesOf(segments)
  return notes.flatMap((note) => {
    const segmentId = homes.get(note.segmentId)
    return segmentId === undefined ? [] : [viewOf(note, segmentId)]
  })
}

/** The pending proposals, at most one per segment. */
export async function proposalsOf(
  em: EntityManager,
  draftId: string,
  segments: readonly Pick<Segment, 'id' | 'text'>[],
): Promise<ProposalView[]> {
  const open = await em.find(ProposalEntity, { draftId, state: 'open' }, { orderBy: { id: 'asc' } })
  const texts = new Map(segments.map(({ id, text }) => [id, text]))
  return open.flatMap(({ id, segmentId, instruction, textBefore, textAfter, authorName, provider }) => {
    const now = texts.get(segmentId)
    // If a person has written the same text anyway, there is nothing left to decide.
    if (now === undefined || now === textAfter) return []
    const isStale = now !== textBefore
    return [{ id, segmentId, instruction, text: textAfter, authorName, provider, isStale }]
  })
}

/** A note, as one person sees it. */
export type ListedNote = NoteView & { isOwn: boolean }

/** All notes of a segment, newest first, and its position, from 1. @throws UserError if the workspace has no such segment. */
export async function notesOfSegment(
  core: Core,
  { workspace, draftId, actor }: EditScope,
  segmentId: number,
): Promise<{ place: number; notes: ListedNote[] }> {
  const place = await placeOfSegment(core, workspace, draftId, segmentId)
  const notes = await notesSeenBy(core, draftId, actor)
  return { place, notes: notes.filter((note) => note.segmentId === segmentId) }
}

/** All notes of a draft, as one person sees them, newest first. */
export async function notesSeenBy(core: Core, draftId: string, { id }: Actor): Promise<ListedNote[]> {
  const em = core.db.fork()
  const notes = await notesOf(em, draftId, await placesIn(em, draftId))
  const own = await em.find(NoteEntity, { draftId, authorId: id }, { fields: ['id'] })
  const ids = new Set(own.map(({ id }) => id))
  return notes.map((note) => ({ ...note, isOwn: ids.has(note.id) }))
}

/** A segment's position, from 1, whatever the draft's status. @throws UserError if the workspace has no such segment. */
export async function placeOfSegment(
  core: Core,
  workspace: string,
  draftId: string,
  segmentId: number,
): Promise<number> {
  const [row]: { segment_index: number }[] = await core.db.fork().execute(
    `select s.segment_index from draft_segments s join drafts d on d.draft_id = s.draft_id
       where s.id = ? and d.draft_id = ? and d.workspace = ?`,
    [segmentId, draftId, workspace],
  )
  if (!row) throw new UserError('segment_not_found')
  return row.segment_index + 1
}

/** The ids of the segments at these positions, from 1. @throws UserError for a position without a segment. */
export async function segmentsAt(core: Core, draftId: string, places: readonly number[]): Promise<number[]> {
  const segments = await placesIn(core.db.fork(), draftId)
  return places.map((place) => {
    const found = segments[place - 1]
    if (!found)
      throw new UserError('no_such_segment', {
        field: 'segment',
        place: String(place),
        total: segments.length,
      })
    return found.id
  })
}

/** A draft's segments in order, with only what is needed to find their notes. */
export async function placesIn(em: EntityManager, draftId: string): Promise<Home[]> {
  const rows: { id: number; merged_from: string }[] = await em.execute(
    'select id, merged_from from draft_segments where draft_id = ? order by segment_index',
    [draftId],
  )
  return rows.map(({ id, merged_from: mergedFrom }) => ({ id, mergedFrom }))
}

/** The segment that shows what belongs to a given segment. */
export function homesOf(segments: readonly Home[]): Map<number, number> {
  const merged = segments.flatMap(({ id, mergedFrom }) =>
    mergedFrom
      .split(' ')
      .filter((word) => word !== '')
      .map((word): [number, number] => [Number(word), id]),
  )
  // An existing segment shows its own.
  return new Map([...merged, ...segments.map(({ id }): [number, number] => [id, id])])
}

function viewOf({ id, text, authorName, createdAt, resolvedAt, resolvedByName }: Note, segmentId: number) {
  return {
    ...{ id, segmentId, text, authorName, createdAt },
    resolvedByName: resolvedAt === null ? null : (resolvedByName ?? ''),
  }
}
