import { rm } from 'node:fs/promises'
import type { Draft } from '../../db/entities/draft.ts'
import type { Segment, StoredCandidate } from '../../db/entities/segment.ts'
import { MOVING_PREVIEW_VERSION, writeMovingPreview } from '../media/clip/moving-preview.ts'
import { hashOf } from '../media/store/hash.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { allFailed } from '../model/failure.ts'
import type { FootageProvider, FootageQuery } from '../model/providers.ts'
import { storedName } from '../model/store.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'
import { footageQuery } from './find-footage.ts'
import { inTimeOrNull } from './in-time.ts'
import { findSegment, loadDraft } from './load.ts'

/** Seconds after which the candidates are shown without a missing picture. */
const THUMBNAIL_PATIENCE = 20
/** Milliseconds for a video preview, including its download. */
const PREVIEW_PATIENCE = 90_000

/** A short key by which a candidate's pictures are requested, because list positions change with the next search. */
export function candidateKey({ provider, id }: Pick<StoredCandidate, 'provider' | 'id'>): string {
  return hashOf([provider, id]).slice(0, 12)
}

/** A candidate's thumbnail in the store; null if it isn't available in time. */
export async function candidateThumbnail(
  core: Core,
  candidate: StoredCandidate,
  query: FootageQuery,
  signal: AbortSignal,
): Promise<string | null> {
  const provider = providerOf(core, candidate)
  if (!provider) return null
  const { seed, format } = query
  const key = hashOf([
    'candidate',
    candidate.provider,
    candidate.id,
    ...(provider.drawsForDraft ? [seed, format] : []),
  ])
  return inTimeOrNull(core, provider.name, THUMBNAIL_PATIENCE, signal, (signal) =>
    core.store.put(storedName('previews', key, 'jpg'), (file) =>
      provider.thumbnail(candidate, query, file, signal),
    ),
  )
}

interface Asked {
  workspace: string
  draftId: string
  segmentId: number
  /** Its position among those found, from 0, or its `candidateKey`. */
  which: string
}

/**
 * A candidate's thumbnail as a name in the store, for a person looking at the candidates.
 * @throws UserError if it isn't among those found for the segment, or if no picture is available.
 */
export async function thumbnailOf(core: Core, asked: Asked): Promise<string> {
  const { draft, segment, candidate } = await findCandidate(core, asked)
  const query = await footageQuery(core, draft, segment, { insist: true })
  const made = await usingFiles(core, asked.draftId, () =>
    candidateThumbnail(core, candidate, query, AbortSignal.timeout(PREVIEW_PATIENCE)),
  )
  if (made === null) throw new UserError('candidate_not_found')
  return made
}

/**
 * The beginning of a video candidate, small enough to be played while choosing: fetched under the provider's download
 * rules, and encoded here. Made once; concurrent callers wait for it.
 * @returns its name in the store.
 * @throws UserError like `thumbnailOf`, also for a still; `footage_failed` if it isn't available.
 */
export async function movingPreviewOf(core: Core, asked: Asked): Promise<string> {
  const { draft, segment, candidate } = await findCandidate(core, asked)
  const provider = providerOf(core, candidate)
  if (!provider || candidate.kind !== 'video') throw new UserError('candidate_not_found')
  const query = await footageQuery(core, draft, segment, { insist: true })
  const signal = AbortSignal.timeout(PREVIEW_PATIENCE)
  const key = hashOf(['moving', MOVING_PREVIEW_VERSION, core.ffmpeg.build, candidate.provider, candidate.id])
  try {
    return await usingFiles(core, asked.draftId, () =>
      core.store.put(storedName('previews', key, 'mp4'), async (file) => {
        const fetched = await core.store.temporary()
        try {
          const fetch = provider.preview ?? provider.fetch
          await fetch.call(provider, candidate, query, fetched, signal)
          await writeMovingPreview(core, fetched, file, { signal })
        } finally {
          await rm(fetched, { force: true })
        }
      }),
    )
  } catch (error) {
    throw error instanceof ProviderError ? allFailed('footage_failed', [error]) : error
  }
}

async function findCandidate(
  core: Core,
  { workspace, draftId, segmentId, which }: Asked,
): Promise<{ draft: Draft; segment: Segment; candidate: StoredCandidate }> {
  const { draft, segments } = await loadDraft(core.db.fork(), workspace, draftId)
  const segment = findSegment(segments, segmentId)
  const candidate = segment.candidates.find(
    (one, place) => String(place) === which || candidateKey(one) === which,
  )
  if (!candidate) throw new UserError('candidate_not_found')
  return { draft, segment, candidate }
}

function providerOf(core: Core, { provider }: StoredCandidate): FootageProvider | undefined {
  return core.providers.footage.find(({ name }) => name === provider)
}
