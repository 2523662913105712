import { inspectFootage, tryPlaying } from '../media/footage/inspect.ts'
import { nameUnusable } from '../media/pictures/file-kind.ts'
import { makeOrdinary } from '../media/pictures/pictures.ts'
import { adoptFile } from '../media/store/adopt.ts'
import { hashFile } from '../media/store/hash.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { cleaned } from '../model/text/clean.ts'
import { UnusableError, unusableFile } from '../model/unusable.ts'
import { isByHand, markByHand } from './by-hand.ts'
import { checkFootage } from './check-footage.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'
import { editDraft } from './edit.ts'
import { markEdited } from './edit-segment.ts'
import type { FootageFields } from './find-footage.ts'
import { findSegment, getSegment } from './load.ts'
import { PICK, picksOf } from './picks.ts'
import type { EditScope } from './scope.ts'
import { requireSpace } from './space.ts'
import { makeStill } from './still.ts'

/** The provider of uploaded footage in rows. */
const OWN_FOOTAGE = 'own_file'

/** Maximum bytes of uploaded footage, the same as for downloads from stock sites. */
export const MAX_OWN_BYTES = 400_000_000

/**
 * Checks whether a file can be sent for a segment, before it is.
 * @throws UserError if the draft can't be edited now, has no such segment, the file's name already rules it out as footage,
 * or the disk is nearly full.
 */
export async function admitOwnFootage(
  core: Core,
  { workspace, draftId }: EditScope,
  segmentId: number,
  name: string,
): Promise<void> {
  await getSegment(core, workspace, draftId, segmentId)
  const why = nameUnusable(name)
  if (why !== null) throw new UserError('file_unusable', unusableFile(name, why))
  await requireSpace(core)
}

/**
 * Assigns a person's own picture or video to a segment: inspected and decoded like other external files, kept in the store,
 * and recorded as a step in the history. Running footage jobs of the segment become obsolete.
 * @param own a temporary file of the store, which the caller removes, and its original name.
 * @returns whether the segment's footage changed.
 * @throws UserError `file_unusable` with the reason, and the errors of edits.
 */
export async function giveOwnFootage(
  core: Core,
  scope: EditScope,
  segmentId: number,
  own: { file: string; name: string },
  signal: AbortSignal,
): Promise<boolean> {
  const { draftId } = scope
  const before = await picksOf(core.db.fork(), draftId, `${PICK}${segmentId}:`)
  const isNew = await usingFiles(core, draftId, async () => {
    const fields = await adopt(core, own, signal)
    await makeStill(core, fields.videoLocalPath, signal)
    return editDraft(core, scope, ({ segments, nextVersion, now }) => {
      const segment = findSegment(segments, segmentId)
      if (segment.videoLocalPath === fields.videoLocalPath && isByHand(segment, 'footage')) return null
      Object.assign(segment, fields, { footageError: null }, markByHand(segment, { footage: true }))
      markEdited(segment, scope, nextVersion, now)
      return { action: { code: 'footage_uploaded', segment: segment.segmentIndex + 1 }, segments }
    })
  })
  await Promise.all(before.map(({ jobId }) => core.jobs.cancel(jobId)))
  return isNew
}

async function adopt(
  core: Core,
  { file, name }: { file: string; name: string },
  signal: AbortSignal,
): Promise<Omit<FootageFields, 'candidates' | 'footageError'>> {
  const { ffmpeg, store } = core
  try {
    // The hash of the uploaded bytes: the same file is the same footage.
    const id = (await hashFile(file)).slice(0, 32)
    await inspectFootage(ffmpeg, file, signal)
    await tryPlaying(ffmpeg, file, signal)
    await makeOrdinary(file, { signal, patience: ffmpeg.patience })
    const { kind, extension } = await checkFootage(core, OWN_FOOTAGE, file, signal)
    return {
      ...{ videoUrl: null, videoAuthor: null, videoPageUrl: null },
      videoLocalPath: await adoptFile(store, 'footage', file, extension),
      ...{ videoProvider: OWN_FOOTAGE, videoId: id, videoKind: kind },
      videoTitle: cleaned(unusableFile(name, 'unknown').name, 'tag'),
    }
  } catch (error) {
    if (error instanceof UnusableError)
      throw new UserError('file_unusable', unusableFile(name, error.why), { cause: error })
    // It was decoded completely, and is truncated somewhere.
    if (error instanceof ProviderError)
      throw new UserError('file_unusable', unusableFile(name, 'undecodable'), { cause: error })
    throw error
  }
}
