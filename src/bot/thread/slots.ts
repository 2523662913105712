import { isComplete } from '../../core/draft/completeness.ts'
import { unshownIn } from '../../core/media/captions/caption-text.ts'
import { captionFont } from '../../core/media/captions/fonts.ts'
import { templateOf } from '../../core/media/captions/templates.ts'
import { hashOf } from '../../core/media/store/hash.ts'
import type { Draft } from '../../db/entities/draft.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { controlsMessage, finishedControls } from '../view/controls.ts'
import { draftMessage } from '../view/draft-message.ts'
import { segmentMessage } from '../view/segment-message.ts'
import type { Previews } from '../view/shown.ts'
import type { MessageView } from '../view/types.ts'
import { readyMessage } from '../view/video-message.ts'
import type { Words } from '../words/index.ts'
import { readySlot, type ShownFilm } from './film.ts'
import type { LoadedDraft } from './load-shown.ts'

export interface Slot {
  name: string
  view: MessageView
  /**
   * A hash of everything else while a part is still being made. Voice and footage arrive separately and each would cost an
   * edit, so the message is left alone until everything is there or the rest changes.
   */
  awaiting?: string
  /** If something is below the message, post it again at the end instead of editing it. */
  staysLast?: boolean
  /** A view that the message may keep showing for now: a render only takes away buttons, and their actions are refused anyway. */
  instead?: MessageView
}

/** Number of steps in which the progress of assets is shown. */
const ASSET_STEPS = 4

/** The slot of the last message. */
export const CONTROLS = 'controls'

export function segmentSlot({ segmentIndex }: Pick<Segment, 'segmentIndex'>): string {
  return `segment:${segmentIndex}`
}

/** The position of a segment in a slot's name, or null for other slots. */
export function segmentPosition(name: string): number | null {
  return name.startsWith('segment:') ? Number(name.slice('segment:'.length)) : null
}

function isOnTheWay(draft: Draft, segment: Segment): boolean {
  const failed = segment.voiceError !== null || segment.footageError !== null
  return draft.status === 'editing' && !failed && !isComplete(segment)
}

/** Hash of everything people have written in a segment and said about it, and of its position. */
function restOf(
  { id, text, imageSearchQuery, keyword, duration }: Segment,
  total: number,
  said: readonly object[],
): string {
  return hashOf([id, text, imageSearchQuery, keyword, duration, total, ...said]).slice(0, 16)
}

function showsSame(one: Segment, other: Segment): boolean {
  return (
    one.videoLocalPath !== null && one.videoProvider === other.videoProvider && one.videoId === other.videoId
  )
}

/**
 * Numbers (from 1) of the segments that show the candidates ranked above this segment's footage. Empty if one of those
 * candidates is unused: then a person chose the footage, or the candidate couldn't be fetched.
 */
function betterShownBy(segment: Segment, segments: readonly Segment[]): number[] {
  if (segment.videoLocalPath === null) return []
  const { candidates, videoProvider, videoId } = segment
  const own = candidates.findIndex(({ provider, id }) => provider === videoProvider && id === videoId)
  const before = candidates.slice(0, Math.max(0, own)).filter(({ provider }) => provider !== videoProvider)
  const shownBy = before.map(({ provider, id }) =>
    segments.filter(
      (other) => other.id !== segment.id && other.videoProvider === provider && other.videoId === id,
    ),
  )
  if (shownBy.some((others) => others.length === 0)) return []
  return [...new Set(shownBy.flat().map(({ segmentIndex }) => segmentIndex + 1))].sort((a, b) => a - b)
}

/** The characters of a segment's words that no font has; the keyword is only visible in drawn footage. */
function unshownOf({ template }: Draft, { text, keyword, videoProvider }: Segment): string[] {
  const font = captionFont(templateOf(template).weight)
  const seen = videoProvider === 'drawn' ? `${text}\n${keyword}` : text
  return unshownIn(seen, font)
}

export interface SlotOptions {
  previews: Previews
  needsPlayButton: boolean
  canRewrite: boolean
  /** Where the finished video is; null if there is none yet. */
  film: ShownFilm | null
  /** Whether the top message is the one in the channel, and so shows the video. */
  filmIsOnTop: boolean
  /** Whether a message announces the finished video and links to it. */
  isReadySaid: boolean
  /** The address of the top message; null if it has none. */
  top: string | null
}

/**
 * The messages of a thread, top to bottom. A segment's message belongs to its position, not to the segment: platforms
 * cannot move messages, so after a move two positions change what they show, and the order is right by construction.
 */
export function threadSlots(shown: LoadedDraft, options: SlotOptions, words: Words): Slot[] {
  const { draft, segments } = shown
  const film = options.filmIsOnTop ? options.film : null
  const top = draftMessage(shown, words, film)
  const slots: Slot[] = [
    { name: 'top', view: top, ...(draft?.status === 'editing' && { awaiting: stepOf(top) }) },
  ]
  if (!draft) return slots
  for (const segment of segments) {
    const context = {
      draft,
      total: segments.length,
      sameFootage: segments
        .filter((other) => other.id !== segment.id && showsSame(other, segment))
        .map(({ segmentIndex }) => segmentIndex + 1),
      betterShownBy: betterShownBy(segment, segments),
      unshown: unshownOf(draft, segment),
      clipProblem: shown.clipProblems.find(({ segmentId }) => segmentId === segment.id)?.reason ?? null,
      preview: options.previews.get(segment.id) ?? null,
      needsPlayButton: options.needsPlayButton,
      canRewrite: options.canRewrite,
      notes: shown.notes.filter(({ segmentId }) => segmentId === segment.id),
      proposal: shown.proposals.find(({ segmentId }) => segmentId === segment.id) ?? null,
    }
    const slot: Slot = { name: segmentSlot(segment), view: segmentMessage(segment, context, words) }
    if (isOnTheWay(draft, segment)) {
      const said = [...context.notes, ...(context.proposal ? [context.proposal] : [])]
      slot.awaiting = restOf(segment, segments.length, said)
    }
    if (draft.status === 'converting') {
      const before = { ...context, draft: { ...draft, status: 'assets_ready' as const } }
      slot.instead = segmentMessage(segment, before, words)
    }
    slots.push(slot)
  }
  return [...slots, ...lastSlot(shown, draft, options, words)]
}

/** While assets are made: a hash of everything a message says, with its progress in steps, because each edit is a call. */
function stepOf({ blocks, ...view }: MessageView): string {
  const steps = blocks.map((block) =>
    block.type === 'progress' ? Math.floor(block.fraction * ASSET_STEPS) : block,
  )
  return hashOf(['top', view, steps]).slice(0, 32)
}

/** The controls of the draft; for a finished draft, the message that says the video is ready, if it links to the video. */
function lastSlot(
  shown: LoadedDraft,
  draft: Draft,
  { film, isReadySaid, top }: SlotOptions,
  words: Words,
): Slot[] {
  const isFinished = draft.status === 'finalized'
  if (isFinished && shown.video && film?.isInChannel) {
    const ready = readyMessage(draft, shown.video, { link: film.link, sent: null }, words)
    const view = { ...ready, blocks: [...ready.blocks, ...finishedControls(draft, shown.video, top, words)] }
    return [{ name: readySlot(shown.video.job.jobId), view }]
  }
  if (isFinished && isReadySaid) return []
  return [{ name: CONTROLS, view: controlsMessage(shown, draft, top, words), staysLast: !isFinished }]
}
