import type { Format } from '../../model/formats.ts'
import type { FontWeight } from './fonts.ts'

/** A visual style of the captions, as data. Lengths are in em of the caption's own font size unless said otherwise. */
export interface Template {
  weight: FontWeight
  /** Pixels of one em. */
  size: Record<Format, number>
  /** RGB, `#rrggbb`. */
  colour: string
  outline: { width: number; colour: string }
  /** A soft dark copy behind the text, `spread` wider than its outline, for pictures as bright as the letters; opacity 0 to 1. */
  shadow: { spread: number; blur: number; offset: number; opacity: number }
  box: Box | null
  align: 'left' | 'centre'
  /** The position of the block of lines: of its middle or its lower edge, as a fraction of the height. */
  position: Record<Format, { edge: 'middle' | 'bottom'; at: number }>
  uppercase: boolean
  /** The look of the word being spoken. */
  highlight: { colour: string; box: string } | null
  /** The preferred number of lines in a caption; the maximum is two. */
  lines: 1 | 2
  /** The caption width to aim for, as a fraction of the safe width. */
  idealWidth: number
  /** How the picture behind the captions changes. */
  pace: {
    /** The maximum length of a shot in seconds. */
    longestShot: Record<Format, number>
    /** How much closer a close shot is than a wide one. */
    close: number
  }
}

interface Box {
  colour: string
  opacity: number
  padX: number
  padY: number
  radius: number
  /** A strip at its left edge. */
  accent: { colour: string; width: number } | null
  /** A bar is as wide as the safe area, whatever the text; otherwise the box is as wide as the lines. */
  isBar: boolean
}

/**
 * The part of the frame that players' controls don't cover, as fractions of it. Shorts: TikTok, Reels and YouTube cover 15
 * % on the right with buttons and 30 % at the bottom with text; the area is a little smaller, so that no encoder smears an
 * edge over the border. The other formats use the title-safe area of SMPTE ST 2046-1 (90 %), with wider margins at the
 * sides.
 */
export const SAFE_AREAS: Record<Format, Area> = {
  shorts: { left: 0.063, right: 0.847, top: 0.12, bottom: 0.697 },
  landscape: { left: 0.12, right: 0.88, top: 0.06, bottom: 0.93 },
  square: { left: 0.08, right: 0.92, top: 0.06, bottom: 0.92 },
}

interface Area {
  left: number
  right: number
  top: number
  bottom: number
}

/** The part of the safe area for a template's captions: centred ones are centred in the frame. */
export function roomOf(format: Format, template: Template): Area {
  const safe = SAFE_AREAS[format]
  if (template.align === 'left') return safe
  const side = Math.max(safe.left, 1 - safe.right)
  return { ...safe, left: side, right: 1 - side }
}

/** How far a line's letters extend above and below the middle of its capitals, in em. */
const ASCENT = 0.5
const DESCENT = 0.6
/** libass's blur extends to about this many times its value. */
const BLUR_REACH = 2.8
/** The spoken word's tile: its padding beside the letters and above and below the capitals, and its corner radius, in em. */
export const TILE = { padX: 0.11, padY: 0.2, radius: 0.16 } as const

/**
 * How far the drawing of a caption extends, in em: beside a line's letters, and above and below the middle of its capitals.
 */
export function reachOf({ outline, shadow, box, highlight }: Template): Area {
  if (box) {
    const padY = box.padY + 0.5
    return { left: box.padX + (box.accent?.width ?? 0), right: box.padX, top: padY, bottom: padY }
  }
  const blurred = shadow.opacity > 0 ? outline.width + shadow.spread + BLUR_REACH * shadow.blur : 0
  const around = Math.max(outline.width, blurred)
  const beside = Math.max(around, highlight ? TILE.padX : 0)
  const offset = shadow.opacity > 0 ? shadow.offset : 0
  return { left: beside, right: beside, top: ASCENT + around, bottom: DESCENT + around + offset }
}

