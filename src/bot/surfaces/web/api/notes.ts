import { createRoute, z } from '@hono/zod-openapi'
import { addNote, deleteNote, resolveNote } from '../../../../core/draft/notes/notes.ts'
import { type ListedNote, notesSeenBy } from '../../../../core/draft/notes/read-notes.ts'
import type { Bot } from '../../../handlers/request.ts'
import { type WebApp, whoOf } from '../env.ts'
import type { Who } from '../who.ts'
import { answers, body, DraftParams, needs, SegmentParams, scopeOf, whole } from './routes.ts'

const Note = z
  .object({
    id: z.number().int(),
    segment_id: z.number().int(),
    text: z.string(),
    author: z.string(),
    created_at: z.string(),
    /** Null while open. */
    resolved_by: z.string().nullable(),
    is_own: z.boolean(),
  })
  .openapi('Note')
const Notes = z.array(Note)

const NewNote = z.strictObject({ text: z.string() })
const NoteChange = z.strictObject({ resolved: z.boolean() })
const NoteParams = DraftParams.extend({ note_id: whole(1) })

/** Notes on segments. Each response has all notes of the draft as they are then. */
export function addNotes(app: WebApp, bot: Bot): void {
  const { core } = bot
  const responses = answers(Notes, 'The draft’s notes, newest first')
  const notesOf = async (draftId: string, { actor }: Who) =>
    (await notesSeenBy(core, draftId, actor)).map(jsonOf)
  const list = createRoute({
    ...{ method: 'get', path: '/api/draft/{draft_id}/notes', tags: ['Notes'], ...needs(bot, 'see') },
    ...{ operationId: 'getNotes', summary: 'Notes on a draft’s segments' },
    ...{ request: { params: DraftParams }, responses },
  })
  app.openapi(list, async (context) => {
    const { draft_id } = context.req.valid('param')
    return context.json(await notesOf(draft_id, whoOf(context)), 200)
  })
  const about = { tags: ['Notes'], ...needs(bot, 'write'), responses }
  const add = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/segments/{segment_id}/notes', ...about },
    ...{ operationId: 'addNote', summary: 'Adds a note to a segment' },
    request: { params: SegmentParams, body: body(NewNote) },
  })
  app.openapi(add, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const who = whoOf(context)
    await addNote(core, scopeOf(who, draft_id), segment_id, context.req.valid('json').text)
    return context.json(await notesOf(draft_id, who), 200)
  })
  const path = '/api/draft/{draft_id}/notes/{note_id}' as const
  const resolve = createRoute({
    ...{ method: 'patch', path, ...about },
    ...{ operationId: 'resolveNote', summary: 'Resolves or reopens a note' },
    request: { params: NoteParams, body: body(NoteChange) },
  })
  app.openapi(resolve, async (context) => {
    const { draft_id, note_id } = context.req.valid('param')
    const who = whoOf(context)
    await resolveNote(core, scopeOf(who, draft_id), note_id, context.req.valid('json').resolved)
    return context.json(await notesOf(draft_id, who), 200)
  })
  const remove = createRoute({
    ...{ method: 'delete', path, ...about },
    ...{ operationId: 'deleteNote', summary: 'Deletes one of your own notes' },
    request: { params: NoteParams },
  })
  app.openapi(remove, async (context) => {
    const { draft_id, note_id } = context.req.valid('param')
    const who = whoOf(context)
    await deleteNote(core, scopeOf(who, draft_id), note_id)
    return context.json(await notesOf(draft_id, who), 200)
  })
}

function jsonOf({ id, segmentId, text, authorName, createdAt, resolvedByName, isOwn }: ListedNote) {
  return {
    ...{ id, segment_id: segmentId, text, author: authorName, created_at: createdAt.toISOString() },
    ...{ resolved_by: resolvedByName, is_own: isOwn },
  }
}
