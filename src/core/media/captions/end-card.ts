import { END_CARD, FORMATS, type Format, framesOf } from '../../model/formats.ts'
import type { EndCard } from '../types.ts'
import { drawing, event, roundedBox } from './ass-events.ts'
import { type Box, cardWords } from './lettering.ts'

/** The length of an end card in frames. */
export const CARD_FRAMES = framesOf(END_CARD)
/** The number of frames in which it fades in over the picture. */
export const CARD_COMES = 6

interface Layout {
  /** A logo's vertical centre above words and alone, and its maximum size, as fractions of width and height. */
  logo: { above: number; alone: number; width: number; height: number }
  /** The areas for words below a logo, and for words alone. */
  words: { below: Box; alone: Box }
}

const words = (side: number, top: number, bottom: number, largest: number): Box => ({
  ...{ left: side, right: 1 - side, top, bottom, maxLines: 3, largest },
})

/** They stay inside the area that players leave free in each format. */
const LAYOUTS: Record<Format, Layout> = {
  shorts: {
    logo: { above: 0.36, alone: 0.41, width: 0.56, height: 0.17 },
    words: { below: words(0.16, 0.49, 0.63, 0.092), alone: words(0.16, 0.33, 0.53, 0.12) },
  },
  landscape: {
    logo: { above: 0.36, alone: 0.48, width: 0.42, height: 0.3 },
    words: { below: words(0.16, 0.58, 0.82, 0.1), alone: words(0.16, 0.32, 0.66, 0.13) },
  },
  square: {
    logo: { above: 0.35, alone: 0.47, width: 0.6, height: 0.3 },
    words: { below: words(0.12, 0.56, 0.82, 0.1), alone: words(0.12, 0.32, 0.66, 0.12) },
  },
}

/** The ASS events for the end card of a clip, without its logo. */
export function cardEvents(
  { callToAction, logoFile, colours }: EndCard,
  format: Format,
  frames: number,
): string[] {
  const { width, height } = FORMATS[format]
  const from = frames - CARD_FRAMES
  const milliseconds = Math.round((CARD_COMES * 1000) / 30)
  const plate = drawing(roundedBox(0, 0, width, height, 0), colours.shade, 1, {
    more: `\\fad(${milliseconds},0)`,
  })
  const box = LAYOUTS[format].words[logoFile === null ? 'alone' : 'below']
  return [
    event('plate', from, frames, plate),
    ...cardWords(callToAction, colours, format, { from: from + CARD_COMES / 2, to: frames }, box),
  ]
}

/** The centre and maximum size of an end card's logo, in pixels. */
export function logoPlace({ callToAction }: EndCard, format: Format) {
  const { width, height } = FORMATS[format]
  const { logo } = LAYOUTS[format]
  const even = (pixels: number) => Math.round(pixels / 2) * 2
  return {
    x: Math.round(width / 2),
    y: Math.round(height * (callToAction === '' ? logo.alone : logo.above)),
    width: even(width * logo.width),
    height: even(height * logo.height),
  }
}
