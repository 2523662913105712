import type { Draft } from '../../../db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../../db/entities/segment.ts'
import type { Core } from '../../draft/core.ts'
import {
  CANDIDATES,
  type FootageFields,
  fetchCandidate,
  footageQuery,
  unusableOf,
} from '../../draft/find-footage.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import { allFailed, cancelledBy, storedReasons } from '../../model/failure.ts'
import type { FootageCandidate, FootageProvider } from '../../model/providers.ts'

/** The number of candidates tried if the draft already shows the first ones. */
const WIDE_SEARCH = 30
/** The number of consecutive candidates with unreachable servers after which the next provider is tried. */
const UNREACHABLE = 2
/** Maximum number of unusable files named in a remark. */
const NAMED = 3
/** The number of already shown candidates that are preferred over those of a lower-ranked provider. */
const PASSED_OVER = 3

/**
 * Finds and fetches footage for a segment and passes it to `save`: the first of the providers' candidates that no other
 * segment of the draft shows or, if there is none, one that is already shown. Errors of earlier providers become a remark;
 * their already shown candidates are stored before those of the provider used.
 * @throws UserError `footage_failed` with all providers' reasons.
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
  const reasons: (ProviderError | UserError)[] = []
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
      // A person has put a file there for this, and would wonder about seeing something else.
      const unusable = all.candidates.length > 0 ? [] : await unusableOf(core, provider, query, signal)
      reasons.push(...unusable.slice(0, NAMED).map((file) => new UserError('file_unusable', file)))
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

type SaveFootage = (fields: FootageFields) => Promise<void>

interface Found {
  provider: FootageProvider
  candidates: FootageCandidate[]
}

/**
 * Uses the first candidate that no other segment shows or is about to show; the segment's previous one comes last.
 * @returns whether one was used. @throws ProviderError of the last candidate if some were free but none was usable.
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
    // The claim is held until the choice is saved, so that two segments processed at once don't choose the same.
    const claim = `${segment.draftId} ${candidate.provider} ${candidate.id}`
    if (!(await core.footageClaims.take(claim))) continue
    try {
      if (await isUsedElsewhere(core, segment, candidate)) continue
      await use(candidate)
      return true
    } catch (error) {
      if (cancelledBy(signal, error) || !(error instanceof ProviderError)) throw error
      failures.push(error)
      // Each of them has been retried, and someone is waiting.
      const unreachable = failures.filter(({ failure }) => failure === 'unavailable')
      if (unreachable.length >= UNREACHABLE) break
    } finally {
      await core.footageClaims.release(claim)
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
