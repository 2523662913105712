import type { Draft } from '../../../db/entities/draft.ts'
import type { Segment } from '../../../db/entities/segment.ts'
import { FPS, framesOf } from '../../model/formats.ts'
import { englishName } from '../../model/provider-names.ts'
import type { BelowDescription } from '../../model/upload-target.ts'
import { type CreditedMusic, creditsOf } from '../credits.ts'
import { segmentDuration } from '../duration.ts'

/** https://support.google.com/youtube/answer/9884579: at least three, the first at 0:00, each at least ten seconds long. */
const CHAPTERS = { least: 3, seconds: 10 }
/** Maximum characters of a chapter's title. */
const TITLE = 60
const CREDITS: Record<string, string> = { en: 'Credits', ko: '출처' }

type ShownSegment = Pick<
  Segment,
  | 'text'
  | 'keyword'
  | 'duration'
  | 'ttsDuration'
  | 'ttsLocalPath'
  | 'videoAuthor'
  | 'videoPageUrl'
  | 'videoProvider'
>

/** What is added below the description of a draft's video. */
export function belowOf(
  { language }: Pick<Draft, 'language'>,
  segments: readonly ShownSegment[],
  music: CreditedMusic | null,
): BelowDescription {
  const credits = creditsOf(music, segments).map(({ name, provider, url }) => {
    const from = englishName(provider) ?? ''
    return { name: name === '' ? from : from === '' ? name : `${name} (${from})`, url }
  })
  return {
    chapters: chaptersOf(segments),
    creditsTitle: CREDITS[language] ?? 'Credits',
    credits: credits.filter(({ name, url }) => name !== '' || url !== null),
  }
}

/**
 * Each segment that is long enough starts a chapter, and shorter ones belong to the previous one; no chapters at all if
 * there are too few.
 */
export function chaptersOf(segments: readonly ShownSegment[]): BelowDescription['chapters'] {
  const chapters: { start: number; title: string; seconds: number }[] = []
  let frames = 0
  for (const segment of segments) {
    const length = framesOf(segmentDuration(segment) ?? 0)
    const seconds = length / FPS
    const last = chapters.at(-1)
    // A short first one is extended until it is long enough.
    if (last && (seconds < CHAPTERS.seconds || last.seconds < CHAPTERS.seconds)) last.seconds += seconds
    else chapters.push({ start: Math.ceil(frames / FPS), title: titleOf(segment), seconds })
    frames += length
  }
  const ends = [...chapters.slice(1).map(({ start }) => start), Math.floor(frames / FPS)]
  const isShort = chapters.some(({ start }, index) => (ends[index] ?? 0) - start < CHAPTERS.seconds)
  if (chapters.length < CHAPTERS.least || isShort) return []
  return chapters.map(({ start, title }) => ({ start, title }))
}

function titleOf({ keyword, text }: ShownSegment): string {
  const title = (keyword.trim() || text).replaceAll(/\s+/g, ' ').trim()
  if (title.length <= TITLE) return title
  return `${title
    .slice(0, TITLE - 1)
    .toWellFormed()
    .replaceAll('\uFFFD', '')
    .trimEnd()}…`
}
