import type { ProviderError } from './errors.ts'
import type { Format, Mood } from './formats.ts'
import type { UnusableFile } from './unusable.ts'
import type { Usage } from './usage.ts'

/**
 * The ports to everything that makes material. Each implementation is in its own folder; `src/bot/program/providers.ts`
 * decides which are tried, and in which order. Implementations only throw ProviderError.
 */

// Script

export interface ScriptRequest {
  /** Null to let the provider suggest one. */
  topic: string | null
  style: string | null
  /** BCP 47 primary subtag, e.g. `en`, `ko`. */
  language: string
  format: Format
  /** The desired length of the narration in seconds. */
  targetDuration: number
  /** The voice's measured pace in this language, in characters per second including spaces. */
  charactersPerSecond: number
}

export interface PlannedSegment {
  text: string
  keyword: string
  /** English words for things that a camera can see. */
  searchQuery: string
}

export interface ScriptPlan {
  provider: string
  topic: string
  /** Suggested topics that weren't used. */
  otherTopics: string[]
  title: string
  description: string
  tags: string[]
  language: string
  segments: PlannedSegment[]
  /** True if this is only an outline for people to fill in (the embedded writer). */
  isOutline: boolean
  usage: Usage[]
}

export interface RewriteRequest {
  text: string
  instruction: string
  language: string
  title: string
}

export interface ScriptProvider {
  readonly name: string
  /** The languages it can write; absent if any. */
  readonly languages?: readonly string[]
  /** The expected consumption of a call to a paid service. Absent if nothing is billed. */
  expects?(request: ScriptRequest | RewriteRequest): Usage[]
  write(request: ScriptRequest, signal: AbortSignal): Promise<ScriptPlan>
  /** Writes a new text for one segment. Absent if the provider can't. */
  rewrite?(request: RewriteRequest, signal: AbortSignal): Promise<{ text: string; usage: Usage[] }>
}

// Voice

export interface SpeechRequest {
  text: string
  /** BCP 47 primary subtag. */
  language: string
  /** One of the provider's voices; null for its default. */
  voice: string | null
  /** As a multiple of the normal rate, 0.5 to 2. */
  speed: number
  /** As for footage. */
  insist?: boolean
}

/** When a word of the text is spoken. */
export interface WordTiming {
  /** UTF-16 offsets into the text: [start, end). */
  start: number
  end: number
  /** Seconds from the start of the audio. */
  from: number
  to: number
}

export interface Speech {
  /** In order and without overlaps; null if the provider doesn't report them. */
  words: WordTiming[] | null
  /** The factor by which the file still has to be sped up; 1 by default. Word times are those of the file. */
  tempo?: number
  /** Why there are no word times although the provider should have found them. */
  trouble?: ProviderError
  usage: Usage[]
}

export interface VoiceProvider {
  readonly name: string
  /** Everything besides the request that affects the sound (model, voice); part of the file's cache key. */
  readonly fingerprint: string
  /** This voice's characters per second in a language, including spaces, at speed 1. */
  pace(language: string): number
  /** As for scripts. */
  expects?(request: SpeechRequest): Usage[]
  /** Writes an audio file to `file`, in any format that ffmpeg reads. */
  speak(request: SpeechRequest, file: string, signal: AbortSignal): Promise<Speech>
}

// Footage

export interface FootageQuery {
  /** The search query; usually English. */
  query: string
  keyword: string
  /** The narration; for artwork drawn to match it. */
  text?: string
  format: Format
  /** The minimum length of the clip in seconds. */
  minDuration: number
  /** The draft's id: things that should match within a draft (a palette) are derived from it. */
  seed: string
  /** The segment's position in the draft, from 0. */
  index: number
  /** The number of candidates wanted. */
  limit: number
  /** True if a person asks: then a provider that was down a moment ago is tried anyway. */
  insist?: boolean
}

export interface FootageCandidate {
  provider: string
  /** Unique within the provider, and stable: the same id means the same footage. */
  id: string
  kind: 'video' | 'image'
  /** A still picture, if it has an address. */
  previewUrl: string | null
  downloadUrl: string | null
  /** A small version of the video, to preview it before choosing; absent or null if there is none. */
  smallUrl?: string | null | undefined
  width: number
  height: number
  /** Seconds; null for images. */
  duration: number | null
  author: string | null
  /** The page to credit. */
  pageUrl: string | null
  /** A description for the alt text. */
  title: string
}

export interface FootageProvider {
  readonly name: string
  /** True if its footage is drawn specifically for a draft and its format. */
  readonly drawsForDraft?: boolean
  /** Whether the footage with this id shows the keyword, so that another keyword needs another picture. */
  showsKeyword?(id: string): boolean
  /** True if Rushes makes the footage itself, which then needs no conversion. */
  readonly isMade?: boolean
  /** True if searches use up a key's quota. */
  readonly isMetered?: boolean
  /** Best first; an empty list if nothing matches. */
  search(query: FootageQuery, signal: AbortSignal): Promise<FootageCandidate[]>
  /** Unusable files that match an earlier search. Absent if there are no user files. */
  unusable?(query: FootageQuery, signal: AbortSignal): Promise<UnusableFile[]>
  /** Writes the video or image file itself to `file` (a temporary path without a meaningful extension). */
  fetch(candidate: FootageCandidate, query: FootageQuery, file: string, signal: AbortSignal): Promise<void>
  /** Writes a small still picture (JPEG or PNG, a few hundred pixels) to `file`. */
  thumbnail(
    candidate: FootageCandidate,
    query: FootageQuery,
    file: string,
    signal: AbortSignal,
  ): Promise<void>
  /** Writes a small version of the video to `file`. Absent where `fetch` is as good. */
  preview?(candidate: FootageCandidate, query: FootageQuery, file: string, signal: AbortSignal): Promise<void>
}

// Music

export interface MusicTrack {
  provider: string
  id: string
  /** A readable audio file: a name in the store, or an absolute path outside it. */
  file: string
  title: string | null
  author: string | null
  /** True if it loops seamlessly, so it can be repeated without a fade. */
  loops: boolean
  /** Seconds that can actually be decoded, at least 1. */
  length: number
}

export interface MusicRequest {
  mood: Mood
  /** The draft's id, so that a draft keeps its track. */
  seed: string
  /** Seconds of video. */
  duration: number
}

export interface MusicProvider {
  readonly name: string
  /** Null if it has nothing for this mood. */
  pick(request: MusicRequest, signal: AbortSignal): Promise<MusicTrack | null>
  /** A previously picked track, by id; null if it no longer exists. */
  find(id: string, signal: AbortSignal): Promise<MusicTrack | null>
  /** Unusable files for the mood. Absent if there are no user files. */
  unusable?(request: MusicRequest, signal: AbortSignal): Promise<UnusableFile[]>
}

/** In the order in which they are tried. The last of each list is embedded and needs nothing. */
export interface Providers {
  script: ScriptProvider[]
  voice: VoiceProvider[]
  footage: FootageProvider[]
  music: MusicProvider[]
}
