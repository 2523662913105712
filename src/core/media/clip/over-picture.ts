import type { Format } from '../../model/formats.ts'
import type { Span } from '../captions/ass-events.ts'
import type { Caption } from '../captions/captions.ts'
import { driftEvents } from '../captions/drift.ts'
import { cardEvents } from '../captions/end-card.ts'
import { foregroundEvents } from '../captions/foreground.ts'
import { iconEvents } from '../captions/icon.ts'
import { letteringEvents } from '../captions/lettering.ts'
import { letteringWindow } from '../captions/lettering-window.ts'
import { spokenFrames } from '../captions/segment-captions.ts'
import type { Overlay, RenderSegment } from '../types.ts'

interface Shown {
  captions: readonly Caption[]
  /** The clip's shots, in frames, excluding an end card. */
  shots: readonly Span[]
  /** All frames of the clip. */
  frames: number
}

/**
 * The ASS events for everything shown over a clip's footage, below its captions. For a bare clip, only the parts of the drawn
 * picture itself.
 */
export function eventsOver(
  segment: RenderSegment,
  { format, isBare = false }: { format: Format; isBare?: boolean | undefined },
  { captions, shots, frames }: Shown,
): string[] {
  const { overlay, endCard } = segment
  const spoken = spokenFrames(segment)
  // The picture fades to another one at the end.
  const turns = segment.ending !== undefined && !isBare
  const picture = (of: Overlay, until: number) => [
    ...driftEvents(of, format, until),
    ...foregroundEvents(of, format, lasting(shots, until), turns),
  ]
  if (isBare) return overlay ? picture(overlay, frames) : []
  const words = overlay ? letteringWindow(overlay.lettering, captions, spoken) : null
  return [
    ...(overlay ? picture(overlay, spoken) : []),
    ...(overlay && words ? letteringEvents(overlay, format, spoken, words) : []),
    ...(overlay ? iconEvents(overlay, format, spoken, words) : []),
    ...(endCard ? cardEvents(endCard, format, frames) : []),
  ]
}

/** The same shots, with the last one extended for as long as the picture is visible. */
function lasting(shots: readonly Span[], until: number): Span[] {
  return shots.map((shot, index) => (index === shots.length - 1 ? { ...shot, to: until } : shot))
}