const atBottom: Template['position'] = {
  shorts: { edge: 'bottom', at: SAFE_AREAS.shorts.bottom },
  landscape: { edge: 'bottom', at: SAFE_AREAS.landscape.bottom },
  square: { edge: 'bottom', at: SAFE_AREAS.square.bottom },
}

export const TEMPLATES = {
  /** White with a thin dark edge and a soft shadow: legible on anything, unobtrusive. */
  clean: {
    weight: 'SemiBold',
    size: { shorts: 66, landscape: 60, square: 60 },
    colour: '#ffffff',
    outline: { width: 0.055, colour: '#0b0d12' },
    shadow: { spread: 0.1, blur: 0.11, offset: 0.03, opacity: 0.8 },
    box: null,
    align: 'centre',
    position: atBottom,
    uppercase: false,
    highlight: null,
    lines: 2,
    idealWidth: 1,
    pace: { longestShot: { shorts: 3, landscape: 5, square: 4.5 }, close: 1.32 },
  },
  /** A few big words in the middle; the spoken one is highlighted on a coloured tile. */
  entertainment: {
    weight: 'ExtraBold',
    size: { shorts: 76, landscape: 84, square: 76 },
    colour: '#ffffff',
    outline: { width: 0.1, colour: '#101014' },
    shadow: { spread: 0.03, blur: 0.07, offset: 0.06, opacity: 0.7 },
    box: null,
    align: 'centre',
    position: {
      shorts: { edge: 'middle', at: 0.6 },
      landscape: { edge: 'middle', at: 0.76 },
      square: { edge: 'middle', at: 0.74 },
    },
    uppercase: true,
    highlight: { colour: '#111114', box: '#ffd60a' },
    lines: 1,
    idealWidth: 0.9,
    pace: { longestShot: { shorts: 2.4, landscape: 3.8, square: 3.2 }, close: 1.38 },
  },
  /** A lower third: a dark bar across the whole width with a red edge, text flush left. */
  news: {
    weight: 'Bold',
    size: { shorts: 54, landscape: 52, square: 50 },
    colour: '#ffffff',
    outline: { width: 0, colour: '#000000' },
    shadow: { spread: 0, blur: 0, offset: 0, opacity: 0 },
    box: {
      colour: '#0a1a33',
      opacity: 0.9,
      padX: 0.6,
      padY: 0.42,
      radius: 0,
      accent: { colour: '#e5202e', width: 0.22 },
      isBar: true,
    },
    align: 'left',
    position: atBottom,
    uppercase: false,
    highlight: null,
    lines: 2,
    idealWidth: 1,
    pace: { longestShot: { shorts: 3.5, landscape: 6, square: 6 }, close: 1.24 },
  },
  /** Small and quiet on a translucent rounded plate. */
  minimal: {
    weight: 'Medium',
    size: { shorts: 52, landscape: 50, square: 50 },
    colour: '#f6f6f4',
    outline: { width: 0, colour: '#000000' },
    shadow: { spread: 0, blur: 0, offset: 0, opacity: 0 },
    box: {
      colour: '#000000',
      opacity: 0.66,
      padX: 0.62,
      padY: 0.34,
      radius: 0.38,
      accent: null,
      isBar: false,
    },
    align: 'centre',
    position: atBottom,
    uppercase: false,
    highlight: null,
    lines: 2,
    idealWidth: 0.85,
    pace: { longestShot: { shorts: 3.5, landscape: 6, square: 6 }, close: 1.24 },
  },
} as const satisfies Record<string, Template>

export type TemplateName = keyof typeof TEMPLATES
export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as TemplateName[]

/** Drafts store the template's name as text; unknown ones, written by a newer program, get the plainest style. */
export function templateOf(name: string): Template {
  return isTemplateName(name) ? TEMPLATES[name] : TEMPLATES.clean
}

function isTemplateName(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name)
}
