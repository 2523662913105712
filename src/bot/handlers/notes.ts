import { addNote, deleteNote, resolveNote } from '../../core/draft/notes/notes.ts'
import { notesOfSegment, placeOfSegment, segmentsAt } from '../../core/draft/notes/read-notes.ts'
import type { Action } from '../view/action-id.ts'
import { noteForm, notesList, pageOf } from '../view/notes.ts'
import type { FormValues } from '../view/types.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** **Note**: opens the form. */
export async function openNoteForm(
  bot: Bot,
  request: Request,
  { draftId, segmentId }: Action,
): Promise<void> {
  const place = segmentId === 0 ? null : await placeOfSegment(bot.core, request.workspace, draftId, segmentId)
  await request.reply.openForm(noteForm({ draftId, segmentId, place }, request.words))
}

/** Its values. If it wasn't opened at a segment, it says which one it concerns. */
export async function saveNote(
  { core }: Bot,
  request: Request,
  action: Action,
  { note = '', segment = '' }: FormValues,
): Promise<true> {
  const scope = scopeOf(request, action)
  const typed = Number(/\d{1,6}/.exec(segment.normalize('NFKC'))?.[0] ?? 0)
  const [at] = action.segmentId === 0 ? await segmentsAt(core, action.draftId, [typed]) : [action.segmentId]
  await addNote(core, scope, at ?? 0, note)
  return true
}

/** **Resolve** under a segment, whose message shows the result. */
export async function resolveOnCard(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await resolveNote(bot.core, scopeOf(request, action), action.number, true)
  bot.threads.refresh(action.draftId)
}

/** **Notes**: all notes of a segment, shown only to this person. */
export async function showNotes(
  bot: Bot,
  request: Request,
  draftId: string,
  segmentId: number,
  page: number,
): Promise<void> {
  await request.reply.acknowledge()
  const found = await notesOfSegment(bot.core, scopeOf(request, { draftId }), segmentId)
  await request.reply.privately(notesList(found, { draftId, segmentId, page }, request.words))
}

/** **Resolve**, **Reopen** and **Delete** in that list, which is then updated. */
export async function changeInList(bot: Bot, request: Request, action: Action): Promise<void> {
  const { verb, draftId, segmentId, number } = action
  await request.reply.acknowledge()
  const scope = scopeOf(request, action)
  const { notes } = await notesOfSegment(bot.core, scope, segmentId)
  if (verb === 'note_delete') await deleteNote(bot.core, scope, number)
  else await resolveNote(bot.core, scope, number, verb === 'note_done')
  await showNotes(bot, request, draftId, segmentId, pageOf(notes, number))
  bot.threads.refresh(draftId)
}
