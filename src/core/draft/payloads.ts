import { z } from 'zod'
import type { Job, JobKind } from '../../db/entities/job.ts'
import type { NewJob } from '../model/jobs.ts'
import { CATEGORIES, PRIVACIES, USUAL_CATEGORY } from '../model/upload-target.ts'
import { DraftRequest } from './create-input.ts'

const Create = z.object({
  request: DraftRequest,
  actor: z.object({ id: z.string(), name: z.string() }),
  place: z.object({
    surface: z.string(),
    workspace: z.string(),
    channelId: z.string(),
    threadId: z.string().nullable(),
  }),
  /** The platform's id of the requesting event, whose response announces the draft; null if there was no response. */
  eventId: z.string().nullable().default(null),
  /** True for a script that replaces the draft's outline. */
  again: z.boolean().default(false),
})

const Collect = z.object({
  segmentId: z.number(),
  /** True to also ask a provider that was down a moment ago. */
  insist: z.boolean().default(false),
  /** The candidate that a person chose; null to make the segment's missing assets. */
  pick: z.object({ provider: z.string(), id: z.string() }).nullable().default(null),
})

const Clip = z.object({ segmentId: z.number() })

const Sound = z.object({
  /** The path in the store, once it is done. */
  sound: z.string().nullable().default(null),
})

/** Wall-clock seconds and counts of one render, as in `RenderReport`. */
const Report = z.object({
  clipsEncoded: z.number(),
  clipsReused: z.number(),
  soundReused: z.boolean(),
  duration: z.number(),
  timings: z.object({ clips: z.number(), sound: z.number(), join: z.number(), total: z.number() }),
})

/** What a person has declared and chosen for a video on a platform. */
const UploadChoice = z.object({
  privacy: z.enum(PRIVACIES),
  /** When a private video automatically becomes public, in milliseconds. */
  publishAt: z.number().nullable(),
  madeForKids: z.boolean(),
  syntheticMedia: z.boolean(),
})
export type UploadChoice = z.output<typeof UploadChoice>

const Finalize = z.object({
  /** The video's length in seconds, as far as it was known when the render was requested. */
  plannedSeconds: z.number().nullable().default(null),
  /** The blanks of an outline that a person wanted to render as they are, as returned by `requireFilledIn`. */
  placeholders: z.array(z.string()).default([]),
  /** How to upload it once it is rendered; null if that wasn't requested. */
  upload: UploadChoice.nullable().default(null),
  /** The approved film, as identified by `filmOf`; null if no approval was needed. */
  film: z.string().nullable().default(null),
  /** These three once it is done. Whom the video's message credits for the music: */
  music: z
    .object({
      ...{ provider: z.string(), title: z.string().nullable(), author: z.string().nullable() },
      /** The provider's track and its content hash; null for films of earlier versions. */
      id: z.string().nullable().default(null),
      content: z.string().nullable().default(null),
    })
    .nullable()
    .default(null),
  /** Why it comes from an unexpected source, as written by `storedReasons`. */
  musicError: z.string().nullable().default(null),
  report: Report.nullable().default(null),
})

const Cleanup = z.object({
  /** Bytes freed before it started, which its report includes. */
  freedBefore: z.number().default(0),
  /** Once it is done. */
  freedBytes: z.number().nullable().default(null),
  report: z.record(z.string(), z.unknown()).nullable().default(null),
})

/** Linking a channel by a code that a person enters on another device. */
const Link = z.object({
  platform: z.string(),
  place: z.object({
    surface: z.string(),
    workspace: z.string(),
    channelId: z.string(),
    threadId: z.string().nullable(),
  }),
  /** Sealed by `Sealer`; empty once it is no longer needed. */
  sealedCode: z.string(),
  /** Seconds between polls. */
  interval: z.number(),
  /** In milliseconds: when the code expires, and the earliest time of the next poll. */
  expiresAt: z.number(),
  nextAt: z.number(),
  /** Once it is linked. */
  accountId: z.number().nullable().default(null),
})

