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
  /** A soft dark copy below the text; opacity 0 to 1. */
  shadow: { blur: number; offset: number; opacity: number }
  box: Box | null
  align: 'left' | 'centre'
  /** Where the block of lines sits: its middle or its lower edge, as a fraction of the height. */
  position: Record<Format, { edge: 'middle' | 'bottom'; at: number }>
  uppercase: boolean
  /** How the word that is being spoken looks. */
  highlight: { colour: string; box: string } | null
  /** Lines that a caption should have; two is the most. */
  lines: 1 | 2
  /** Caption width to aim at, as a fraction of the safe width. */
  idealWidth: number
  /** How the picture changes beneath the captions. */
  pace: {
    /** Seconds of the longest shot. */
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
  /** A bar is as wide as the safe area, whatever the text; else it is as wide as the lines. */
  isBar: boolean
}

/**
 * The part of the frame that the players' own controls do not cover. Shorts: YouTube, Reels and TikTok lay
 * buttons over the right and about a fifth of the lower edge; the others keep the title-safe area of
 * SMPTE ST 2046-1 (90 %) and some more at the sides.
 */
export const SAFE_AREAS: Record<Format, { left: number; right: number; top: number; bottom: number }> = {
  shorts: { left: 0.09, right: 0.91, top: 0.12, bottom: 0.79 },
  landscape: { left: 0.12, right: 0.88, top: 0.06, bottom: 0.93 },
  square: { left: 0.08, right: 0.92, top: 0.06, bottom: 0.92 },
}

const atBottom: Template['position'] = {
  shorts: { edge: 'bottom', at: SAFE_AREAS.shorts.bottom },
  landscape: { edge: 'bottom', at: SAFE_AREAS.landscape.bottom },
  square: { edge: 'bottom', at: SAFE_AREAS.square.bottom },
}

export const TEMPLATES = {
  /** White, a thin dark edge and a soft shadow: legible on anything, in nobody's way. */
  clean: {
    weight: 'SemiBold',
    size: { shorts: 70, landscape: 60, square: 60 },
    colour: '#ffffff',
    outline: { width: 0.045, colour: '#0b0d12' },
    shadow: { blur: 0.13, offset: 0.05, opacity: 0.75 },
    box: null,
    align: 'centre',
    position: atBottom,
    uppercase: false,
    highlight: null,
    lines: 2,
    idealWidth: 1,
    pace: { longestShot: { shorts: 3, landscape: 5, square: 4.5 }, close: 1.32 },
  },
  /** Few big words in the middle; the spoken one lights up on a coloured tile. */
  entertainment: {
    weight: 'ExtraBold',
    size: { shorts: 96, landscape: 88, square: 82 },
    colour: '#ffffff',
    outline: { width: 0.1, colour: '#101014' },
    shadow: { blur: 0.1, offset: 0.07, opacity: 0.6 },
    box: null,
    align: 'centre',
    position: {
      shorts: { edge: 'middle', at: 0.64 },
      landscape: { edge: 'middle', at: 0.76 },
      square: { edge: 'middle', at: 0.74 },
    },
    uppercase: true,
    highlight: { colour: '#111114', box: '#ffd60a' },
    lines: 1,
    idealWidth: 0.9,
    pace: { longestShot: { shorts: 2.4, landscape: 3.8, square: 3.2 }, close: 1.38 },
  },
  /** A lower third: a dark bar over the whole width with a red edge, set flush left. */
  news: {
    weight: 'Bold',
    size: { shorts: 56, landscape: 52, square: 50 },
    colour: '#ffffff',
    outline: { width: 0, colour: '#000000' },
    shadow: { blur: 0, offset: 0, opacity: 0 },
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
    size: { shorts: 48, landscape: 42, square: 42 },
    colour: '#f6f6f4',
    outline: { width: 0, colour: '#000000' },
    shadow: { blur: 0, offset: 0, opacity: 0 },
    box: {
      colour: '#000000',
      opacity: 0.5,
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

/** Drafts keep the template's name as text; one that a newer program wrote is shown in the plainest style. */
export function templateOf(name: string): Template {
  return isTemplateName(name) ? TEMPLATES[name] : TEMPLATES.clean
}

function isTemplateName(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name)
}
