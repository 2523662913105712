import { FORMATS, type Format } from '../../model/formats.ts'
import type { FootageCandidate, FootageQuery } from '../../model/providers.ts'

/** One size in which a video or photo is available. */
export interface Rendition {
  url: string
  width: number
  height: number
  /** Bytes, if the service gives them. */
  size?: number | null | undefined
}

/** Largest video file that is downloaded, in bytes; a minute of 4K is about 200 MB. */
export const MAX_VIDEO_BYTES = 400_000_000
export const MAX_IMAGE_BYTES = 40_000_000

/**
 * The smallest rendition that fills the frame without upscaling, or the largest one if none does. Null if there is none,
 * or none that may be downloaded.
 */
export function chooseRendition<T extends Rendition>(renditions: readonly T[], format: Format): T | null {
  const usable = renditions.filter(({ url, width, height, size }) => {
    return url !== '' && width > 0 && height > 0 && (size ?? 0) <= MAX_VIDEO_BYTES
  })
  const bySize = usable.toSorted((a, b) => area(a) - area(b) || (a.size ?? 0) - (b.size ?? 0))
  return bySize.find((rendition) => covers(rendition, format)) ?? largest(bySize)
}

/** Below this many pixels on the shorter side, a video's content is hard to make out. */
const SMALL_SIDE = 240

/** The smallest rendition that still shows what is in the video; null if there is none. */
export function smallestRendition<T extends Rendition>(renditions: readonly T[]): T | null {
  const usable = renditions.filter(
    ({ url, width, height }) => url !== '' && Math.min(width, height) >= SMALL_SIDE,
  )
  return usable.toSorted((a, b) => area(a) - area(b))[0] ?? null
}

/** The smallest of the files with the most pixels. */
function largest<T extends Rendition>(bySize: readonly T[]): T | null {
  const most = bySize.at(-1)
  return (most && bySize.find((rendition) => area(rendition) === area(most))) ?? null
}

/**
 * Puts fitting videos first: long enough, then matching the frame's orientation, then large enough; otherwise in the
 * service's own order, which is by relevance.
 */
export function rankVideos(videos: readonly FootageCandidate[], query: FootageQuery): FootageCandidate[] {
  return videos.toSorted((a, b) => penalty(a, query) - penalty(b, query))
}

export function rankImages(images: readonly FootageCandidate[], format: Format): FootageCandidate[] {
  const rank = (image: FootageCandidate) => (turned(image, format) ? 2 : 0) + (covers(image, format) ? 0 : 1)
  return images.toSorted((a, b) => rank(a) - rank(b))
}

/** True for a video that lasts as long as needed, or nearly. */
export function isLongEnough({ duration }: Pick<FootageCandidate, 'duration'>, query: FootageQuery): boolean {
  // Services round seconds up or down; half a second is made up for by slowing down or repeating.
  return (duration ?? 0) + 0.5 >= query.minDuration
}

function penalty(video: FootageCandidate, query: FootageQuery): number {
  return (
    (isLongEnough(video, query) ? 0 : 8) +
    // A video that is only nearly long enough ranks below those that really are.
    ((video.duration ?? 0) >= query.minDuration ? 0 : 4) +
    (turned(video, query.format) ? 2 : 0) +
    (covers(video, query.format) ? 0 : 1)
  )
}

function covers({ width, height }: { width: number; height: number }, format: Format): boolean {
  return width >= FORMATS[format].width && height >= FORMATS[format].height
}

/** True for a wide picture in a tall frame or vice versa: most of it would be cropped. */
function turned({ width, height }: FootageCandidate, format: Format): boolean {
  const { orientation } = FORMATS[format]
  return (orientation === 'portrait' && width > height) || (orientation === 'landscape' && height > width)
}

function area({ width, height }: Rendition): number {
  return width * height
}

/**
 * The words to search for: the query, or the keyword if there is none, in one line without control characters and cut
 * between words to `max` characters. Empty if there is nothing to search for.
 */
export function searchWords({ query, keyword }: FootageQuery, max: number): string {
  const words =
    [query, keyword].map((text) => text.replace(/[\p{C}\s]+/gu, ' ').trim()).find((text) => text !== '') ?? ''
  if (words.length <= max) return words
  const cut = words.slice(0, max + 1)
  const space = cut.lastIndexOf(' ')
  return (space > 0 ? cut.slice(0, space) : words.slice(0, max)).replace(/[\ud800-\udbff]$/, '').trim()
}

/** The language of a query that clearly isn't in Latin letters, for the sites' language setting; otherwise null. */
export function languageOf(words: string): 'ko' | 'ja' | 'zh' | null {
  if (/\p{Script=Hangul}/u.test(words)) return 'ko'
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(words)) return 'ja'
  return /\p{Script=Han}/u.test(words) ? 'zh' : null
}
