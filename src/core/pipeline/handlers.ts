import type { Job, JobKind } from '../../db/entities/job.ts'
import { requestAllClips } from '../draft/clips.ts'
import type { Core } from '../draft/core.ts'
import { type Payload, payloadOf } from '../draft/payloads.ts'
import { runPick } from '../draft/pick-footage.ts'
import { endRender } from '../draft/render.ts'
import { sayMissing } from '../draft/say-missing.ts'
import { poolFor } from '../media/ffmpeg/pool.ts'
import type { RenderOptions } from '../media/types.ts'
import { runBundle } from './bundle.ts'
import { type CleanupLimits, runCleanup } from './cleanup.ts'
import { runClip } from './clip.ts'
import { collectSegment } from './collect/collect.ts'
import { runCreate } from './create.ts'
import { runFinalize } from './finalize.ts'
import { runLink } from './link.ts'
import { runSound } from './sound.ts'
import { runUpload } from './upload.ts'
import { runWebhook, sayWebhookFailed } from './webhook.ts'
import { writeAgain } from './write-again.ts'

/** The dependencies of jobs. */
export interface Pipeline {
  core: Core
  cleanup: CleanupLimits
  /** Aborted when the program starts to stop; nothing more is requested then. */
  stopping: AbortSignal
}

interface Handler<K extends JobKind> {
  work(pipeline: Pipeline, job: Job, payload: Payload<K>, options: RenderOptions): Promise<void>
  /** Reports a permanently failed job where people will see it. */
  onFailed?(pipeline: Pipeline, job: Job, payload: Payload<K>): Promise<void>
}

const HANDLERS: { [K in JobKind]: Handler<K> } = {
  create: {
    work: ({ core }, job, payload, { signal }) =>
      payload.again ? writeAgain(core, job, payload, signal) : runCreate(core, job, payload, signal),
  },
  collect: {
    work: ({ core }, job, { pick, ...payload }, { signal }) =>
      pick
        ? runPick(onBehalf(core, job), job, { ...payload, pick }, signal)
        : collectSegment(onBehalf(core, job), payload, signal),
    onFailed: async ({ core }, { error }, { segmentId, pick }) => {
      // If the choice fails, the segment stays unchanged, and the person who chose sees why.
      if (pick === null) await sayMissing(core, segmentId, error ?? '')
    },
  },
  clip: {
    work: ({ core }, job, { segmentId }, { signal }) => runClip(onBehalf(core, job), segmentId, signal),
  },
  sound: {
    work: ({ core }, job, _payload, { signal }) => runSound(onBehalf(core, job), job, signal),
  },
  finalize: {
    work: ({ core }, job, payload, options) => runFinalize(core, job, payload, options),
    onFailed: ({ core }, { draftId }) => endRender(core, draftId ?? ''),
  },
  cleanup: {
    work: async ({ core, cleanup, stopping }, { jobId }, payload) => {
      await runCleanup(core, jobId, payload, cleanup)
      // There may be space again for what drafts in review need.
      await requestAllClips(core, { signal: stopping })
    },
  },
  link: {
    work: ({ core }, job, payload, { signal }) => runLink(core, job, payload, signal),
  },
  upload: {
    work: ({ core }, job, payload, options) => runUpload(core, job, payload, options),
  },
  bundle: {
    work: ({ core }, job, payload, options) => runBundle(onBehalf(core, job), job, payload, options),
  },
  webhook: {
    work: ({ core }, job, payload, { signal }) => runWebhook(core, job, payload, signal),
    onFailed: ({ core }, job) => sayWebhookFailed(core, job),
  },
}

/** Runs a job of any kind. @throws the error that ends it; a UserError is a message for people. */
export function workOn(pipeline: Pipeline, job: Job, options: RenderOptions): Promise<void> {
  return work(job.kind, pipeline, job, options)
}

/** Reports a permanently failed job where people will see it. */
export async function sayFailed(pipeline: Pipeline, job: Job): Promise<void> {
  await fail(job.kind, pipeline, job)
}

async function work<K extends JobKind>(kind: K, pipeline: Pipeline, job: Job, options: RenderOptions) {
  await HANDLERS[kind].work(pipeline, job, payloadOf(kind, job), options)
}

async function fail<K extends JobKind>(kind: K, pipeline: Pipeline, job: Job) {
  await HANDLERS[kind].onFailed?.(pipeline, job, payloadOf(kind, job))
}

/** The same program, with ffmpeg runs counted for the person who requested the job. */
function onBehalf(core: Core, { workspace, requesterId }: Job): Core {
  const pool = poolFor(core.ffmpeg.pool, JSON.stringify([workspace, requesterId]))
  return { ...core, ffmpeg: { ...core.ffmpeg, pool } }
}
