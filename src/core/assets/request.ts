import { z } from 'zod'
import type { Draft } from '../../db/entities/draft.ts'
import type { Job } from '../../db/entities/job.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Core } from '../core.ts'
import type { EditableSegment } from '../draft/load.ts'

/**
 * Asks for the assets of every segment that lacks one and has not said why it cannot have it. With `insist` a provider that
 * was down a moment ago is asked all the same.
 */
export async function requestMissingAssets(
  core: Core,
  draft: Draft,
  segments: readonly EditableSegment[],
  em?: EntityManager,
  options: { insist?: boolean } = {},
): Promise<void> {
  for (const segment of segments)
    if (lacksVoice(segment) || lacksFootage(segment))
      await requestAssets(core, draft, segment, options.insist ?? false, em)
}

/** True when the segment needs a voice and nothing is known that speaks against making one. */
export function lacksVoice(segment: EditableSegment): boolean {
  return segment.ttsLocalPath === null && segment.voiceError === null
}

/** True when the segment needs footage and nothing is known that speaks against fetching some. */
export function lacksFootage(segment: EditableSegment): boolean {
  return segment.videoLocalPath === null && segment.footageError === null
}

const CollectPayload = z.object({ segmentId: z.number(), insist: z.boolean().default(false) })

/** What a job of the kinds `collect` and `clip` carries. */
export function collectPayload(job: Pick<Job, 'payload'>): z.infer<typeof CollectPayload> {
  return CollectPayload.parse(job.payload)
}

async function requestAssets(
  core: Core,
  draft: Draft,
  segment: EditableSegment,
  insist: boolean,
  em?: EntityManager,
): Promise<void> {
  await core.jobs.enqueue(
    {
      kind: 'collect',
      // A changed segment is another job: the one at work may have read the words before the change. So is another try: the
      // one at work may be the one that has just failed.
      key: `collect:${segment.id}:${segment.version}:${segment.retries}`,
      draftId: draft.draftId,
      workspace: draft.workspace,
      requester: null,
      payload: { segmentId: segment.id, insist },
    },
    em,
  )
}
