import type { Format, Mood } from '../model/formats.ts'
import type { WordTiming } from '../model/providers.ts'
import type { Ffmpeg } from './ffmpeg/ffmpeg.ts'
import type { AssetStore } from './store/store.ts'

/** What every part of the renderer works with. */
export interface RenderTools {
  ffmpeg: Ffmpeg
  store: AssetStore
}

/** One segment as the renderer sees it. Paths are absolute. */
export interface RenderSegment {
  /** What the captions show, in the user's own words. */
  text: string
  words: WordTiming[]
  /** 48 kHz mono 16-bit WAV, a whole number of frames long. */
  voiceFile: string
  footageFile: string
  footageKind: 'video' | 'image'
  /** Seconds, a whole number of frames, never shorter than the voice. */
  duration: number
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