const Upload = z.object({
  /** Null if there was none at the time of the request. */
  accountId: z.number().nullable(),
  /** The job that rendered the video, and the video's path in the store. */
  render: z.string(),
  film: z.string(),
  details: UploadChoice.extend({
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    category: z.enum(CATEGORIES).default(USUAL_CATEGORY),
    language: z.string(),
    below: z.object({
      chapters: z.array(z.object({ start: z.number(), title: z.string() })),
      creditsTitle: z.string(),
      credits: z.array(z.object({ name: z.string(), url: z.string().nullable() })),
    }),
  }),
  /** The session to resume, sealed by `Sealer`. */
  sealedSession: z.string().nullable().default(null),
  /** True if the session is from an earlier attempt, which may have had different details. */
  isContinued: z.boolean().default(false),
  /** Set once it is complete, with its actual visibility, since platforms may deviate from the request. */
  video: z
    .object({ id: z.string(), privacy: z.enum(PRIVACIES) })
    .nullable()
    .default(null),
  /** What has been added to it. */
  hasPoster: z.boolean().default(false),
  hasCaptions: z.boolean().default(false),
  /** Why something could not be added, as written by `storedFailure`. */
  troubles: z
    .array(z.object({ what: z.enum(['poster', 'captions', 'details']), error: z.string() }))
    .default([]),
})

/** A film's files for editing programs. */
const Bundle = z.object({
  /** The job that rendered the film. */
  render: z.string(),
  /** The path in the store, once they exist. */
  file: z.string().nullable().default(null),
  hasMusic: z.boolean().default(true),
})

/** A notification of a finished film. */
const Webhook = z.object({
  /** The job that rendered the film. */
  render: z.string(),
  /** The same for all attempts. */
  messageId: z.string(),
  /**
   * The message, from its composition until it has been delivered or has failed; without the addresses that give access to
   * files, which are sealed by `Sealer`.
   */
  message: z
    .object({ type: z.string(), timestamp: z.string(), data: z.record(z.string(), z.unknown()) })
    .nullable()
    .default(null),
  sealedLinks: z.string().nullable().default(null),
  /** What the thread tells the workspace's managers about it; `reason` as written by `storedFailure`. */
  told: z.object({ isOff: z.boolean(), reason: z.string() }).nullable().default(null),
})

/** The payloads of each kind of job: the request and the results. */
interface Schemas {
  create: typeof Create
  collect: typeof Collect
  clip: typeof Clip
  sound: typeof Sound
  finalize: typeof Finalize
  cleanup: typeof Cleanup
  link: typeof Link
  upload: typeof Upload
  bundle: typeof Bundle
  webhook: typeof Webhook
}

export type Payload<K extends JobKind> = z.output<Schemas[K]>
export type PayloadInput<K extends JobKind> = z.input<Schemas[K]>

/** A request for a job, with the fields its kind needs. */
export type AskedJob = {
  [K in JobKind]: Omit<NewJob, 'kind' | 'payload'> & { kind: K; payload: PayloadInput<K> }
}[JobKind]

const SCHEMAS: { [K in JobKind]: z.ZodType<Payload<K>> } = {
  create: Create,
  collect: Collect,
  clip: Clip,
  sound: Sound,
  finalize: Finalize,
  cleanup: Cleanup,
  link: Link,
  upload: Upload,
  bundle: Bundle,
  webhook: Webhook,
}

/** Parses a job's payload; the only place that does. @throws ZodError for anything no version has written. */
export function payloadOf<K extends JobKind>(kind: K, { payload }: Pick<Job, 'payload'>): Payload<K> {
  return SCHEMAS[kind].parse(payload)
}

/** Same, for displaying or counting; null without a job, or if it can't be parsed. */
export function readPayload<K extends JobKind>(
  kind: K,
  job: Pick<Job, 'payload'> | null | undefined,
): Payload<K> | null {
  return (job && SCHEMAS[kind].safeParse(job.payload).data) ?? null
}
