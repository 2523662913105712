import { type Draft, DraftEntity } from '../../../db/entities/draft.ts'
import { type Segment, SegmentEntity } from '../../../db/entities/segment.ts'
import { segmentWithDraft } from '../../../db/queries/drafts.ts'
import { requestClips } from '../../draft/clips.ts'
import type { Core } from '../../draft/core.ts'
import { usingFiles } from '../../draft/draft-files.ts'
import { settleStatus } from '../../draft/edit.ts'
import type { FootageFields } from '../../draft/find-footage.ts'
import { loadSegments } from '../../draft/load.ts'
import { lacksFootage, lacksVoice } from '../../draft/request-assets.ts'
import { makeStill } from '../../draft/still.ts'
import { recordUsage } from '../../draft/usage.ts'
import { cancelledBy, storedFailure } from '../../model/failure.ts'
import { collectFootage } from './collect-footage.ts'
import { collectVoice } from './collect-voice.ts'

/**
 * Makes a segment's missing voice and footage concurrently, and saves each as soon as it is there. If one isn't available,
 * the reason is saved in the segment instead. Results for a text that has been changed in the meantime are discarded.
 * @throws UserError `cancelled` if the signal is aborted; errors that no other provider could compensate for.
 */
export async function collectSegment(
  core: Core,
  { segmentId, insist = false }: { segmentId: number; insist?: boolean },
  signal: AbortSignal,
): Promise<void> {
  const found = await segmentWithDraft(core.db.fork(), segmentId)
  if (!found) return
  const { segment, draft } = found
  await usingFiles(core, draft.draftId, () => collect(core, draft, segment, signal, insist))
}

async function collect(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
  insist: boolean,
): Promise<void> {
  const work = [
    ...(lacksVoice(segment) ? [saveVoice(core, draft, segment, signal, insist)] : []),
    ...(lacksFootage(segment) ? [saveFootage(core, draft, segment, signal, insist)] : []),
  ]
  // Waits for both, so that nothing continues after the job has ended.
  const results = await Promise.allSettled(work)
  await core.db.transaction(async (em) => {
    await settleStatus(em, draft.draftId, await loadSegments(em, draft.draftId), core.clock())
  })
  core.events.changed(draft.draftId)
  await requestClips(core, draft.draftId, [segment.id])
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

async function saveVoice(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
  insist: boolean,
): Promise<void> {
  const save = (fields: Partial<Segment>) =>
    core.db.transaction(async (em) => {
      const { voice, voiceSpeed, draftId } = draft
      // Another voice may have been chosen in the meantime, which belongs to the draft and not to the segment.
      if ((await em.count(DraftEntity, { draftId, voice, voiceSpeed })) === 0) return
      await em.nativeUpdate(
        SegmentEntity,
        { id: segment.id, text: segment.text, voiceTake: segment.voiceTake, ttsLocalPath: null },
        { ...fields, updatedAt: core.clock() },
      )
    })
  try {
    const { usage, notice, ...fields } = await collectVoice(core, draft, segment, signal, { insist })
    await save(fields)
    if (notice !== null) {
      const silent = { draftId: draft.draftId, notice: null, isOutline: false }
      await core.db.fork().nativeUpdate(DraftEntity, silent, { notice })
    }
    await recordUsage(core, draft.draftId, usage)
  } catch (error) {
    if (cancelledBy(signal, error)) throw error
    await save({ voiceError: storedFailure(error) })
    core.log.warn({ draft: draft.draftId, segment: segment.id, err: error }, 'voice failed')
  }
  core.events.changed(draft.draftId)
}

async function saveFootage(
  core: Core,
  draft: Draft,
  segment: Segment,
  signal: AbortSignal,
  insist: boolean,
): Promise<void> {
  const { id, imageSearchQuery, keyword } = segment
  // The keyword, too: it replaces an empty query, and some providers show it in the picture.
  const unchanged = { id, imageSearchQuery, keyword, videoLocalPath: null }
  try {
    const save = async (fields: FootageFields) => {
      // First, because saved assets aren't examined again if the process dies in between.
      await makeStill(core, fields.videoLocalPath, signal)
      await core.db.fork().nativeUpdate(SegmentEntity, unchanged, { ...fields, updatedAt: core.clock() })
    }
    await collectFootage(core, draft, segment, signal, save, { insist })
  } catch (error) {
    if (cancelledBy(signal, error)) throw error
    await core.db.fork().nativeUpdate(SegmentEntity, unchanged, {
      footageError: storedFailure(error),
      updatedAt: core.clock(),
    })
    core.log.warn({ draft: draft.draftId, segment: segment.id, err: error }, 'footage failed')
  }
  core.events.changed(draft.draftId)
}
