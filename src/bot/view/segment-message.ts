import { isComplete } from '../../core/draft/completeness.ts'
import { segmentDuration } from '../../core/draft/duration.ts'
import type { DraftView, NoteView, ProposalView, SegmentView } from '../../core/model/read-models.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { providerName } from '../words/provider-name.ts'
import { encodeAction, type Verb } from './action-id.ts'
import { beingMade, compactSegment, isShownCompact } from './compact-segment.ts'
import { noteBlocks, proposalBlocks } from './notes.ts'
import { shorten } from './shorten.ts'
import type { Block, Button, FileRef, Inline, Menu, MessageView } from './types.ts'

export interface SegmentContext {
  draft: DraftView
  /** Number of segments in the draft. */
  total: number
  /** Positions (from 1) of other segments that show the same footage. */
  sameFootage: number[]
  /** Positions of the segments that show footage that would fit its search better than its own. */
  betterShownBy: number[]
  /** Characters of its text that no font has, which the video leaves out. */
  unshown: readonly string[]
  /** Why its clip could not be rendered ahead, if it failed. */
  clipProblem: string | null
  /** Its clip or a still of its footage, once there is one. */
  preview: FileRef | null
  /** True if messages can't hold a playable clip, so a button has to post it. */
  needsPlayButton: boolean
  /** True if a script service can rewrite a text. */
  canRewrite: boolean
  /** Its notes, newest first, and the suggestion that awaits a decision. */
  notes: readonly NoteView[]
  proposal: ProposalView | null
}

/** Maximum characters of a narration in its message; the form has the full text. */
const SHOWN_NARRATION = 1200

/** The message of one segment: in full, or in a long draft just what identifies it. */
export function segmentMessage(segment: SegmentView, context: SegmentContext, words: Words): MessageView {
  const place = segment.segmentIndex + 1
  const stored = [segment.voiceError, segment.footageError].filter((failure) => failure !== null)
  // Both may say the same, for example that they were cancelled.
  const problems = [...new Set(stored.map((failure) => failureText(words, failure)))]
  const retry = problems.length > 0 ? 'retry_assets' : context.clipProblem === null ? null : 'retry_ahead'
  if (context.clipProblem !== null)
    problems.push(words.segment.clipFailed(failureText(words, context.clipProblem)))
  const isCompact = isShownCompact(context.total)
  return {
    summary: words.segment.preview(place, shorten(segment.text, 100)),
    tone: problems.length > 0 ? 'bad' : 'neutral',
    ...(isCompact && { isCompact }),
    blocks: [
      ...(isCompact ? [compactSegment(segment, context, words)] : whole(segment, context, words)),
      ...problems.map((sentence): Block => ({ type: 'text', text: [{ italic: sentence }] })),
      ...unshown(context.unshown, words),
      ...(isCompact ? [] : betterMatch(context.betterShownBy, words)),
      ...(isCompact ? [] : note(segment, context.sameFootage, words)),
      ...proposalBlocks(segment, context, words),
      ...noteBlocks(segment, context.notes, words),
      ...controls(segment, context, retry, words),
    ],
  }
}

function whole(segment: SegmentView, { total, preview }: SegmentContext, words: Words): Block[] {
  const coming = beingMade(segment, words)
  return [
    {
      type: 'text',
      text: [{ bold: words.segment.heading(segment.segmentIndex + 1, total) }, ...length(segment, words)],
    },
    { type: 'quote', text: shorten(segment.text, SHOWN_NARRATION) },
    { type: 'text', text: labels(segment, words) },
    ...(preview ? [{ type: 'files' as const, files: [preview] }] : []),
    ...(coming.length > 0 ? [{ type: 'note' as const, text: coming.join(' ') }] : []),
  ]
}

function length(segment: SegmentView, words: Words): Inline[] {
  const seconds = segmentDuration(segment)
  return seconds === null ? [] : [` · ${words.seconds(seconds)}`]
}

