import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import type { Core } from './core.ts'

type Assets = Pick<Segment, 'ttsLocalPath' | 'videoLocalPath'>

/** The segment's assets that have to be remade because their file is no longer in the store; usually none. */
export async function lostAssets(core: Core, { ttsLocalPath, videoLocalPath }: Assets) {
  const isLost = async (file: string | null) => file !== null && !(await core.store.has(file))
  return {
    ...((await isLost(ttsLocalPath)) && {
      ttsLocalPath: null,
      ttsDuration: null,
      words: [],
      voiceError: null,
    }),
    // Without its id, so that the same footage can be chosen again.
    ...((await isLost(videoLocalPath)) && { videoLocalPath: null, videoId: null, footageError: null }),
  }
}

/** Marks assets as missing if their files were deleted from the disk, so that they are remade. */
export async function forgetLostFiles(core: Core, draftId: string): Promise<void> {
  const em = core.db.fork()
  for (const segment of await em.find(SegmentEntity, { draftId })) {
    const lost = await lostAssets(core, segment)
    if (Object.keys(lost).length > 0) await em.nativeUpdate(SegmentEntity, { id: segment.id }, lost)
  }
}
