import { SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Core } from './core.ts'

/** Records why a segment's assets won't be made automatically, unless there is already a reason. */
export async function sayMissing(
  core: Core,
  segmentId: number,
  sentence: string,
  em: EntityManager = core.db.fork(),
): Promise<void> {
  const now = { updatedAt: core.clock() }
  const lacks = {
    voice: { ttsLocalPath: null, voiceError: null },
    footage: { videoLocalPath: null, footageError: null },
  }
  await em.nativeUpdate(SegmentEntity, { id: segmentId, ...lacks.voice }, { voiceError: sentence, ...now })
  await em.nativeUpdate(
    SegmentEntity,
    { id: segmentId, ...lacks.footage },
    { footageError: sentence, ...now },
  )
}
