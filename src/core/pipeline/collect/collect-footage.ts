import { rm } from 'node:fs/promises'
import type { Draft } from '../../../db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../../db/entities/segment.ts'
import type { Core } from '../../draft/core.ts'
import { measuredPace } from '../../draft/measured-pace.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import { allFailed, cancelledBy, storedReasons } from '../../model/failure.ts'
import { isLongEnough } from '../../providers/stock/stock-choice.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../model/providers.ts'
import { checkFootage, titleOf } from '../../draft/check-footage.ts'
import { inTimeOrNull } from '../../draft/in-time.ts'

/** Candidates that people are shown to pick from. */
const CANDIDATES = 6
/** Candidates that are looked through when the draft shows the first ones already. */
const WIDE_SEARCH = 30
/** Candidates in a row whose server cannot be reached, after which a provider is given up. */
const UNREACHABLE = 2

/** Seconds that each provider has while somebody looks at an empty choice. */
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

/** Candidates that others show already and that are kept before those of a lesser provider. */
const PASSED_OVER = 3

/**
 * Finds and fetches footage for a segment and hands it to `save`: the first of the providers' candidates that no other
 * segment of the draft shows, and only when there is none one that is shown already. What an earlier provider failed with
 * is kept as a remark; what it found, and others show, is kept before the candidates of the one that is used.
 * @throws UserError `footage_failed` with the reasons of all of them.
 */
export async function collectFootage(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
  save: SaveFootage,
  options: { insist?: boolean } = {},
): Promise<void> {
  const query = await footageQuery(core, draft, segment, options)
  const reasons: ProviderError[] = []
  const found: Found[] = []
  const remember = (error: unknown) => {
    if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
    if (error.failure !== 'nothing_found') reasons.push(error)
  }
  const passedOver: FootageCandidate[] = []
  const use = async ({ provider, candidates }: Found, candidate: FootageCandidate, anyLength = false) => {
    const fields = await fetchCandidate(core, provider, candidate, query, signal, { anyLength })
    await save({
      ...fields,
      candidates: [...passedOver.filter((one) => one.provider !== candidate.provider), ...candidates],
      footageError: reasons.length > 0 ? storedReasons(reasons) : null,
    })
  }
  for (const provider of core.providers.footage) {
    try {
      const all = { provider, candidates: await provider.search(query, signal) }
      found.push(all)
      if (await useFirstFree(core, segment, all, signal, (candidate) => use(all, candidate))) return
      passedOver.push(...all.candidates.slice(0, PASSED_OVER))
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
        return await use(all, candidate, true)
      } catch (error) {
        if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      }
  if (reasons.length === 0) throw new UserError('footage_not_found')
  throw allFailed('footage_failed', reasons)
}

/**
 * What a person can choose among, up to CANDIDATES: the providers' candidates in their order, with a place for the best one of
 * each. A provider that fails, or makes one wait for long, is passed over.
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

/**
 * Downloads or draws one candidate into the store, checked. With `anyLength` a file that is shorter than was listed will
 * do.
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
    const { kind, extension, duration } = await checkFootage(core, provider.name, temporary, signal)
    const breaksItsWord = isLongEnough(candidate, query) && !isLongEnough({ duration }, query)
    if (kind === 'video' && breaksItsWord && !anyLength) {
      const sentence = `${titleOf(provider.name)} sent a shorter clip than it lists.`
      throw new ProviderError(provider.name, 'bad_answer', sentence)
    }
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

/** What is added to the time that a text is expected to take, as long as nobody has spoken it. */
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
    format: draft.format,
    minDuration: Math.max(segment.duration ?? 0, segment.ttsDuration ?? (await expected())),
    seed: draft.draftId,
    index: segment.segmentIndex,
    limit: CANDIDATES,
    insist,
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
