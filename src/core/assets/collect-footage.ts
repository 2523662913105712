import { rm } from 'node:fs/promises'
import type { Draft } from '../../db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import type { Core } from '../core.ts'
import { estimateSpeech } from '../draft/duration.ts'
import { ProviderError, UserError } from '../errors.ts'
import { allFailed, cancelledBy, storedReasons } from '../failure.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../providers/types.ts'
import { checkFootage } from './check-footage.ts'

/** Candidates that people are shown to pick from. */
const CANDIDATES = 6
/** Candidates that are looked through when the draft shows the first ones already. */
const WIDE_SEARCH = 30
/** Candidates in a row whose server cannot be reached, after which a provider is given up. */
const UNREACHABLE = 2

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
 * Finds and fetches footage for a segment and hands it to `save`: the first of the providers' candidates that no other
 * segment of the draft shows, and only when there is none one that is shown already. What an earlier provider failed with
 * is kept as a remark.
 * @throws UserError `footage_failed` with the reasons of all of them.
 */
export async function collectFootage(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
  save: SaveFootage,
): Promise<void> {
  const query = footageQuery(core, draft, segment)
  const reasons: ProviderError[] = []
  const found: Found[] = []
  const remember = (error: unknown) => {
    if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
    if (error.failure !== 'nothing_found') reasons.push(error)
  }
  const use = async ({ provider, candidates }: Found, candidate: FootageCandidate) => {
    const fields = await fetchCandidate(core, provider, candidate, query, signal)
    await save({ ...fields, candidates, footageError: reasons.length > 0 ? storedReasons(reasons) : null })
  }
  for (const provider of core.providers.footage) {
    try {
      const all = { provider, candidates: await provider.search(query, signal) }
      found.push(all)
      if (await useFirstFree(core, segment, all, signal, (candidate) => use(all, candidate))) return
      if (all.candidates.length < CANDIDATES) continue
      const more = await provider.search({ ...query, limit: WIDE_SEARCH }, signal)
      const wide = {
        provider,
        candidates: more.filter(({ id }) => all.candidates.every((one) => one.id !== id)),
      }
      if (await useFirstFree(core, segment, wide, signal, (candidate) => use(all, candidate))) return
    } catch (error) {
      remember(error)
    }
  }
  for (const all of found)
    for (const candidate of all.candidates)
      try {
        return await use(all, candidate)
      } catch (error) {
        if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      }
  if (reasons.length === 0) throw new UserError('footage_not_found')
  throw allFailed('footage_failed', reasons)
}

/**
 * What a person can choose among, up to CANDIDATES: the providers' candidates in their order, with a place for the best one of
 * each. A provider that fails is passed over.
 */
export async function searchCandidates(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
): Promise<FootageCandidate[]> {
  const query = footageQuery(core, draft, segment)
  const search = async (provider: FootageProvider) => {
    try {
      return await provider.search(query, signal)
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      core.log.warn({ draft: draft.draftId, provider: provider.name, err: error }, 'footage search failed')
      return []
    }
  }
  return sharePlaces(await Promise.all(core.providers.footage.map(search)), CANDIDATES)
}

/** Pure: the first ones of all lists in order, but at least one of each that has any. */
function sharePlaces<T>(lists: T[][], places: number): T[] {
  const filled = lists.filter((list) => list.length > 0).slice(0, places)
  let left = places - filled.length
  return filled.flatMap((list) => {
    const count = Math.min(list.length, 1 + left)
    left -= count - 1
    return list.slice(0, count)
  })
}

/** Downloads or draws one candidate into the store, checked. @throws ProviderError */
export async function fetchCandidate(
  core: Core,
  provider: FootageProvider,
  candidate: FootageCandidate,
  query: FootageQuery,
  signal: AbortSignal,
): Promise<Omit<FootageFields, 'candidates' | 'footageError'>> {
  const temporary = await core.store.temporary()
  try {
    await provider.fetch(candidate, query, temporary, signal)
    const { kind, extension } = await checkFootage(core.ffmpeg, provider.name, temporary, signal)
    return {
      videoUrl: candidate.downloadUrl,
      videoLocalPath: await core.store.adopt('footage', temporary, extension),
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

export function footageQuery(core: Core, draft: Draft, segment: Segment): FootageQuery {
  return {
    query: segment.imageSearchQuery || segment.keyword || draft.topic,
    keyword: segment.keyword,
    format: draft.format,
    minDuration: Math.max(
      segment.duration ?? 0,
      segment.ttsDuration ?? estimateSpeech(core, draft, segment.text),
    ),
    seed: draft.draftId,
    index: segment.segmentIndex,
    limit: CANDIDATES,
  }
}

type SaveFootage = (fields: FootageFields) => Promise<void>

interface Found {
  provider: FootageProvider
  candidates: FootageCandidate[]
}

/**
 * Uses the first candidate that no other segment shows or is about to show; the one that the segment showed before comes
 * last.
 * @returns whether one was used. @throws ProviderError of the last candidate when some were free and none could be used.
 */
async function useFirstFree(
  core: Core,
  segment: Segment,
  { candidates }: Found,
  signal: AbortSignal,
  use: (candidate: FootageCandidate) => Promise<void>,
): Promise<boolean> {
  const isPrevious = ({ provider, id }: FootageCandidate) =>
    provider === segment.videoProvider && id === segment.videoId
  const failures: ProviderError[] = []
  for (const candidate of candidates.toSorted((a, b) => Number(isPrevious(a)) - Number(isPrevious(b)))) {
    // The claim is held until the choice is saved, so that two segments collected at once do not choose the same.
    const claim = `${segment.draftId} ${candidate.provider} ${candidate.id}`
    if (core.footageClaims.has(claim)) continue
    core.footageClaims.add(claim)
    try {
      if (await isUsedElsewhere(core, segment, candidate)) continue
      await use(candidate)
      return true
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      failures.push(error)
      // Each of them has been tried several times, and somebody is waiting.
      const unreachable = failures.filter(({ failure }) => failure === 'unavailable')
      if (unreachable.length >= UNREACHABLE) break
    } finally {
      core.footageClaims.delete(claim)
    }
  }
  if (failures.length > 0) throw failures.at(-1)
  return false
}

async function isUsedElsewhere(core: Core, segment: Segment, candidate: FootageCandidate): Promise<boolean> {
  const users = await core.db.fork().count(SegmentEntity, {
    draftId: segment.draftId,
    id: { $ne: segment.id },
    videoProvider: candidate.provider,
    videoId: candidate.id,
  })
  return users > 0
}
