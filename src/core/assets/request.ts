import type { Draft } from '../../db/entities/draft.ts'
import type { Segment } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Core } from '../core.ts'

/** Asks for the assets of every segment that lacks one and has not said why it cannot have it. */
export async function requestMissingAssets(
  core: Core,
  draft: Draft,
  segments: Segment[],
  em?: EntityManager,
): Promise<void> {
  for (const segment of segments)
    if (lacksVoice(segment) || lacksFootage(segment)) await requestAssets(core, draft, segment, em)
}

/** True when the segment needs a voice and nothing is known that speaks against making one. */
export function lacksVoice(segment: Segment): boolean {
  return segment.ttsLocalPath === null && segment.voiceError === null
}

/** True when the segment needs footage and nothing is known that speaks against fetching some. */
export function lacksFootage(segment: Segment): boolean {
  return segment.videoLocalPath === null && segment.footageError === null
}

async function requestAssets(core: Core, draft: Draft, segment: Segment, em?: EntityManager): Promise<void> {
  await core.jobs.enqueue(
    {
      kind: 'collect',
      // A changed segment is another job: the one at work may have read the words before the change.
      key: `collect:${segment.id}:${segment.version}`,
      draftId: draft.draftId,
      workspace: draft.workspace,
      requester: null,
      payload: { segmentId: segment.id },
    },
    em,
  )
}
