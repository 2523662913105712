import { z } from '@hono/zod-openapi'
import { PRIVACIES } from '../../../core/model/upload-target.ts'

/**
 * Drafts as the API and the studio know them. What the documented endpoints promise comes first in each object; what follows is
 * what the studio shows besides. Times are ISO 8601 in UTC, lengths are seconds.
 */

export const JobJson = z
  .object({
    job_id: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    /** 0 to 1. */
    progress: z.number(),
    /** One sentence in the reader's language; null while nothing is wrong. */
    error: z.string().nullable(),
  })
  .openapi('Job')

/** What became of the upload of a video. */
const UploadJson = z
  .object({
    /** Which one it is, for what is done to it later. */
    upload_id: z.number().int(),
    /** What its channel is called; empty for one that is no longer linked. */
    channel: z.string(),
    job: JobJson,
    /** How far it is, why it failed, or who may see it, in the reader's language. */
    status_text: z.string(),
    /** Where it is; null until it is there. */
    url: z.string().nullable(),
    /** As the platform has it; null until it is there. */
    privacy: z.enum(PRIVACIES).nullable(),
    /** When it becomes public by itself. */
    publish_at: z.string().nullable(),
    /** What is otherwise than it was asked for, and why, a sentence each. */
    notes: z.array(z.string()),
  })
  .openapi('Upload')

const AssetState = z.enum(['ready', 'making', 'missing'])

export const SegmentJson = z
  .object({
    segment_index: z.number().int(),
    text: z.string(),
    keyword: z.string(),
    image_search_query: z.string(),
    duration: z.number().nullable(),
    video_url: z.string().nullable(),
    video_local_path: z.string().nullable(),
    video_provider: z.string().nullable(),
    tts_local_path: z.string().nullable(),
    tts_duration: z.number().nullable(),

    segment_id: z.number().int(),
    /** What an edit carries, so that nobody overwrites what somebody else has changed meanwhile. */
    version: z.number().int(),
    /** Seconds in the film; planned ones until its voice is there. */
    length: z.number(),
    voice: z.object({
      ...{ state: AssetState, error: z.string().nullable(), url: z.string().nullable() },
      /** Its waveform: a list of 20 values a second, 0 to 1. */
      peaks_url: z.string().nullable(),
    }),
    footage: z.object({
      state: AssetState,
      error: z.string().nullable(),
      title: z.string().nullable(),
      author: z.string().nullable(),
      page_url: z.string().nullable(),
      kind: z.enum(['video', 'image']).nullable(),
      /** The footage itself. */
      url: z.string().nullable(),
      /** A still of it. */
      still_url: z.string().nullable(),
    }),
    /** The segment rendered, with its own voice; null while it is made. */
    clip_url: z.string().nullable(),
    edited_by: z.string().nullable(),
    open_notes: z.number().int(),
    proposal: z.object({ id: z.number().int(), text: z.string(), asked_by: z.string() }).nullable(),
  })
  .openapi('Segment')

export const DraftJson = z
  .object({
    draft_id: z.string(),
    topic: z.string(),
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    format: z.enum(['shorts', 'landscape', 'square']),
    target_duration: z.number().int(),
    /** `creating` while its script is being written. */
    status: z.enum(['creating', 'editing', 'assets_ready', 'converting', 'finalized']),
    segments: z.array(SegmentJson),
    created_at: z.string(),
    updated_at: z.string(),

    account_id: z.number().int().nullable(),
    language: z.string(),
    style: z.string().nullable(),
    template: z.string(),
    music: z.object({ enabled: z.boolean(), mood: z.string(), volume: z.number() }),
    voice: z.string().nullable(),
    /** Times the normal speaking rate. */
    voice_speed: z.number(),
    author: z.string(),
    /** What changes of the settings carry. */
    version: z.number().int(),
    revision: z.number().int(),
    can_undo: z.boolean(),
    can_redo: z.boolean(),
    /** Seconds of the whole film, its end included. */
    length: z.number(),
    /** The status in a sentence, in the reader's language. */
    status_text: z.string(),
    creation: JobJson.nullable(),
    render: JobJson.nullable(),
    /** The mix of the draft as it is now; null while it is made. */
    sound_url: z.string().nullable(),
    /** Whether Render would start now, and if not, why. */
    ready: z.object({ is_ready: z.boolean(), why: z.string().nullable() }),
    approvals: z.object({
      needed: z.number().int(),
      standing: z.number().int(),
      /** What an approval carries: the film as it is now; 0 while something is missing. */
      film: z.number(),
      by: z.array(
        z.object({ name: z.string(), at: z.string(), counts: z.boolean(), changes_since: z.number() }),
      ),
    }),
    /** The newest finished video. */
    video: z
      .object({
        url: z.string(),
        poster_url: z.string().nullable(),
        srt_url: z.string().nullable(),
        vtt_url: z.string().nullable(),
        /** Its files for editing programs, as a zip; null as long as nobody has had them made. */
        bundle_url: z.string().nullable(),
        /** The making of these files, as it was asked for last. */
        bundle: JobJson.nullable(),
        duration: z.number().nullable(),
        youtube_url: z.string().nullable(),
        youtube: z.object({
          /** The channel that it would be uploaded to now; null where none is linked. */
          channel: z.string().nullable(),
          /** Why it cannot be uploaded now, and who can change that; null where it can. */
          why_not: z.string().nullable(),
          /** The upload that was asked for last; null where nobody has. */
          upload: UploadJson.nullable(),
        }),
      })
      .nullable(),
    /** That nobody has edited it for long and when it will be deleted, in a sentence; null mostly. */
    expiry_text: z.string().nullable(),
    /** Where it is discussed on its platform. */
    thread_url: z.string().nullable(),
    /** What the reader may do with it. */
    rights: z.object({ write: z.boolean(), render: z.boolean(), delete: z.boolean() }),
    /** True where a script service can rewrite a text. */
    can_rewrite: z.boolean(),
    /** How each finished video is uploaded, as the settings take it in `upload`, in the reader's language; null without a channel. */
    upload_after: z
      .object({
        label: z.string(),
        /** Null for not at all. */
        value: z.string().nullable(),
        choices: z.array(z.object({ value: z.string().nullable(), label: z.string() })),
      })
      .nullable(),
  })
  .openapi('Draft')

/** A draft in a list: what the documented answer has, and what a list shows of it besides. */
export const DraftListItem = z
  .object({
    ...DraftJson.pick({
      ...{ draft_id: true, topic: true, title: true, description: true, tags: true, format: true },
      ...{ target_duration: true, status: true },
    }).shape,
    segments: z.array(
      SegmentJson.pick({
        ...{ segment_index: true, text: true, keyword: true, image_search_query: true, duration: true },
        ...{ video_url: true, video_local_path: true, video_provider: true },
        ...{ tts_local_path: true, tts_duration: true },
      }),
    ),
    ...DraftJson.pick({
      ...{ created_at: true, updated_at: true, account_id: true, language: true, author: true },
      ...{ length: true, status_text: true },
    }).shape,
    approvals: z.object({ needed: z.number().int(), standing: z.number().int() }),
    /** A still of its beginning. */
    still_url: z.string().nullable(),
  })
  .openapi('DraftListItem')

export type DraftListItem = z.infer<typeof DraftListItem>
export type SegmentJson = z.infer<typeof SegmentJson>
export type DraftJson = z.infer<typeof DraftJson>
export type JobJson = z.infer<typeof JobJson>
export type UploadJson = z.infer<typeof UploadJson>
