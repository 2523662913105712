import { z } from '@hono/zod-openapi'
import { PRIVACIES } from '../../../core/model/upload-target.ts'

/**
 * Drafts in the form used by the API and the studio. Each object begins with the fields that the documented endpoints
 * promise, followed by those the studio needs in addition. Times are ISO 8601 in UTC, lengths are seconds.
 */

export const JobJson = z
  .object({
    job_id: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    /** 0 to 1. */
    progress: z.number(),
    /** One sentence in the reader's language; null if nothing is wrong. */
    error: z.string().nullable(),
  })
  .openapi('Job')

/** The state of a video's upload. */
const UploadJson = z
  .object({
    /** Identifies the upload in later requests. */
    upload_id: z.number().int(),
    /** The channel's name; empty if it is no longer linked. */
    channel: z.string(),
    job: JobJson,
    /** Progress, the reason for a failure, or who can see the video, in the reader's language. */
    status_text: z.string(),
    /** Null until the upload is finished. */
    url: z.string().nullable(),
    /** As reported by the platform; null until the upload is finished. */
    privacy: z.enum(PRIVACIES).nullable(),
    /** When it becomes public automatically. */
    publish_at: z.string().nullable(),
    /** What differs from the request, and why; one sentence each. */
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
    /** Sent along with an edit, so that nobody overwrites someone else's change. */
    version: z.number().int(),
    /** Seconds in the film; the planned length until its voice is ready. */
    length: z.number(),
    voice: z.object({
      ...{ state: AssetState, error: z.string().nullable(), url: z.string().nullable() },
      /** The waveform: a list of 20 values per second, 0 to 1. */
      peaks_url: z.string().nullable(),
    }),
    footage: z.object({
      state: AssetState,
      error: z.string().nullable(),
      title: z.string().nullable(),
      author: z.string().nullable(),
      page_url: z.string().nullable(),
      kind: z.enum(['video', 'image']).nullable(),
      url: z.string().nullable(),
      still_url: z.string().nullable(),
    }),
    /** The rendered segment with its voice; null while it is being made. */
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
    /** As a multiple of the normal speaking rate. */
    voice_speed: z.number(),
    author: z.string(),
    /** Sent along with changes to the settings. */
    version: z.number().int(),
    revision: z.number().int(),
    can_undo: z.boolean(),
    can_redo: z.boolean(),
    /** Length of the whole film in seconds, including its end. */
    length: z.number(),
    /** The status as a sentence, in the reader's language. */
    status_text: z.string(),
    creation: JobJson.nullable(),
    render: JobJson.nullable(),
    /** The current sound mix; null while it is being made. */
    sound_url: z.string().nullable(),
    /** Whether Render would start now, and if not, why not. */
    ready: z.object({ is_ready: z.boolean(), why: z.string().nullable() }),
    approvals: z.object({
      needed: z.number().int(),
      standing: z.number().int(),
      /** Sent along with an approval: the film as it is now; 0 while something is missing. */
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
        /** The files for editing programs, as a zip; null until someone has had them made. */
        bundle_url: z.string().nullable(),
        /** The newest job that makes these files. */
        bundle: JobJson.nullable(),
        duration: z.number().nullable(),
        youtube_url: z.string().nullable(),
        youtube: z.object({
          /** The channel that it would be uploaded to now; null if none is linked. */
          channel: z.string().nullable(),
          /** Why it can't be uploaded now, and who can change that; null if it can. */
          why_not: z.string().nullable(),
          /** The newest upload; null if there is none. */
          upload: UploadJson.nullable(),
        }),
      })
      .nullable(),
    /** A sentence saying that nobody has edited the draft for long and when it will be deleted; usually null. */
    expiry_text: z.string().nullable(),
    /** The address of its thread on the platform. */
    thread_url: z.string().nullable(),
    /** What the reader may do with the draft. */
    rights: z.object({ write: z.boolean(), render: z.boolean(), delete: z.boolean() }),
    /** Whether a script service can rewrite a text. */
    can_rewrite: z.boolean(),
    /**
     * How each finished video is uploaded, with labels in the reader's language; values as for `upload` in the settings.
     * Null without a channel.
     */
    upload_after: z
      .object({
        label: z.string(),
        /** Null for no upload. */
        value: z.string().nullable(),
        choices: z.array(z.object({ value: z.string().nullable(), label: z.string() })),
      })
      .nullable(),
  })
  .openapi('Draft')

/** A draft in a list: the fields of the documented answer, then those that a list shows in addition. */
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
    /** A still from its beginning. */
    still_url: z.string().nullable(),
  })
  .openapi('DraftListItem')

export type DraftListItem = z.infer<typeof DraftListItem>
export type SegmentJson = z.infer<typeof SegmentJson>
export type DraftJson = z.infer<typeof DraftJson>
export type JobJson = z.infer<typeof JobJson>
export type UploadJson = z.infer<typeof UploadJson>
