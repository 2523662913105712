import { createRequire } from 'node:module'
import path from 'node:path'
import * as fontkit from 'fontkit'

/** The weights of the bundled Pretendard font that templates use, and their names for libass. */
const WEIGHTS = {
  Medium: { family: 'Pretendard Medium', bold: false },
  SemiBold: { family: 'Pretendard SemiBold', bold: false },
  // Regular and Bold share the plain family name; libass picks the file by the style's bold flag.
  Bold: { family: 'Pretendard', bold: true },
  ExtraBold: { family: 'Pretendard ExtraBold', bold: false },
} as const

export type FontWeight = keyof typeof WEIGHTS

export interface CaptionFont {
  family: string
  bold: boolean
  /** libass's font size for one em: it scales by usWinAscent + usWinDescent (ass_font.c, ass_face_set_size). */
  sizePerEm: number
  /** The height of a capital letter, in em. */
  capHeight: number
  /** The distance from the middle of libass's line box down to the middle of the capital letters, in em. */
  capOffset: number
  has(codePoint: number): boolean
  /** Width in em, without kerning: libass's simple shaper, which both builds have, doesn't kern either. */
  width(text: string): number
}

/** The folder with the font files, for libass's `fontsdir`. */
export const FONT_FOLDER = path.join(
  path.dirname(createRequire(import.meta.url).resolve('pretendard/package.json')),
  'dist/public/static',
)

/** Part of every clip's cache key. */
export const FONT_VERSION = 'pretendard-1.3.9'

const loaded = new Map<FontWeight, CaptionFont>()

/** Opens a weight of the bundled font, and caches it because parsing takes a few milliseconds. */
export function captionFont(weight: FontWeight): CaptionFont {
  const known = loaded.get(weight)
  if (known) return known
  const font = openFont(weight)
  loaded.set(weight, font)
  return font
}

function openFont(weight: FontWeight): CaptionFont {
  const file = fontkit.openSync(path.join(FONT_FOLDER, `Pretendard-${weight}.otf`))
  if (!('glyphForCodePoint' in file)) throw new Error(`Pretendard ${weight} is not a single font.`)
  const { winAscent, winDescent } = file['OS/2']
  const em = file.unitsPerEm
  const advances = new Map<number, number>()
  const advance = (codePoint: number) => {
    const known = advances.get(codePoint)
    if (known !== undefined) return known
    const width = file.glyphForCodePoint(codePoint).advanceWidth / em
    advances.set(codePoint, width)
    return width
  }
  return {
    ...WEIGHTS[weight],
    sizePerEm: (winAscent + winDescent) / em,
    capHeight: file.capHeight / em,
    capOffset: (winAscent - winDescent - file.capHeight) / 2 / em,
    has: (codePoint) => file.hasGlyphForCodePoint(codePoint),
    width: (text) => {
      let width = 0
      for (const character of text) width += advance(character.codePointAt(0) ?? 0)
      return width
    },
  }
}
