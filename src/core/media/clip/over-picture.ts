import type { Format } from '../../model/formats.ts'
import type { Caption } from '../captions/captions.ts'
import { driftEvents } from '../captions/drift.ts'
import { cardEvents } from '../captions/end-card.ts'
import { foregroundEvents } from '../captions/foreground.ts'
import { iconEvents } from '../captions/icon.ts'
import { letteringEvents } from '../captions/lettering.ts'
import { letteringWindow } from '../captions/lettering-window.ts'
import { spokenFrames } from '../captions/segment-captions.ts'
import type { Overlay, RenderSegment } from '../types.ts'

/** The events of an ASS script for what is seen over a clip's footage besides its captions. Of a bare clip, what artwork consists of. */
export function eventsOver(
  segment: RenderSegment,
  { format, isBare = false }: { format: Format; isBare?: boolean | undefined },
  captions: readonly Caption[],
  frames: number,
): string[] {
  const { overlay, endCard } = segment
  if (isBare) return overlay ? pictureEvents(overlay, format, frames) : []
  return [
    ...(overlay ? overlayEvents(overlay, format, spokenFrames(segment), captions) : []),
    ...(endCard ? cardEvents(endCard, format, frames) : []),
  ]
}

/** What belongs to the picture of artwork, although it is drawn over it. */
function pictureEvents(overlay: Overlay, format: Format, frames: number): string[] {
  return [...driftEvents(overlay, format, frames), ...foregroundEvents(overlay, format, frames)]
}

function overlayEvents(
  overlay: Overlay,
  format: Format,
  frames: number,
  captions: readonly Caption[],
): string[] {
  const words = letteringWindow(overlay.lettering, captions, frames)
  return [
    ...pictureEvents(overlay, format, frames),
    ...(words ? letteringEvents(overlay, format, frames, words) : []),
    ...iconEvents(overlay, format, frames, words),
  ]
}
