import { type Draft, DraftEntity } from '../../../db/entities/draft.ts'
import { type Note, NoteEntity } from '../../../db/entities/note.ts'
import type { EntityManager } from '../../../db/types.ts'
import { UserError } from '../../model/errors.ts'
import { LIMITS } from '../../model/limits.ts'
import { cleaned, type TextSource } from '../../model/text/clean.ts'
import { recordAct } from '../audit.ts'
import type { Core } from '../core.ts'
import type { EditScope } from '../scope.ts'
import { cleanText } from '../validate.ts'
import { homesOf, placesIn } from './read-notes.ts'

/**
 * Adds a note to a segment, whatever the draft's status, because notes don't change the film.
 * @param source the origin of its text.
 * @returns its id. @throws UserError for an invalid text, too many notes, or an unknown segment.
 */
export async function addNote(
  core: Core,
  scope: EditScope,
  segmentId: number,
  typed: string,
  source: TextSource = 'typed',
): Promise<number> {
  const text = requireNote(typed, source)
  return onNotes(core, scope, async (em, draft, now) => {
    const { draftId, actor } = scope
    const homes = homesOf(await placesIn(em, draftId))
    if (homes.get(segmentId) !== segmentId) throw new UserError('segment_not_found')
    await requireRoom(em, draftId, segmentId, homes)
    const id = await em.insert(NoteEntity, {
      ...{ draftId, segmentId, text, authorId: actor.id, authorName: actor.name },
      ...{ resolvedById: null, resolvedByName: null, resolvedAt: null, createdAt: now },
    })
    await recordAct(em, 'note_added', aboutOf(draft, scope, now), { note: id, segment: segmentId })
    return id
  })
}

/** Resolves a note or, with `isResolved` false, reopens it. Idempotent. */
export async function resolveNote(
  core: Core,
  scope: EditScope,
  noteId: number,
  isResolved: boolean,
): Promise<Note> {
  return onNotes(core, scope, async (em, draft, now) => {
    const note = await findNote(em, scope.draftId, noteId)
    const { id, name } = scope.actor
    const changed = await em.nativeUpdate(
      NoteEntity,
      { id: noteId, resolvedAt: isResolved ? null : { $ne: null } },
      isResolved
        ? { resolvedAt: now, resolvedById: id, resolvedByName: name }
        : { resolvedAt: null, resolvedById: null, resolvedByName: null },
    )
    if (changed === 1)
      await recordAct(em, isResolved ? 'note_resolved' : 'note_reopened', aboutOf(draft, scope, now), {
        ...{ note: noteId, segment: note.segmentId },
      })
    return note
  })
}

/** Deletes the person's own note. @throws UserError if it is someone else's. */
export async function deleteNote(core: Core, scope: EditScope, noteId: number): Promise<Note> {
  return onNotes(core, scope, async (em, draft, now) => {
    const note = await findNote(em, scope.draftId, noteId)
    if (note.authorId !== scope.actor.id) throw new UserError('note_not_yours')
    await em.nativeDelete(NoteEntity, { id: noteId })
    const facts = { note: noteId, segment: note.segmentId }
    await recordAct(em, 'note_deleted', aboutOf(draft, scope, now), facts)
    return note
  })
}

/** Records a change that isn't part of the film: it makes no revision, but keeps the draft from expiring. */
export async function onNotes<T>(
  core: Core,
  { workspace, draftId }: EditScope,
  work: (em: EntityManager, draft: Draft, now: Date) => Promise<T>,
): Promise<T> {
  const result = await core.db.transaction(async (em) => {
    const now = core.clock()
    const draft = await em.findOne(DraftEntity, { draftId, workspace }, { exclude: ['contentPlanJson'] })
    if (!draft) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
    const done = await work(em, draft as Draft, now)
    await em.nativeUpdate(DraftEntity, { draftId }, { updatedAt: now, expiryNoticeAt: null })
    return done
  })
  core.events.changed(draftId)
  return result
}

export function aboutOf(draft: Draft, { draftId, actor }: EditScope, now: Date) {
  return { place: draft, draftId, actor, now }
}

function requireNote(typed: string, source: TextSource): string {
  // A message's text is first cleaned as such; a form's text contains less markup.
  const text = cleanText('note', source === 'typed' ? typed : cleaned(typed, source), LIMITS.note.text)
  if (text === '') throw new UserError('text_empty', { field: 'note' })
  return text
}

async function requireRoom(
  em: EntityManager,
  draftId: string,
  segmentId: number,
  homes: ReadonlyMap<number, number>,
): Promise<void> {
  const { ofSegment, ofDraft } = LIMITS.note
  if ((await em.count(NoteEntity, { draftId })) >= ofDraft)
    throw new UserError('too_many_notes', { max: ofDraft, where: 'draft' })
  const shownThere = [...homes].filter(([, home]) => home === segmentId).map(([id]) => id)
  if ((await em.count(NoteEntity, { draftId, segmentId: { $in: shownThere } })) >= ofSegment)
    throw new UserError('too_many_notes', { max: ofSegment, where: 'segment' })
}

async function findNote(em: EntityManager, draftId: string, id: number): Promise<Note> {
  const note = await em.findOne(NoteEntity, { id, draftId })
  if (!note) throw new UserError('note_not_found')
  return note
}
