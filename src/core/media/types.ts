import type { Format, Mood } from '../model/formats.ts'
import type { WordTiming } from '../model/providers.ts'
import type { Store } from '../model/store.ts'
import type { Ffmpeg } from './ffmpeg/ffmpeg.ts'

/** The renderer's dependencies. */
export interface RenderTools {
  ffmpeg: Ffmpeg
  store: Store
}

export type FootageKind = 'video' | 'image'

/** A segment, as seen by the renderer. Files are names in the store, or absolute paths outside it. */
export interface RenderSegment {
  /** The captions' text, in the person's own words. */
  text: string
  words: WordTiming[]
  /** 48 kHz mono 16-bit WAV, a whole number of frames long. */
  voiceFile: string
  footageFile: string
  footageKind: FootageKind
  /** Seconds, a whole number of frames, never shorter than the voice. */
  duration: number
  /** Where the text may be cut, in order; only called when the clip has to be planned. If absent, at word boundaries. */
  breaks?: (() => readonly TextBreak[]) | undefined
  /** True for the first segment of a film. */
  isOpening?: boolean | undefined
  /** True for footage with content near its edges that must not be cut off, such as lettering. */
  keepsWhole?: boolean | undefined
  overlay?: Overlay | undefined
  /** For a film's last segment: what its picture turns into at the end. */
  ending?: Beginning | undefined
  /** Alternatively, for a film's last segment: what follows its last word, for `END_CARD` seconds of its duration. */
  endCard?: EndCard | undefined
}

/** A film's last picture: the team's logo and call to action. */
export interface EndCard {
  /** A PNG; null for none. */
  logoFile: string | null
  /** Empty for none. */
  callToAction: string
  colours: Overlay['colours']
}

/** Footage as seen in a film's first frame. */
export interface Beginning {
  footageFile: string
  footageKind: FootageKind
  keepsWhole: boolean
}

/** Objects in front of a picture; each is drawn in two layers. */
export type NearKind =
  | ('reeds' | 'fronds' | 'roofs' | 'columns' | 'paper' | 'slopes')
  | ('arcs' | 'silk' | 'nodes' | 'rocks' | 'lights' | 'dots' | 'tiles')

/** Layers over footage drawn by Rushes, which move at their own speed. */
export interface Overlay {
  /** Words that appear with the clip and disappear again; empty for none. */
  lettering: string
  align: 'left' | 'centre'
  /** A two-tone icon that appears when the words have gone; null for none. */
  icon: Icon | null
  /** What passes in front of the picture at its sides, with colours for near, farther and lit parts. Absent for none. */
  near?: { kind: NearKind; colours: { deep: string; far: string; lit: string } } | undefined
  /** Any integer of at least 0: determines where lights drift. */
  number: number
  /** RGB, `#rrggbb`. */
  colours: { letters: string; accent: string; shade: string; light: string }
}

/** For footage that wasn't drawn: white and the yellow of a highlighted word, on a dark background. */
export const PLAIN_COLOURS: Overlay['colours'] = {
  ...{ letters: '#ffffff', accent: '#ffd60a', shade: '#0b0d12', light: '#ffffff' },
}

/** SVG paths, lowest layer first, in a square with sides of this many units. */
export interface Icon {
  side: number
  paths: { data: string; tone: 'letters' | 'accent' }[]
}

/** A position where a text may be cut, as a UTF-16 offset, and how bad that is (0 not at all, 20 very). */
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

/** Everything that determines how a video looks and sounds. */
export interface Storyboard {
  /** The draft's id, by which music and motion are chosen deterministically. */
  seed: string
  format: Format
  template: string
  /** The texts' language, as a BCP 47 tag. */
  language: string
  segments: RenderSegment[]
  music: MusicChoice
  /** As in `ClipStyle`. */
  isBare?: boolean | undefined
}

export interface RenderOptions {
  signal: AbortSignal
  /** Called with the finished fraction, 0 to 1, never decreasing. */
  onProgress?: ((fraction: number) => void) | undefined
}

export interface RenderReport {
  /** The number of clips encoded in this run; the others came from the cache. */
  clipsEncoded: number
  clipsReused: number
  soundReused: boolean
  /** The video's length in seconds. */
  duration: number
  /** Wall-clock seconds of each stage. */
  timings: { clips: number; sound: number; join: number; total: number }
}
