import type { DraftView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { encodeAction, type Verb } from './action-id.ts'
import { approvalLines } from './approvals.ts'
import type { Shown, ShownVideo } from './shown.ts'
import type { Block, Button, Inline, MessageView } from './types.ts'
import { filmButtons } from './video-message.ts'

/**
 * The last message of a thread, with the actions for the whole draft, where people end up after looking through it. It contains
 * nothing that changes often, because each change costs an edit: progress is shown at the top.
 * @param top the top message's address; null if it has none.
 */
export function controlsMessage(
  shown: Shown,
  draft: DraftView,
  top: string | null,
  words: Words,
): MessageView {
  const { tone, sentence } = stateOf(shown, draft, words)
  const isOpen = draft.status === 'editing' || draft.status === 'assets_ready'
  const approvals = isOpen ? approvalLines(shown.approvals, words) : []
  return {
    summary: sentence,
    tone,
    blocks: [
      { type: 'text', text: [{ bold: sentence }] },
      ...(approvals.length === 0 ? [] : [{ type: 'text' as const, text: approvals.join('\n') }]),
      ...(isOpen ? [{ type: 'note' as const, text: lookOf(draft, words) }] : []),
      ...(shown.uploadsTo === null
        ? []
        : [{ type: 'note' as const, text: words.controls.uploads(shown.uploadsTo) }]),
      ...controlRows(shown, draft, words),
      ...topLink(top, words),
    ],
  }
}

/** The buttons of a finished draft and the link to its top, below the line saying that it is finished. */
export function finishedControls(
  draft: DraftView,
  video: ShownVideo | null,
  top: string | null,
  words: Words,
): Block[] {
  return [...finishedRows(draft, video, words), ...topLink(top, words)]
}

/** Format, captions and music, as a render will use them. */
export function lookOf(draft: DraftView, words: Words): string {
  const template = words.template[draft.template] ?? draft.template
  const music = draft.musicEnabled
    ? words.draft.music(words.mood[draft.musicMood], draft.musicVolume)
    : words.noMusic
  return [words.format[draft.format], words.draft.captions(template), music].join(' · ')
}

/** The draft's state, as a sentence. */
export function stateOf(
  { ready, approvals }: Shown,
  { status }: DraftView,
  { controls, status: names }: Words,
): { tone: MessageView['tone']; sentence: string } {
  if (status === 'finalized') return { tone: 'good', sentence: names.finalized }
  if (status === 'converting') return { tone: 'busy', sentence: controls.rendering }
  if (ready.isReady) return { tone: 'good', sentence: names.assets_ready }
  const { why } = ready
  // A render that needs approvals is refused even before there is something to approve.
  const sentences =
    approvals.needed === 0
      ? controls
      : { ...controls, making: controls.makingToApprove, missing: controls.missingToApprove }
  return { tone: why === 'making' ? 'busy' : 'neutral', sentence: sentences[why] }
}

function controlRows(shown: Shown, draft: DraftView, words: Words): Block[] {
  const { buttons } = words
  const button = (verb: Verb, label: string, rest: Partial<Button> = {}): Button => ({
    action: encodeAction(verb, draft.draftId),
    label,
    ...rest,
  })
  if (draft.status === 'converting')
    return row([
      button('cancel', buttons.cancel, { style: 'danger' }),
      studio(draft, words),
      more(draft, words),
    ])
  if (draft.status === 'finalized') return finishedRows(draft, shown.video, words)
  const { film } = shown.approvals
  return [
    ...row([
      button('render', buttons.render, { style: shown.ready.isReady ? 'success' : 'secondary' }),
      button('watch', buttons.watch),
      // While something is missing, nobody can have seen what they would approve.
      ...(film === 0
        ? []
        : [{ action: encodeAction('approve', draft.draftId, 0, film), label: buttons.approve }]),
      studio(draft, words),
    ]),
    ...row([
      button('undo', buttons.undo, { disabled: !shown.canUndo }),
      button('redo', buttons.redo, { disabled: !shown.canRedo }),
      button('look_form', buttons.changeLook),
      more(draft, words),
    ]),
  ]
}

/** A single row if everything fits. */
function finishedRows(draft: DraftView, video: ShownVideo | null, words: Words): Block[] {
  const film = filmButtons(draft, video, words)
  const rest = [studio(draft, words), more(draft, words)]
  return film.length + rest.length > ROW ? [...row(film), ...row(rest)] : row([...film, ...rest])
}

/** Buttons that fit in one row on every platform. */
const ROW = 5

function row(buttons: Button[]): Block[] {
  return [{ type: 'buttons', buttons }]
}

/** Gives the person a link to the draft's page in the browser. */
export function studio({ draftId }: DraftView, { buttons }: Words): Button {
  return { action: encodeAction('studio', draftId), label: buttons.studio }
}

/** Opens the rarely used actions, for the person who asks. */
function more({ draftId }: DraftView, { buttons }: Words): Button {
  return { action: encodeAction('about', draftId), label: buttons.about }
}

function topLink(top: string | null, { controls }: Words): Block[] {
  if (top === null) return []
  const text: Inline[] = [{ link: top, label: controls.toTop }]
  return [{ type: 'note', text }]
}
