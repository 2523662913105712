import type { Overlay } from '../../../media/types.ts'
import type { Format } from '../../../model/formats.ts'
import { FORMATS } from '../../../model/formats.ts'
import { darker, hex, mix, PALETTE_COUNT, type Palette, paletteFor } from './palette.ts'
import { hash32 } from './random.ts'

/** The end of an id of artwork without words in it. Artwork of the first versions has its keyword painted in. */
export const PLAIN = '-plain'

/** Whether a picture holds no words, so that any part of it can be shown alone. */
export function isPlain(id: string): boolean {
  return id.endsWith(PLAIN)
}

/** The palette that all artwork of a draft has in common. */
export function paletteOf(seed: string): Palette {
  return paletteFor(hash32(seed, 'palette') % PALETTE_COUNT)
}

/** What moves over artwork at a pace of its own, in the colours of its draft. */
export function overlayOf(seed: string, format: Format, id: string, keyword: string): Overlay {
  const palette = paletteOf(seed)
  const { width, height } = FORMATS[format]
  // Wide pictures have their light on the right, so the words are on the left.
  const isCentred = width <= height && hash32(seed, 'alignment') % 3 === 0
  return {
    lettering: keyword,
    align: isCentred ? 'centre' : 'left',
    number: hash32(seed, id),
    colours: {
      letters: hex(mix(palette.light, [1, 0, 0], 0.45)),
      accent: hex(palette.accent),
      shade: hex(darker(palette.deep, 0.6)),
      light: hex(mix(palette.light, palette.accent, 0.35)),
    },
  }
}
