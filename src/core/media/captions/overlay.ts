import type { Format } from '../../model/formats.ts'
import type { Overlay } from '../types.ts'
import type { Span } from './ass-events.ts'
import type { Caption } from './captions.ts'
import { driftEvents } from './drift.ts'
import { foregroundEvents } from './foreground.ts'
import { iconEvents } from './icon.ts'
import { letteringEvents } from './lettering.ts'
import { letteringWindow } from './lettering-window.ts'

interface OverlayRequest {
  overlay: Overlay
  format: Format
  /** Frames of the clip, without a card behind it, in its shots. */
  shots: readonly Span[]
  frames: number
  captions: readonly Caption[]
  /** True where the picture turns into another one at the end. */
  turns: boolean
}

/** The events of an ASS script for all that stands over footage that Rushes drew, and below the captions. */
export function overlayEvents({ overlay, format, shots, frames, captions, turns }: OverlayRequest): string[] {
  const words = letteringWindow(overlay.lettering, captions, frames)
  return [
    ...driftEvents(overlay, format, frames),
    ...foregroundEvents(overlay, format, shots, turns),
    ...(words ? letteringEvents(overlay, format, frames, words) : []),
    ...iconEvents(overlay, format, frames, words),
  ]
}
