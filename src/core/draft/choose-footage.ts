import type { Draft } from '../../db/entities/draft.ts'
import { type Segment, SegmentEntity, type StoredCandidate } from '../../db/entities/segment.ts'
import { UserError } from '../model/errors.ts'
import type { Format } from '../model/formats.ts'
import type { UnusableFile } from '../model/unusable.ts'
import { admitPaidCalls } from './admission.ts'
import { isByHand, markByHand } from './by-hand.ts'
import { candidateThumbnail } from './candidate-files.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'
import { editDraft } from './edit.ts'
import { markEdited } from './edit-segment.ts'
import { CANDIDATES, fetchCandidate, footageQuery, searchCandidates, unusableFiles } from './find-footage.ts'
import { findSegment, loadDraft, requireEditable } from './load.ts'
import type { EditScope } from './scope.ts'
import { makeStill } from './still.ts'

export interface FootageChoice extends StoredCandidate {
  /** True for the candidate that the segment currently shows. */
  isCurrent: boolean
  /** Positions (from 1) of the draft's other segments that show it. */
  usedBy: number[]
  /** A thumbnail in the store; null if it isn't available. */
  thumbnailPath: string | null
}

export interface FootageChoices {
  choices: FootageChoice[]
  unusable: UnusableFile[]
  /** Of the draft. */
  format: Format
}

/**
 * Up to six candidates for a segment, with thumbnails, and unusable files that match. They are stored with the segment:
 * with `isSearch` false, those are returned again. Thumbnails can be left out, because they take time.
 * @throws UserError if the person has made too many requests.
 */
export async function footageChoices(
  core: Core,
  { workspace, draftId, actor }: EditScope,
  segmentId: number,
  signal: AbortSignal,
  { isSearch = true, hasPictures = true } = {},
): Promise<FootageChoices> {
  const { draft, segments } = await loadDraft(core.db.fork(), workspace, draftId)
  const segment = findSegment(segments, segmentId)
  if (!isSearch) {
    const choices = () =>
      withPictures(core, draft, segments, segment, segment.candidates, hasPictures ? signal : null)
    return { choices: await usingFiles(core, draftId, choices), unusable: [], format: draft.format }
  }
  const calls = core.providers.footage.some(({ isMetered }) => isMetered) ? 1 : 0
  await core.db.transaction((em) => admitPaidCalls(core, em, actor, workspace, calls))
  return usingFiles(core, draftId, () => choicesFor(core, draft, segments, segment, signal, hasPictures))
}

async function choicesFor(
  core: Core,
  draft: Draft,
  segments: Segment[],
  segment: Segment,
  signal: AbortSignal,
  hasPictures: boolean,
): Promise<FootageChoices> {
  const candidates = await searchCandidates(core, draft, segment, signal)
  const unusable = await unusableFiles(core, draft, segment, signal)
  await core.db.fork().nativeUpdate(SegmentEntity, { id: segment.id }, { candidates })
  const choices = await withPictures(core, draft, segments, segment, candidates, hasPictures ? signal : null)
  return { choices, unusable, format: draft.format }
}

async function withPictures(
  core: Core,
  draft: Draft,
  segments: Segment[],
  segment: Segment,
  candidates: StoredCandidate[],
  signal: AbortSignal | null,
): Promise<FootageChoice[]> {
  const query = await footageQuery(core, draft, segment, { insist: true })
  return Promise.all(
    candidates.slice(0, CANDIDATES).map(async (candidate) => {
      const same = (other: { videoProvider: string | null; videoId: string | null }) =>
        other.videoProvider === candidate.provider && other.videoId === candidate.id
      return {
        ...candidate,
        isCurrent: segment.videoLocalPath !== null && same(segment),
        usedBy: segments
          .filter((other) => other.id !== segment.id && same(other))
          .map((other) => other.segmentIndex + 1),
        thumbnailPath: signal && (await candidateThumbnail(core, candidate, query, signal)),
      }
    }),
  )
}

/**
 * Fetches the candidate that a person chose and assigns it to the segment.
 * @throws UserError if the candidate isn't among those found for it, or can't be fetched.
 */
export async function chooseFootage(
  core: Core,
  scope: EditScope,
  segmentId: number,
  choice: { provider: string; id: string },
  signal: AbortSignal,
  options: { alsoForRender?: boolean } = {},
): Promise<boolean> {
  const { draft, segments } = await loadDraft(core.db.fork(), scope.workspace, scope.draftId)
  // Checked again when it is saved; here it saves the download.
  if (!(options.alsoForRender && draft.status === 'converting')) requireEditable(draft)
  const segment = findSegment(segments, segmentId)
  const candidate = segment.candidates.find(
    ({ provider, id }) => provider === choice.provider && id === choice.id,
  )
  const provider = core.providers.footage.find(({ name }) => name === choice.provider)
  if (!candidate || !provider) throw new UserError('candidate_not_found')
  const query = await footageQuery(core, draft, segment, { insist: true })
  return usingFiles(core, draft.draftId, async () => {
    const fields = await fetchCandidate(core, provider, candidate, query, signal, { anyLength: true })
    await makeStill(core, fields.videoLocalPath, signal)
    return editDraft(
      core,
      scope,
      (editing) => {
        const current = findSegment(editing.segments, segmentId)
        // Choosing what is already shown counts as a choice, too, once.
        if (current.videoLocalPath === fields.videoLocalPath && isByHand(current, 'footage')) return null
        Object.assign(current, fields, { footageError: null }, markByHand(current, { footage: true }))
        markEdited(current, scope, editing.nextVersion, editing.now)
        return {
          action: { code: 'footage_chosen', segment: current.segmentIndex + 1 },
          segments: editing.segments,
        }
      },
      options,
    )
  })
}
