import type { Draft } from '../../db/entities/draft.ts'
import { activeJobs } from '../../db/queries/jobs.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor } from '../model/people.ts'
import { admitPaidCalls, countPaidCalls } from './admission.ts'
import type { Core } from './core.ts'
import type { EditableSegment } from './load.ts'

interface Asking {
  /** True to ask a provider all the same that was down a moment ago. */
  insist?: boolean
  /** Whose turn it is and who is counted with it; without, the author's turn and nobody is counted. */
  asker?: Actor
  /** True for what follows from something that was admitted. */
  isAdmitted?: boolean
}

/**
 * Asks for the assets of every segment that lacks one and has not said why it cannot have it, and is not running already.
 * @throws UserError when the person who asks has asked for too much.
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
 * Counts the assets that a render of the draft will have to make.
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

/** What of a segment a job waits or works for. */
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

/** Those that lack something for which no job waits or works. */
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

/** What they ask of services that are paid for or limit their keys. */
function paidCallsOf({ providers }: Core, segments: readonly EditableSegment[]): number {
  const isSpokenForMoney = providers.voice.some(({ expects }) => expects !== undefined)
  const isMetered = providers.footage.some((provider) => provider.isMetered)
  const voices = isSpokenForMoney ? segments.filter(lacksVoice).length : 0
  return voices + (isMetered ? segments.filter(lacksFootage).length : 0)
}

/**
 * A changed segment is another job: the running one may have read the words before the change. So is another try: the one at
 * work may be the one that has just failed.
 */
function keyOf({ id, version, retries }: EditableSegment): string {
  return `collect:${id}:${version}:${retries}`
}

/** True when the segment needs a voice and nothing is known that speaks against making one. */
export function lacksVoice(segment: EditableSegment): boolean {
  return segment.ttsLocalPath === null && segment.voiceError === null
}

/** True when the segment needs footage and nothing is known that speaks against fetching some. */
export function lacksFootage(segment: EditableSegment): boolean {
  return segment.videoLocalPath === null && segment.footageError === null
}
