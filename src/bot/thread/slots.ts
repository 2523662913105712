import type { Segment } from '../../db/entities/segment.ts'
import { draftMessage } from '../view/draft-message.ts'
import { segmentMessage } from '../view/segment-message.ts'
import type { Previews, Shown } from '../view/shown.ts'
import type { MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'

export interface Slot {
  name: string
  view: MessageView
}

export function segmentSlot({ segmentIndex }: Pick<Segment, 'segmentIndex'>): string {
  return `segment:${segmentIndex}`
}

/** The place of a segment in a slot's name, or null for other slots. */
export function segmentPlace(name: string): number | null {
  return name.startsWith('segment:') ? Number(name.slice('segment:'.length)) : null
}

function showsSame(one: Segment, other: Segment): boolean {
  return (
    one.videoLocalPath !== null && one.videoProvider === other.videoProvider && one.videoId === other.videoId
  )
}

/**
 * The messages of a thread, top to bottom. A segment's message belongs to its place, not to the segment: platforms cannot
 * move messages, so after a move two places change what they show, and order is right by construction.
 */
export function threadSlots(
  shown: Shown,
  options: { previews: Previews; needsPlayButton: boolean; canRewrite: boolean },
  words: Words,
): Slot[] {
  const { draft, segments } = shown
  const slots: Slot[] = [{ name: 'top', view: draftMessage(shown, words) }]
  if (!draft) return slots
  for (const segment of segments) {
    const context = {
      draft,
      total: segments.length,
      sameFootage: segments
        .filter((other) => other.id !== segment.id && showsSame(other, segment))
        .map(({ segmentIndex }) => segmentIndex + 1),
      preview: options.previews.get(segment.id) ?? null,
      needsPlayButton: options.needsPlayButton,
      canRewrite: options.canRewrite,
    }
    slots.push({ name: segmentSlot(segment), view: segmentMessage(segment, context, words) })
  }
  return slots
}