function labels(segment: SegmentView, words: Words): Inline[] {
  const parts: Inline[] = [
    { bold: words.segment.search },
    `: ${shorten(segment.imageSearchQuery, 300) || '–'}`,
  ]
  if (segment.keyword !== '') parts.push(' · ', { bold: words.segment.keyword }, `: ${segment.keyword}`)
  return parts
}

function unshown(characters: readonly string[], words: Words): Block[] {
  if (characters.length === 0) return []
  return [{ type: 'text', text: [{ italic: words.segment.unshown(shorten(characters.join(', '), 200)) }] }]
}

function betterMatch(places: number[], words: Words): Block[] {
  if (places.length === 0) return []
  return [{ type: 'text', text: [{ italic: words.segment.betterShownBy(places.join(', ')) }] }]
}

function note(segment: SegmentView, sameFootage: number[], words: Words): Block[] {
  const parts: Inline[] = []
  const { videoAuthor, videoProvider, videoPageUrl } = segment
  if (segment.videoLocalPath !== null && videoProvider !== null) {
    const credit = videoAuthor
      ? words.segment.footageBy(videoAuthor, providerName(words, videoProvider))
      : words.segment.footageFrom(providerName(words, videoProvider))
    parts.push(videoPageUrl ? { link: videoPageUrl, label: credit } : credit)
    if (sameFootage.length > 0) parts.push(` · ${words.segment.sameFootage(sameFootage.join(', '))}`)
  }
  if (segment.editedByName !== null) {
    if (parts.length > 0) parts.push(' · ')
    parts.push(words.segment.editedBy(segment.editedByName))
  }
  return parts.length === 0 ? [] : [{ type: 'note', text: parts }]
}

function controls(
  segment: SegmentView,
  { draft, total, canRewrite, needsPlayButton }: SegmentContext,
  retry: Verb | null,
  words: Words,
): Block[] {
  const { buttons: labels } = words
  const isCompact = isShownCompact(total)
  const action = (verb: Verb) => encodeAction(verb, draft.draftId, segment.id, segment.version)
  const play: Button[] =
    (needsPlayButton || isCompact) && isComplete(segment)
      ? [{ action: action('play'), label: labels.play }]
      : []
  if (draft.status === 'converting' || draft.status === 'finalized')
    return play.length > 0 ? [{ type: 'buttons', buttons: play }] : []
  const assets = [
    { action: action('footage'), label: labels.footage },
    { action: action('revoice'), label: labels.revoice },
  ]
  const buttons: Button[] = [
    { action: action('edit_form'), label: labels.edit, ...(!isCompact && { style: 'primary' }) },
    ...(isCompact ? [] : assets),
    ...play,
    ...(retry ? [{ action: action(retry), label: labels.retry, style: 'success' as const }] : []),
  ]
  const isLast = segment.segmentIndex === total - 1
  const menu: Menu = {
    id: encodeAction('dismiss', draft.draftId, segment.id),
    label: labels.more,
    items: [
      ...(isCompact ? assets : []),
      ...(total > 1 ? [{ action: action('move_form'), label: labels.moveTo }] : []),
      { action: action('insert_form'), label: labels.insertAfter },
      { action: action('note_form'), label: labels.note },
      { action: action('split'), label: labels.split },
      ...(isLast ? [] : [{ action: action('merge'), label: labels.merge }]),
      ...(canRewrite ? [{ action: action('rewrite_form'), label: labels.rewrite }] : []),
      ...(segment.segmentIndex > 0 ? [{ action: action('move_up'), label: labels.moveUp }] : []),
      ...(isLast ? [] : [{ action: action('move_down'), label: labels.moveDown }]),
      ...(total > 1 ? [{ action: action('remove'), label: labels.remove }] : []),
    ],
    whole: encodeAction('whole_menu', draft.draftId, segment.id),
  }
  return [
    { type: 'buttons', buttons },
    { type: 'menu', menu },
  ]
}
