import type { Format, Mood } from '../model/formats.ts'
import type { WordTiming } from '../model/providers.ts'
import type { Store } from '../model/store.ts'
import type { Ffmpeg } from './ffmpeg/ffmpeg.ts'

/** What every part of the renderer works with. */
export interface RenderTools {
  ffmpeg: Ffmpeg
  store: Store
}

export type FootageKind = 'video' | 'image'

/** One segment as the renderer sees it. Files are names in the store, or absolute paths outside of it. */
export interface RenderSegment {
  /** What the captions show, in the user's own words. */
  text: string
  words: WordTiming[]
  /** 48 kHz mono 16-bit WAV, a whole number of frames long. */
  voiceFile: string
  footageFile: string
  footageKind: FootageKind
  /** Seconds, a whole number of frames, never shorter than the voice. */
  duration: number
  /** Where the text may be cut, in order; asked only when the clip has to be planned. Absent: at the ends of words. */
  breaks?: (() => readonly TextBreak[]) | undefined
  /** True for the first segment of a film. */
  isOpening?: boolean | undefined
  /** True for footage with something near its edges that must not be cut off, such as lettering. */
  keepsWhole?: boolean | undefined
  overlay?: Overlay | undefined
  /** For the last segment of a film: what its picture turns into at the end. */
  ending?: Beginning | undefined
  /** For the last segment of a film, instead: what comes after its last word, for `END_CARD` seconds of its duration. */
  endCard?: EndCard | undefined
}

/** The last picture of a film: logo and call to action of whoever made it. */
export interface EndCard {
  /** A PNG, or null for none. */
  logoFile: string | null
  /** Empty for none. */
  callToAction: string
  colours: Overlay['colours']
}

/** Footage as it is seen in the first frame of a film. */
export interface Beginning {
  footageFile: string
  footageKind: FootageKind
  keepsWhole: boolean
}

/** What stands before a picture; each is drawn in two layers. */
export type NearKind =
  | ('reeds' | 'fronds' | 'roofs' | 'columns' | 'paper' | 'slopes')
  | ('arcs' | 'silk' | 'nodes' | 'rocks' | 'lights' | 'dots' | 'tiles')

/** What is seen over footage that Rushes drew, and moves at a pace of its own. */
export interface Overlay {
  /** Words that come with the clip and go again; empty for none. */
  lettering: string
  align: 'left' | 'centre'
  /** A sign in two tones that comes when the words have gone; null for none. */
  icon: Icon | null
  /** What passes before the picture at its sides, with further colours: of what is near, of what is farther away, and of what is lit. Absent for nothing. */
  near?: { kind: NearKind; colours: { deep: string; far: string; lit: string } } | undefined
  /** Any whole number of at least 0: where lights drift. */
  number: number
  /** RGB, `#rrggbb`. */
  colours: { letters: string; accent: string; shade: string; light: string }
}

/** Over footage that nobody drew: white and the yellow of a highlighted word, on a dark ground. */
export const PLAIN_COLOURS: Overlay['colours'] = {
  ...{ letters: '#ffffff', accent: '#ffd60a', shade: '#0b0d12', light: '#ffffff' },
}

/** Paths in SVG's own notation, the lowest first, in a square whose sides are so many units long. */
export interface Icon {
  side: number
  paths: { data: string; tone: 'letters' | 'accent' }[]
}

/** A place where a text may be cut, as an offset in UTF-16, and how much that hurts (0 not at all, 20 very). */
export interface TextBreak {
  at: number
  cost: number
}

interface MusicChoice {
  enabled: boolean
  mood: Mood
  /** Percent of full scale, 0 to 100, before ducking. */
  volume: number
}

/** All that decides how a video looks and sounds. */
export interface Storyboard {
  /** The draft's id; music and motion are chosen steadily by it. */
  seed: string
  format: Format
  template: string
  /** Of the texts, as a BCP 47 tag. */
  language: string
  segments: RenderSegment[]
  music: MusicChoice
  /** As `ClipStyle` has it. */
  isBare?: boolean | undefined
}

export interface RenderOptions {
  signal: AbortSignal
  /** Called with the finished fraction, 0 to 1, never decreasing. */
  onProgress?: ((fraction: number) => void) | undefined
}

export interface RenderReport {
  /** Clips encoded in this run; the others came from the cache. */
  clipsEncoded: number
  clipsReused: number
  soundReused: boolean
  /** Seconds of video. */
  duration: number
  /** Wall-clock seconds of each stage. */
  timings: { clips: number; sound: number; join: number; total: number }
}
