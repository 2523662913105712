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
  /** The platform's id of the event that asked for it, whose answer announces it; null where nothing was answered. */
  eventId: z.string().nullable().default(null),
  /** True for a script that takes the place of the draft's outline. */
  again: z.boolean().default(false),
})

const Collect = z.object({
  segmentId: z.number(),
  /** True to ask a provider all the same that was down a moment ago. */
  insist: z.boolean().default(false),
  /** The candidate that somebody picked; null to make what the segment lacks. */
  pick: z.object({ provider: z.string(), id: z.string() }).nullable().default(null),
})

const Clip = z.object({ segmentId: z.number() })

const Sound = z.object({
  /** The path in the store, once it is done. */
  sound: z.string().nullable().default(null),
})

/** Wall-clock seconds and counts of one render, as `RenderReport` has them. */
const Report = z.object({
  clipsEncoded: z.number(),
  clipsReused: z.number(),
  soundReused: z.boolean(),
  duration: z.number(),
  timings: z.object({ clips: z.number(), sound: z.number(), join: z.number(), total: z.number() }),
})

/** What somebody has declared and chosen for a video on a platform. */
const UploadChoice = z.object({
  privacy: z.enum(PRIVACIES),
  /** Milliseconds; when a private one becomes public by itself. */
  publishAt: z.number().nullable(),
  madeForKids: z.boolean(),
  syntheticMedia: z.boolean(),
})
export type UploadChoice = z.output<typeof UploadChoice>

const Finalize = z.object({
  /** Seconds of the video, as far as they were known when it was asked for. */
  plannedSeconds: z.number().nullable().default(null),
  /** The blanks of an outline that somebody wanted rendered as they are, as `requireFilledIn` names them. */
  placeholders: z.array(z.string()).default([]),
  /** How it is to be uploaded once it is rendered; null where nobody has asked for that. */
  upload: UploadChoice.nullable().default(null),
  /** The film that was approved, as `filmOf` names it; null where no approval was needed. */
  film: z.string().nullable().default(null),
  /** These three once it is done. Whom the video's message credits for the music: */
  music: z
    .object({
      ...{ provider: z.string(), title: z.string().nullable(), author: z.string().nullable() },
      /** Which track of the provider it is, and a hash of what is in it; null for films of earlier versions. */
      id: z.string().nullable().default(null),
      content: z.string().nullable().default(null),
    })
    .nullable()
    .default(null),
  /** Why it is not from where people expect it, as `storedReasons` writes it. */
  musicError: z.string().nullable().default(null),
  report: Report.nullable().default(null),
})

const Cleanup = z.object({
  /** Bytes that were freed before it began, which it tells of too. */
  freedBefore: z.number().default(0),
  /** Once it is done. */
  freedBytes: z.number().nullable().default(null),
  report: z.record(z.string(), z.unknown()).nullable().default(null),
})

/** The linking of a channel by a code that somebody enters on another device. */
const Link = z.object({
  platform: z.string(),
  place: z.object({
    surface: z.string(),
    workspace: z.string(),
    channelId: z.string(),
    threadId: z.string().nullable(),
  }),
  /** As `Sealer` seals it; empty once it is of no use any more. */
  sealedCode: z.string(),
  /** Seconds between two questions. */
  interval: z.number(),
  /** Moments in milliseconds: when the code ends, and before which nobody asks again. */
  expiresAt: z.number(),
  nextAt: z.number(),
  /** Once it is linked. */
  accountId: z.number().nullable().default(null),
})

const Upload = z.object({
  /** Null where there was none when it was asked for. */
  accountId: z.number().nullable(),
  /** The job that rendered the video, and where that is in the store. */
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
  /** Where it is continued, as `Sealer` seals it. */
  sealedSession: z.string().nullable().default(null),
  /** True where the session is that of an earlier try, which may have said something else of the video. */
  isContinued: z.boolean().default(false),
  /** Once all of it is there, with how it is to be seen: platforms may not do what they were asked for. */
  video: z
    .object({ id: z.string(), privacy: z.enum(PRIVACIES) })
    .nullable()
    .default(null),
  /** What has been added to it. */
  hasPoster: z.boolean().default(false),
  hasCaptions: z.boolean().default(false),
  /** Why something could not be added, as `storedFailure` writes it. */
  troubles: z
    .array(z.object({ what: z.enum(['poster', 'captions', 'details']), error: z.string() }))
    .default([]),
})

/** The files of a film for editing programs. */
const Bundle = z.object({
  /** The job that rendered the film. */
  render: z.string(),
  /** The path in the store, once they are there. */
  file: z.string().nullable().default(null),
  hasMusic: z.boolean().default(true),
})

/** That somebody is told of a finished film. */
const Webhook = z.object({
  /** The job that rendered the film. */
  render: z.string(),
  /** The same for every attempt. */
  messageId: z.string(),
  /**
   * What is said, from when it has been put together until it has arrived or failed; without the addresses that open files to whoever
   * knows them, which are kept as `Sealer` seals them.
   */
  message: z
    .object({ type: z.string(), timestamp: z.string(), data: z.record(z.string(), z.unknown()) })
    .nullable()
    .default(null),
  sealedLinks: z.string().nullable().default(null),
  /** What those who look after the workspace are told of it in the thread; `reason` as `storedFailure` writes it. */
  told: z.object({ isOff: z.boolean(), reason: z.string() }).nullable().default(null),
})

/** What the jobs of each kind carry: what they were asked for with, and what they leave behind. */
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

/** A job as it is asked for, with what its kind needs. */
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

/** What a job carries; the only place in which it is read. @throws ZodError for what no version has written. */
export function payloadOf<K extends JobKind>(kind: K, { payload }: Pick<Job, 'payload'>): Payload<K> {
  return SCHEMAS[kind].parse(payload)
}

/** The same for what is only shown or counted; null without a job, and for what cannot be read. */
export function readPayload<K extends JobKind>(
  kind: K,
  job: Pick<Job, 'payload'> | null | undefined,
): Payload<K> | null {
  return (job && SCHEMAS[kind].safeParse(job.payload).data) ?? null
}
