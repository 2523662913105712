import { type Segment, SegmentEntity } from '../../db/entities/segment.ts'
import type { Core } from './core.ts'

type Assets = Pick<Segment, 'ttsLocalPath' | 'videoLocalPath'>

/** What of a segment's assets has to be made again since its file is not in the store any more; usually nothing. */
export async function lostAssets(core: Core, { ttsLocalPath, videoLocalPath }: Assets) {
  const isLost = async (file: string | null) => file !== null && !(await core.store.has(file))
  return {
    ...((await isLost(ttsLocalPath)) && {
      ttsLocalPath: null,
      ttsDuration: null,
      words: [],
      voiceError: null,
    }),
    // Without its id, so that the same footage may be chosen again.
    ...((await isLost(videoLocalPath)) && { videoLocalPath: null, videoId: null, footageError: null }),
  }
}

/** Marks assets as missing whose files somebody removed from the disk, so that they are made again. */
export async function forgetLostFiles(core: Core, draftId: string): Promise<void> {
  const em = core.db.fork()
  for (const segment of await em.find(SegmentEntity, { draftId })) {
    const lost = await lostAssets(core, segment)
    if (Object.keys(lost).length > 0) await em.nativeUpdate(SegmentEntity, { id: segment.id }, lost)
  }
}
