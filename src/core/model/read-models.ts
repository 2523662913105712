import type { Brand, Format, Mood, Status } from '../../db/entities/draft.ts'
import type { JobState } from '../../db/entities/job.ts'
import type { Declaration, Privacy } from './upload-target.ts'

/** A draft as shown to people: everything that views and surfaces know about it. */
export interface DraftView {
  draftId: string
  /** The YouTube channel to upload it to; null for none. */
  accountId: number | null
  topic: string
  title: string
  description: string
  tags: readonly string[]
  format: Format
  /** Whole seconds. */
  targetDuration: number
  status: Status
  language: string
  template: string
  musicEnabled: boolean
  musicMood: Mood
  /** Percent of full scale. */
  musicVolume: number
  /** The part of the workspace's brand that the film can show; null for none. */
  brand: Brand | null
  endCard: boolean
  /** How each finished video is uploaded; null if it isn't. */
  uploadAfter: Declaration | null
  isOutline: boolean
  /** What people should know about how the script was made, as written by `storedReasons`; or null. */
  notice: string | null
  /** Suggested topics that weren't used. */
  otherTopics: readonly string[]
  authorName: string
  /** Counts changes to title, description, tags, template and music; included in forms. */
  settingsVersion: number
}

/** A segment as shown to people. */
export interface SegmentView {
  id: number
  draftId: string
  /** From 0. */
  segmentIndex: number
  text: string
  keyword: string
  imageSearchQuery: string
  /** The length in seconds that a person set; null for the length of its voice. */
  duration: number | null
  /** Path in the store; null while footage is missing or stale. */
  videoLocalPath: string | null
  videoProvider: string | null
  videoId: string | null
  videoAuthor: string | null
  videoPageUrl: string | null
  videoTitle: string | null
  /** Path in the store; null while the voice is missing or stale. */
  ttsLocalPath: string | null
  /** Seconds. */
  ttsDuration: number | null
  ttsProvider: string | null
  /** Why there is no voice or footage, as written by `storedFailure`; null if unknown. */
  voiceError: string | null
  footageError: string | null
  editedByName: string | null
  /** Included in its forms. */
  version: number
}

/** A render or script job. */
export interface JobView {
  jobId: string
  state: JobState
  /** 0 to 1. */
  progress: number
  requesterId: string | null
  requesterName: string | null
  /** Length of the finished video in seconds. */
  outputDuration: number | null
  /** The finished video's address on a platform. */
  youtubeUrl: string | null
  /** Why it failed, as written by `storedFailure`. */
  error: string | null
}

/** A person's approval of a draft's current or earlier film. */
export interface ApprovalView {
  name: string
  at: Date
  /** The number of changes to the film since; 0 if it is the approved film, so that the approval is valid. */
  changesSince: number
  /** Whether it counts towards those that a render needs. */
  counts: boolean
}

/** A draft's approvals, and what a render is waiting for. */
export interface ApprovalsView {
  /** How many a render needs; 0 for none. */
  needed: number
  /** The name of the role whose members' approvals count; null if everyone's do. */
  roleName: string | null
  /** One per person, newest first. */
  by: ApprovalView[]
  /** The number of valid approvals that count. */
  standing: number
  /** What **Approve** carries, so that people approve what they see; 0 while something is missing that nobody can have seen. */
  film: number
}

/** Why **Render** isn't ready: something is being made, something is missing, or approvals are missing. */
export type NotReady = 'making' | 'missing' | 'approvals'

/** The job that writes a draft's script, with the request. */
export interface CreatingView extends JobView {
  topic: string | null
  /** True for a person's own script, which is only split. */
  hasScript: boolean
  language: string | null
}

/** The upload of a draft's video, and its state. */
export interface UploadShown {
  /** The channel's name; empty if it is no longer linked. */
  channel: string
  /** Null until it is requested. */
  upload: UploadView | null
}

/** The channel that a video would go to. */
export interface UploadChannel {
  name: string
  /** Why it cannot be used until it is linked again, as `storedFailure` writes it; null while it can. */
  problem: string | null
}

export interface UploadView {
  /** Identifies the upload for later actions, since a draft may be rendered and uploaded again. */
  number: number
  jobId: string
  state: JobState
  /** 0 to 1. */
  progress: number
  /** Why it failed, as `storedFailure` writes it. */
  error: string | null
  /** What could not be added, and why, as written by `storedFailure`. */
  troubles: readonly { what: 'poster' | 'captions' | 'details'; error: string }[]
  /** The requested visibility. */
  asked: Privacy
  publishAt: Date | null
  /** The actual visibility on the platform, once it is there. */
  onPlatform: { url: string; privacy: Privacy } | null
}

/** A video's files for editing programs. */
export interface BundleView {
  /** Identifies the request, since there may have been earlier ones. */
  number: number
  jobId: string
  state: JobState
  /** 0 to 1. */
  progress: number
  /** Why they could not be made, as written by `storedFailure`. */
  error: string | null
  /** The path in the store, once they are made, and the size in bytes, null if the file no longer exists. */
  path: string | null
  bytes: number | null
  hasMusic: boolean
}

/** A note on a segment. */
export interface NoteView {
  id: number
  /** The segment that shows it. */
  segmentId: number
  text: string
  /** Empty if unknown, here and below. */
  authorName: string
  createdAt: Date
  /** Null while it is open. */
  resolvedByName: string | null
}

/** A suggested text for a segment that awaits a decision. */
export interface ProposalView {
  id: number
  segmentId: number
  instruction: string
  text: string
  authorName: string
  provider: string
  /** True if the segment's text has changed since the proposal was made. */
  isStale: boolean
}
