import type { ProviderError } from './errors.ts'
import type { Format, Mood } from './formats.ts'
import type { UnusableFile } from './unusable.ts'
import type { Usage } from './usage.ts'

/**
 * The ports to everything that makes material. One folder each holds the implementations; `src/bot/program/providers.ts`
 * decides which are tried, in which order. Implementations throw ProviderError and nothing else.
 */

// Script

export interface ScriptRequest {
  /** Null: the provider proposes one. */
  topic: string | null
  style: string | null
  /** BCP 47 primary subtag, e.g. `en`, `ko`. */
  language: string
  format: Format
  /** Seconds of narration wanted. */
  targetDuration: number
  /** The voice's measured pace in this language, characters a second, spaces included. */
  charactersPerSecond: number
}

export interface PlannedSegment {
  text: string
  keyword: string
  /** English words that name things a camera can see. */
  searchQuery: string
}

export interface ScriptPlan {
  provider: string
  topic: string
  /** Topics that were proposed and not used. */
  otherTopics: string[]
  title: string
  description: string
  tags: string[]
  language: string
  segments: PlannedSegment[]
  /** True when this is only a frame to be filled in by people (the embedded writer). */
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
  /** The languages that it writes; absent: any. */
  readonly languages?: readonly string[]
  /** What a call is expected to use of a service that bills for it. Absent where nothing is billed. */
  expects?(request: ScriptRequest | RewriteRequest): Usage[]
  write(request: ScriptRequest, signal: AbortSignal): Promise<ScriptPlan>
  /** A new text for one segment. Absent where the provider cannot. */
  rewrite?(request: RewriteRequest, signal: AbortSignal): Promise<{ text: string; usage: Usage[] }>
}

// Voice

export interface SpeechRequest {
  text: string
  /** BCP 47 primary subtag. */
  language: string
  /** A voice of the provider's, or null for its default. */
  voice: string | null
  /** Times the normal rate, 0.5 to 2. */
  speed: number
  /** As for footage. */
  insist?: boolean
}

/** A word of the text and when it is spoken. */
export interface WordTiming {
  /** UTF-16 offsets into the text: [start, end). */
  start: number
  end: number
  /** Seconds from the start of the audio. */
  from: number
  to: number
}

export interface Speech {
  /** In order, not overlapping; null when the provider does not report them. */
  words: WordTiming[] | null
  /** Times the tempo that the file still has to be played at; 1 when left out. The words are times of the file. */
  tempo?: number
  /** Why there are no words although the provider should have found them. */
  trouble?: ProviderError
  usage: Usage[]
}

export interface VoiceProvider {
  readonly name: string
  /** Everything besides the request that changes the sound (model, voice); part of the file's cache key. */
  readonly fingerprint: string
  /** Characters a second that this voice speaks in a language, spaces included, at speed 1. */
  pace(language: string): number
  /** As for scripts. */
  expects?(request: SpeechRequest): Usage[]
  /** Writes an audio file of any format that ffmpeg reads to `file`. */
  speak(request: SpeechRequest, file: string, signal: AbortSignal): Promise<Speech>
}

// Footage

export interface FootageQuery {
  /** What to look for; usually English. */
  query: string
  keyword: string
  /** What is said; for artwork that is drawn for it. */
  text?: string
  format: Format
  /** Seconds that the clip should last at least. */
  minDuration: number
  /** The draft's id: what should look alike within a draft (a palette) is derived from it. */
  seed: string
  /** The segment's place in the draft, from 0. */
  index: number
  /** Candidates wanted, best first. */
  limit: number
  /** True when a person asks: then a provider that was down a moment ago is tried all the same. */
  insist?: boolean
}

export interface FootageCandidate {
  provider: string
  /** Unique within the provider, and stable: the same id is the same footage. */
  id: string
  kind: 'video' | 'image'
  /** A still picture of it, if it has an address. */
  previewUrl: string | null
  downloadUrl: string | null
  /** A small version of the video, to be looked at before it is chosen; absent or null where there is none. */
  smallUrl?: string | null | undefined
  width: number
  height: number
  /** Seconds; null for images. */
  duration: number | null
  author: string | null
  /** The page to credit. */
  pageUrl: string | null
  /** What it shows, for the alt text. */
  title: string
}

export interface FootageProvider {
  readonly name: string
  /** True when what it shows is drawn for a draft and its format, and another one for another. */
  readonly drawsForDraft?: boolean
  /** Whether the footage with this id has the keyword in its picture, so that another keyword needs another picture. */
  showsKeyword?(id: string): boolean
  /** True where Rushes makes what it fetches, which needs no conversion. */
  readonly isMade?: boolean
  /** True where searches use up what a key allows. */
  readonly isMetered?: boolean
  /** Best first; an empty list when nothing fits. */
  search(query: FootageQuery, signal: AbortSignal): Promise<FootageCandidate[]>
  /** Files that fit a search that was made, and cannot be used. Absent where there are no files of people's own. */
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
  /** A readable audio file: a name in the store, or an absolute path outside of it. */
  file: string
  title: string | null
  author: string | null
  /** True when its end joins its beginning, so that it may be repeated without a fade. */
  loops: boolean
  /** Seconds of it that really decode, at least 1. */
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
  /** Null when it has nothing for this mood. */
  pick(request: MusicRequest, signal: AbortSignal): Promise<MusicTrack | null>
  /** The track that it has picked before, by its id; null where that is not there any more. */
  find(id: string, signal: AbortSignal): Promise<MusicTrack | null>
  /** Files for the mood that cannot be used. Absent where there are no files of people's own. */
  unusable?(request: MusicRequest, signal: AbortSignal): Promise<UnusableFile[]>
}

/** In the order in which they are tried. The last of each list is an embedded one and needs nothing. */
export interface Providers {
  script: ScriptProvider[]
  voice: VoiceProvider[]
  footage: FootageProvider[]
  music: MusicProvider[]
}
