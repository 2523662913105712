import type { Draft } from '../../../db/entities/draft.ts'
import type { Job } from '../../../db/entities/job.ts'
import { newestJob } from '../../../db/queries/jobs.ts'
import type { EntityManager } from '../../../db/types.ts'
import type { Actor } from '../../model/people.ts'
import { type Category, USUAL_CATEGORY } from '../../model/upload-target.ts'
import { defaultAccount } from '../accounts/accounts.ts'
import { recordAct } from '../audit.ts'
import type { Core } from '../core.ts'
import { loadSegments } from '../load.ts'
import { readPayload, type UploadChoice } from '../payloads.ts'
import { belowOf } from './below.ts'

/** The video's details; by default, the draft's own texts. */
export interface UploadWords {
  title: string
  description: string
  tags: string[]
  /** By default, the usual one. */
  category?: Category | undefined
}

/** The account for a draft's video: its own, or else the workspace's default; null for none. */
export async function accountFor(
  em: EntityManager,
  draft: Pick<Draft, 'accountId' | 'workspace'>,
): Promise<number | null> {
  return draft.accountId ?? (await defaultAccount(em, draft.workspace))?.id ?? null
}

/**
 * Requests a video's upload, in the given transaction. The platform's refusals are reported by the job.
 * @param rendered the job that made it.
 */
export async function enqueueUpload(
  core: Core,
  em: EntityManager,
  draft: Draft,
  rendered: Pick<Job, 'jobId' | 'outputVideoPath' | 'payload'>,
  actor: Actor | null,
  choice: UploadChoice,
  { title, description, tags, category = USUAL_CATEGORY }: UploadWords = draft,
): Promise<string> {
  const { draftId, workspace, language } = draft
  const music = readPayload('finalize', rendered)?.music ?? null
  const accountId = await accountFor(em, draft)
  const session = await sessionOfEarlier(em, rendered.jobId, accountId, choice)
  const jobId = await core.jobs.enqueue(
    {
      ...{ kind: 'upload', key: keyOfUpload(rendered.jobId), draftId, workspace, requester: actor },
      payload: {
        ...{ accountId, render: rendered.jobId, film: rendered.outputVideoPath ?? '' },
        ...{ sealedSession: session, isContinued: session !== null },
        details: {
          ...{ ...choice, title, description, tags, category, language },
          below: belowOfDraft(draft, await loadSegments(em, draftId), music),
        },
      },
    },
    em,
  )
  const about = { place: draft, draftId, actor, now: core.clock() }
  await recordAct(em, 'upload_asked', about, { job: jobId, account: accountId ?? 0, privacy: choice.privacy })
  return jobId
}

/**
 * The session of an earlier attempt at the same upload to resume: the whole film may have arrived, and a new session would
 * create a second video. Null if there is none, or if resuming would make visible what this upload shouldn't.
 */
async function sessionOfEarlier(
  em: EntityManager,
  render: string,
  accountId: number | null,
  { privacy, publishAt }: UploadChoice,
): Promise<string | null> {
  const before = readPayload('upload', await newestJob(em, { kind: 'upload', key: keyOfUpload(render) }))
  if (!before || before.video !== null || before.accountId !== accountId) return null
  const { details, sealedSession } = before
  return details.privacy === privacy && details.publishAt === publishAt ? sealedSession : null
}

/** Only one upload of a video is waiting or running at a time. */
export function keyOfUpload(render: string): string {
  return `upload:${render}`
}

function belowOfDraft(...given: Parameters<typeof belowOf>) {
  const { chapters, credits, creditsTitle } = belowOf(...given)
  return { creditsTitle, chapters: [...chapters], credits: [...credits] }
}
