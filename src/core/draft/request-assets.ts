import type { Draft } from '../../db/entities/draft.ts'
import { activeJobs } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor } from '../model/people.ts'
import { admitPaidCalls, countPaidCalls } from './admission.ts'
import type { Core } from './core.ts'
import type { EditableSegment } from './load.ts'

interface Asking {
  /** True to also ask a provider that was down a moment ago. */
  insist?: boolean
  /** The person it counts for, in turns and limits; by default it is the author's turn, and no limit is charged. */
  asker?: Actor
  /** True for consequences of something already admitted. */
  isAdmitted?: boolean
}

/**
 * Requests the assets of every segment that lacks one without a stated reason, and for which no job is running.
 * @throws UserError if the person has made too many requests.
 */
export async function requestMissingAssets(
  core: Core,
  draft: Draft,
  segments: readonly EditableSegment[],
  em: EntityManager,
  { insist = false, asker, isAdmitted = false }: Asking = {},
): Promise<void> {
  const missing = await withoutJob(em, draft.draftId, segments)
  if (asker) {
    const count = isAdmitted ? countPaidCalls : admitPaidCalls
    await count(core, em, asker, draft.workspace, paidCallsOf(core, missing))
  }
  const requester = asker ?? { id: draft.authorId, name: draft.authorName }
  for (const segment of missing)
    await core.jobs.enqueue(
      {
        kind: 'collect',
        key: keyOf(segment),
        draftId: draft.draftId,
        workspace: draft.workspace,
        requester,
        payload: { segmentId: segment.id, insist },
      },
      em,
    )
}

/**
 * Counts the assets that a render of the draft will have to make against the person's limit.
 * @throws UserError when the person who asks has asked for too much.
 */
export async function admitMissingAssets(
  core: Core,
  em: EntityManager,
  asker: Actor,
  draft: Draft,
  segments: readonly EditableSegment[],
): Promise<void> {
  const missing = await withoutJob(em, draft.draftId, segments)
  await admitPaidCalls(core, em, asker, draft.workspace, paidCallsOf(core, missing))
}

/** The parts of a segment that a job is waiting or running for. */
export async function comingAssets(
  core: Core,
  segment: EditableSegment,
): Promise<{ voice: boolean; footage: boolean }> {
  const [job] = await activeJobs(core.db.fork(), {
    ...{ draftId: segment.draftId, kind: 'collect', key: keyOf(segment) },
  })
  return {
    voice: job !== undefined && lacksVoice(segment),
    footage: job !== undefined && lacksFootage(segment),
  }
}

/** The segments that lack something for which no job is waiting or running. */
async function withoutJob(
  em: EntityManager,
  draftId: string,
  segments: readonly EditableSegment[],
): Promise<EditableSegment[]> {
  const missing = segments.filter((segment) => lacksVoice(segment) || lacksFootage(segment))
  if (missing.length === 0) return []
  const active = await activeJobs(em, { draftId, kind: 'collect' })
  const keys = new Set(active.map(({ key }) => key))
  return missing.filter((segment) => !keys.has(keyOf(segment)))
}

/** The calls they cause to services that are paid or have quotas. */
function paidCallsOf({ providers }: Core, segments: readonly EditableSegment[]): number {
  const isSpokenForMoney = providers.voice.some(({ expects }) => expects !== undefined)
  const isMetered = providers.footage.some((provider) => provider.isMetered)
  const voices = isSpokenForMoney ? segments.filter(lacksVoice).length : 0
  return voices + (isMetered ? segments.filter(lacksFootage).length : 0)
}

/**
 * A changed segment needs another job, because the running one may have read the text before the change. So does a retry,
 * because the running one may be the one that has just failed.
 */
function keyOf({ id, version, retries }: EditableSegment): string {
  return `collect:${id}:${version}:${retries}`
}

/** True if the segment needs a voice and there is no known obstacle. */
export function lacksVoice(segment: EditableSegment): boolean {
  return segment.ttsLocalPath === null && segment.voiceError === null
}

/** True if the segment needs footage and there is no known obstacle. */
export function lacksFootage(segment: EditableSegment): boolean {
  return segment.videoLocalPath === null && segment.footageError === null
}
