import type { Icon, NearKind, Overlay } from '../../../media/types.ts'
import type { Format } from '../../../model/formats.ts'
import { FORMATS } from '../../../model/formats.ts'
import { ICON_SIDE, iconPaths, isIcon } from './icons.ts'
import { darker, hex, mix, PALETTE_COUNT, type Palette, paletteFor } from './palette.ts'
import { hash32 } from './random.ts'
import { isSceneKind, type SceneKind } from './scene-kinds.ts'

/** The suffix of the ids of artwork without words in it. Artwork from the first versions has its keyword painted in. */
const PLAIN = '-plain'

/** Whether a picture contains no words, so that any part of it can be shown alone. */
export function isPlain(id: string): boolean {
  return id.endsWith(PLAIN)
}

/**
 * What artwork shows in addition to its scene, as encoded in its id: `hills-0-1a2b3c4d-icon_coffee-plain`,
 * `…-flag_kr-plain`.
 */
export interface Sign {
  kind: 'icon' | 'flag'
  name: string
}

export function endOf(sign: Sign | null): string {
  return sign === null ? PLAIN : `-${sign.kind}_${sign.name}${PLAIN}`
}

export function signOf(id: string): Sign | null {
  const [, kind, name = ''] = /-(icon|flag)_([a-z0-9-]+)-plain$/.exec(id) ?? []
  return kind === 'icon' || kind === 'flag' ? { kind, name } : null
}

/** The icon named by an id. An icon that a newer set no longer has is left out. */
function iconOf(id: string): Icon | null {
  const sign = signOf(id)
  if (sign?.kind !== 'icon' || !isIcon(sign.name)) return null
  const paths = iconPaths(sign.name).map(({ data, opacity }) => ({
    data,
    tone: opacity < 1 ? ('accent' as const) : ('letters' as const),
  }))
  return { side: ICON_SIDE, paths }
}

/** The foreground of each kind of scene. */
const NEAR: Record<SceneKind, NearKind> = {
  hills: 'reeds',
  sea: 'reeds',
  leaves: 'fronds',
  skyline: 'roofs',
  blocks: 'columns',
  papercut: 'paper',
  contours: 'slopes',
  rings: 'arcs',
  ribbons: 'silk',
  constellation: 'nodes',
  planets: 'rocks',
  bokeh: 'lights',
  halftone: 'dots',
  poster: 'tiles',
}

function nearOf(id: string, palette: Palette): Overlay['near'] {
  const kind = id.split('-', 1)[0] ?? ''
  if (!isSceneKind(kind)) return undefined
  const far = mix(palette.deep, palette.body, 0.62)
  const lit = mix(palette.second, palette.light, 0.25)
  // Nothing solid goes in front of a flag.
  return {
    kind: signOf(id)?.kind === 'flag' ? 'lights' : NEAR[kind],
    colours: { deep: hex(palette.deep), far: hex(far), lit: hex(lit) },
  }
}

/** The palette shared by all artwork of a draft. */
export function paletteOf(seed: string): Palette {
  return paletteFor(hash32(seed, 'palette') % PALETTE_COUNT)
}

/** The colours of the card at the end of a film made of artwork. */
export function cardColours(seed: string): Overlay['colours'] {
  const { deep, accent, light } = paletteOf(seed)
  return {
    letters: hex(mix(light, [1, 0, 0], 0.45)),
    accent: hex(accent),
    shade: hex(deep),
    light: hex(light),
  }
}

/** What moves over artwork at its own pace, in the colours of its draft. */
export function overlayOf(seed: string, format: Format, id: string, keyword: string): Overlay {
  const palette = paletteOf(seed)
  const { width, height } = FORMATS[format]
  // Wide pictures have their light on the right, so the words go on the left.
  const isCentred = width <= height && hash32(seed, 'alignment') % 3 === 0
  return {
    lettering: keyword,
    align: isCentred ? 'centre' : 'left',
    icon: iconOf(id),
    near: nearOf(id, palette),
    number: hash32(seed, id),
    colours: {
      letters: hex(mix(palette.light, [1, 0, 0], 0.45)),
      accent: hex(palette.accent),
      shade: hex(darker(palette.deep, 0.6)),
      light: hex(mix(palette.light, palette.accent, 0.35)),
    },
  }
}
