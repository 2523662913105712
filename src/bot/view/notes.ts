import type { ListedNote } from '../../core/draft/notes/read-notes.ts'
import { LIMITS } from '../../core/model/limits.ts'
import type { DraftView, NoteView, ProposalView, SegmentView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { providerName } from '../words/provider-name.ts'
import { encodeAction, type Verb } from './action-id.ts'
import { isShownCompact } from './compact-segment.ts'
import { shorten } from './shorten.ts'
import type { Block, Button, FormField, FormValues, FormView, Inline, MessageView } from './types.ts'

/** Maximum number of notes in a segment's message, and characters of each; a list has all of them. */
const SHOWN = { notes: 3, text: 200 }
/** Maximum characters of a suggestion and of its request in a segment's message. */
const SUGGESTION = { text: 1000, instruction: 100 }
/** Notes per page of the list: each has its full text and its own buttons, of which Discord accepts about forty in total. */
const PAGE = 5

/** The newest few notes in a segment's message, open ones first. */
export function noteBlocks(segment: SegmentView, notes: readonly NoteView[], words: Words): Block[] {
  if (notes.length === 0) return []
  const open = notes.filter(isOpen)
  const shown = [...open, ...notes.filter((note) => !isOpen(note))].slice(0, SHOWN.notes)
  const rest = notes.length - shown.length
  const [only, ...others] = open
  const act = (verb: Verb, number: number) => encodeAction(verb, segment.draftId, segment.id, number)
  // With several open notes, a button wouldn't say which one it concerns.
  const resolve: Button[] =
    only && others.length === 0
      ? [{ action: act('note_resolve', only.id), label: words.buttons.resolve, style: 'success' }]
      : []
  return [
    ...shown.map(
      (note): Block => ({
        type: isOpen(note) ? 'text' : 'note',
        text: [...whose(note, words), ` ${shorten(oneLine(note.text), SHOWN.text)}`],
      }),
    ),
    ...(rest > 0 ? [{ type: 'note' as const, text: words.notes.more(rest) }] : []),
    {
      type: 'buttons',
      buttons: [...resolve, { action: act('notes', 0), label: words.buttons.notes(notes.length) }],
    },
  ]
}

/** A suggested text for a segment, below the current one. */
export function proposalBlocks(
  segment: SegmentView,
  { draft, proposal, total }: { draft: DraftView; proposal: ProposalView | null; total: number },
  words: Words,
): Block[] {
  if (!proposal) return []
  const isCompact = isShownCompact(total)
  const { id, instruction, text, authorName, provider, isStale } = proposal
  const act = (verb: Verb) => encodeAction(verb, segment.draftId, segment.id, id)
  const asked = shorten(oneLine(instruction), SUGGESTION.instruction)
  const title = words.notes.suggestion(providerName(words, provider), authorName, asked)
  const isOpen = draft.status === 'editing' || draft.status === 'assets_ready'
  const { buttons } = words
  return [
    // A one-line card doesn't show everything that would be replaced.
    ...(isCompact ? [{ type: 'quote' as const, text: shorten(segment.text, SUGGESTION.text) }] : []),
    { type: 'text', text: [{ bold: title }] },
    { type: 'quote', text: shorten(text, SUGGESTION.text) },
    ...(isStale ? [{ type: 'text' as const, text: [{ italic: words.notes.stale }] }] : []),
    ...(isOpen
      ? [
          {
            type: 'buttons' as const,
            buttons: [
              { action: act('proposal_accept'), label: buttons.accept, style: 'success' as const },
              { action: act('proposal_form'), label: buttons.editSuggestion },
              { action: act('proposal_dismiss'), label: buttons.dismiss },
            ],
          },
        ]
      : []),
  ]
}

/** All notes of a segment, one page at a time, as one person sees them: people can only delete their own. */
export function notesList(
  { place, notes }: { place: number; notes: readonly ListedNote[] },
  about: { draftId: string; segmentId: number; page: number },
  words: Words,
): MessageView {
  const { draftId, segmentId } = about
  const page = Math.max(0, Math.min(about.page, Math.ceil(notes.length / PAGE) - 1))
  const act = (verb: Verb, number: number) => encodeAction(verb, draftId, segmentId, number)
  const title = words.notes.heading(place, notes.length)
  const { buttons } = words
  const pages: Button[] = [
    ...(page > 0 ? [{ action: act('notes', page - 1), label: words.notes.newer }] : []),
    ...((page + 1) * PAGE < notes.length
      ? [{ action: act('notes', page + 1), label: words.notes.older }]
      : []),
    { action: act('note_form', 0), label: buttons.writeNote },
  ]
  return {
    summary: title,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ bold: title }] },
      ...(notes.length === 0 ? [{ type: 'text' as const, text: words.notes.none }] : []),
      ...notes.slice(page * PAGE, (page + 1) * PAGE).flatMap((note): Block[] => [
        {
          type: 'text',
          text: [...whose(note, words), ' ', { time: note.createdAt, as: 'relative' }, `\n${note.text}`],
        },
        {
          type: 'buttons',
          buttons: [
            isOpen(note)
              ? { action: act('note_done', note.id), label: buttons.resolve, style: 'success' }
              : { action: act('note_reopen', note.id), label: buttons.reopenNote },
            ...(note.isOwn
              ? [
                  {
                    action: act('note_delete', note.id),
                    label: buttons.deleteNote,
                    style: 'danger' as const,
                  },
                ]
              : []),
          ],
        },
      ]),
      { type: 'buttons', buttons: pages },
    ],
  }
}

/** The list page that contains a note. */
export function pageOf(notes: readonly NoteView[], noteId: number): number {
  return Math.max(0, Math.floor(notes.findIndex(({ id }) => id === noteId) / PAGE))
}

/** A new note on the segment at a position, from 1; if that is null, the form asks for it. */
export function noteForm(
  { draftId, segmentId, place }: { draftId: string; segmentId: number; place: number | null },
  words: Words,
  typed: FormValues = {},
): FormView {
  const note: FormField = {
    ...{ type: 'text', id: 'note', label: words.form.noteText, value: typed.note ?? '' },
    ...{ maxLength: LIMITS.note.text, multiline: true, required: true },
  }
  const segment: FormField = {
    ...{ type: 'text', id: 'segment', label: words.form.segmentNumber, value: typed.segment ?? '' },
    ...{ maxLength: 5, required: true },
  }
  return {
    action: encodeAction('note', draftId, segmentId),
    title: place === null ? words.form.newNote : words.form.note(place),
    submit: words.form.save,
    fields: place === null ? [segment, note] : [note],
  }
}

/** A suggestion that can be changed before it is used. */
export function proposalForm(
  { draftId, id, segmentIndex }: Pick<SegmentView, 'draftId' | 'id' | 'segmentIndex'>,
  proposal: { id: number; text: string },
  words: Words,
  typed: FormValues = {},
): FormView {
  return {
    action: encodeAction('proposal', draftId, id, proposal.id),
    title: words.form.suggestion(segmentIndex + 1),
    submit: words.buttons.useThis,
    fields: [
      {
        ...{ type: 'text', id: 'text', label: words.form.narration, value: typed.text ?? proposal.text },
        ...{ maxLength: LIMITS.narration, multiline: true, required: true },
      },
    ],
  }
}

function isOpen({ resolvedByName }: NoteView): boolean {
  return resolvedByName === null
}

function whose({ authorName, resolvedByName }: NoteView, words: Words): Inline[] {
  if (resolvedByName === null) return [{ bold: words.notes.by(authorName) }]
  return [{ italic: words.notes.resolved(authorName, resolvedByName) }]
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}
