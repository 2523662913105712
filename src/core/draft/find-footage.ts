import { rm } from 'node:fs/promises'
import type { Draft } from '../../db/entities/draft.ts'
import type { Segment } from '../../db/entities/segment.ts'
import { rememberMedia } from '../media/ffmpeg/known-media.ts'
import { adoptFile } from '../media/store/adopt.ts'
import { ProviderError } from '../model/errors.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../model/providers.ts'
import type { UnusableFile } from '../model/unusable.ts'
import { isLongEnough } from '../providers/stock/stock-choice.ts'
import { checkFootage, makeFootageOrdinary, titleOf } from './check-footage.ts'
import type { Core } from './core.ts'
import { inTimeOrNull } from './in-time.ts'
import { measuredPace } from './measured-pace.ts'

/** The number of candidates that people can choose from. */
export const CANDIDATES = 6

/** Seconds for each provider while a person is waiting for candidates. */
const SEARCH_PATIENCE = 25

/** The footage fields of a segment. */
export type FootageFields = Pick<
  Segment,
  | 'videoUrl'
  | 'videoLocalPath'
  | 'videoProvider'
  | 'videoId'
  | 'videoKind'
  | 'videoAuthor'
  | 'videoPageUrl'
  | 'videoTitle'
  | 'candidates'
  | 'footageError'
>

/**
 * The candidates a person can choose from, up to CANDIDATES: those of the providers in order, with at least the best one of
 * each. A provider that fails or takes too long is skipped.
 */
export async function searchCandidates(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
): Promise<FootageCandidate[]> {
  const query = await footageQuery(core, draft, segment, { insist: true })
  const search = (provider: FootageProvider) =>
    inTimeOrNull(core, provider.name, SEARCH_PATIENCE, signal, (signal) => provider.search(query, signal))
  const found = await Promise.all(core.providers.footage.map(search))
  return sharePlaces(
    found.map((candidates) => candidates ?? []),
    CANDIDATES,
  )
}

/** Unusable files in people's folders that match a segment's search. */
export async function unusableFiles(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
): Promise<UnusableFile[]> {
  const query = await footageQuery(core, draft, segment, { insist: true })
  return (
    await Promise.all(core.providers.footage.map((provider) => unusableOf(core, provider, query, signal)))
  ).flat()
}

/** Same as `unusableFiles`, for one provider; none if that can't be determined. */
export async function unusableOf(
  core: Core,
  provider: FootageProvider,
  query: FootageQuery,
  signal: AbortSignal,
): Promise<UnusableFile[]> {
  const files = await inTimeOrNull(core, provider.name, SEARCH_PATIENCE, signal, async (signal) =>
    provider.unusable?.(query, signal),
  )
  return files ?? []
}

/** Pure: the first entries of all lists in order, but at least one of each non-empty list. */
function sharePlaces<T>(lists: T[][], places: number): T[] {
  const filled = lists.filter((list) => list.length > 0).slice(0, places)
  let left = places - filled.length
  return filled.flatMap((list) => {
    const count = Math.min(list.length, 1 + left)
    left -= count - 1
    return list.slice(0, count)
  })
}

/**
 * Downloads or draws one candidate into the store and checks it. With `anyLength`, a file shorter than listed is accepted.
 * @throws ProviderError
 */
export async function fetchCandidate(
  core: Core,
  provider: FootageProvider,
  candidate: FootageCandidate,
  query: FootageQuery,
  signal: AbortSignal,
  { anyLength = false } = {},
): Promise<Omit<FootageFields, 'candidates' | 'footageError'>> {
  const temporary = await core.store.temporary()
  try {
    await provider.fetch(candidate, query, temporary, signal)
    if (!provider.isMade) await makeFootageOrdinary(core, provider.name, temporary, signal)
    const { kind, extension, duration, media } = await checkFootage(core, provider.name, temporary, signal)
    const breaksItsWord = isLongEnough(candidate, query) && !isLongEnough({ duration }, query)
    if (kind === 'video' && breaksItsWord && !anyLength) {
      const sentence = `${titleOf(provider.name)} sent a shorter clip than it lists.`
      throw new ProviderError(provider.name, 'bad_answer', sentence)
    }
    const videoLocalPath = await adoptFile(core.store, 'footage', temporary, extension)
    if (media) await rememberMedia(core, videoLocalPath, media)
    return {
      videoUrl: candidate.downloadUrl,
      videoLocalPath,
      videoProvider: candidate.provider,
      videoId: candidate.id,
      videoKind: kind,
      videoAuthor: candidate.author?.slice(0, 200) ?? null,
      videoPageUrl: candidate.pageUrl,
      videoTitle: candidate.title.slice(0, 500),
    }
  } finally {
    await rm(temporary, { force: true })
  }
}

/** The margin added to a text's expected length until it has been spoken. */
const MARGIN = 1.15

export async function footageQuery(
  core: Core,
  draft: Draft,
  segment: Segment,
  { insist = false } = {},
): Promise<FootageQuery> {
  const expected = async () => (segment.text.length / (await measuredPace(core, draft))) * MARGIN
  return {
    query: segment.imageSearchQuery || segment.keyword || draft.topic,
    keyword: segment.keyword,
    text: segment.text,
    format: draft.format,
    minDuration: Math.max(segment.duration ?? 0, segment.ttsDuration ?? (await expected())),
    seed: draft.draftId,
    index: segment.segmentIndex,
    limit: CANDIDATES,
    insist,
  }
}
