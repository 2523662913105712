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
  /** Frames of the clip, without a card behind it, in its shots. */
  shots: readonly Span[]
  /** All frames of the clip. */
  frames: number
}

/**
 * The events of an ASS script for what is seen over a clip's footage, below its captions. Of a bare clip, only what artwork
 * consists of.
 */
export function eventsOver(
  segment: RenderSegment,
  { format, isBare = false }: { format: Format; isBare?: boolean | undefined },
  { captions, shots, frames }: Shown,
): string[] {
  const { overlay, endCard } = segment
  const spoken = spokenFrames(segment)
  // The picture turns into another one at the end.
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

/** The same shots, the last of which lasts as long as the picture is seen. */
function lasting(shots: readonly Span[], until: number): Span[] {
  return shots.map((shot, index) => (index === shots.length - 1 ? { ...shot, to: until } : shot))
}
