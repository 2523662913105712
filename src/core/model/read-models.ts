import type { Brand, Format, Mood, Status } from '../../db/entities/draft.ts'
import type { JobState } from '../../db/entities/job.ts'
import type { Declaration, Privacy } from './upload-target.ts'

/** A draft as people are shown it: what views and surfaces know of one. */
export interface DraftView {
  draftId: string
  /** The YouTube channel that it goes to; null for none. */
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
  /** What of the workspace's brand the film can show; null for nothing. */
  brand: Brand | null
  endCard: boolean
  /** How each finished video is uploaded; null for not at all. */
  uploadAfter: Declaration | null
  isOutline: boolean
  /** What people should know of how the script came about, as `storedReasons` writes it; or null. */
  notice: string | null
  /** Topics that were proposed and not used. */
  otherTopics: readonly string[]
  authorName: string
  /** Counts changes of title, description, tags, template and music; forms carry it. */
  settingsVersion: number
}

/** A segment as people are shown it. */
export interface SegmentView {
  id: number
  draftId: string
  /** From 0. */
  segmentIndex: number
  text: string
  keyword: string
  imageSearchQuery: string
  /** Seconds that somebody asked for; null means as long as its voice. */
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
  /** Why there is no voice or footage, as `storedFailure` writes it; null while nothing is known. */
  voiceError: string | null
  footageError: string | null
  editedByName: string | null
  /** What forms about it carry. */
  version: number
}

/** A render, or the writing of a script. */
export interface JobView {
  jobId: string
  state: JobState
  /** 0 to 1. */
  progress: number
  requesterId: string | null
  requesterName: string | null
  /** Seconds of the finished video. */
  outputDuration: number | null
  /** Where the finished video is on a platform. */
  youtubeUrl: string | null
  /** Why it failed, as `storedFailure` writes it. */
  error: string | null
}

/** Somebody's approval of a draft as it is now, or as it was. */
export interface ApprovalView {
  name: string
  at: Date
  /** Changes of the film since; 0 where it is the film that was approved, so that the approval stands. */
  changesSince: number
  /** Whether it is one of those that a render needs. */
  counts: boolean
}

/** What people think of a draft, and what a render waits for. */
export interface ApprovalsView {
  /** How many a render needs; 0 for none. */
  needed: number
  /** How those are called whose approvals count; null where everybody's do. */
  roleName: string | null
  /** One for each person, the newest first. */
  by: ApprovalView[]
  /** Approvals that stand and count. */
  standing: number
  /** What **Approve** carries, so that people approve what they see; 0 while something is missing that nobody can have seen. */
  film: number
}

/** Why **Render** is not ready: something is being made, something is missing, or it is not approved. */
export type NotReady = 'making' | 'missing' | 'approvals'

/** The writing of a draft's script, with what was asked for. */
export interface CreatingView extends JobView {
  topic: string | null
  /** True for a script that somebody brought, which is only split. */
  hasScript: boolean
  language: string | null
}

/** Where the video of a draft goes, and what became of that. */
export interface UploadShown {
  /** What the channel is called; empty for one that is no longer linked. */
  channel: string
  /** Null as long as nobody has asked for it. */
  upload: UploadView | null
}

/** The channel that a video would go to. */
export interface UploadChannel {
  name: string
  /** Why it cannot be used until it is linked again, as `storedFailure` writes it; null while it can. */
  problem: string | null
}

export interface UploadView {
  /** Which one it is, for what is done to it later: a draft may have been rendered and uploaded again. */
  number: number
  jobId: string
  state: JobState
  /** 0 to 1. */
  progress: number
  /** Why it failed, as `storedFailure` writes it. */
  error: string | null
  /** What could not be added, and why, as `storedFailure` writes it. */
  troubles: readonly { what: 'poster' | 'captions' | 'details'; error: string }[]
  /** Who may see it, as was asked for. */
  asked: Privacy
  publishAt: Date | null
  /** Once it is there; as the platform has it. */
  onPlatform: { url: string; privacy: Privacy } | null
}

/** The files of a video for editing programs. */
export interface BundleView {
  /** Which one it is: they may have been asked for before. */
  number: number
  jobId: string
  state: JobState
  /** 0 to 1. */
  progress: number
  /** Why they could not be made, as `storedFailure` writes it. */
  error: string | null
  /** In the store, once they were made; its bytes, null when it is not there any more. */
  path: string | null
  bytes: number | null
  hasMusic: boolean
}

/** What somebody says about a segment. */
export interface NoteView {
  id: number
  /** The segment that shows it. */
  segmentId: number
  text: string
  /** Empty where nobody knows it, here and below. */
  authorName: string
  createdAt: Date
  /** Null while it is open. */
  resolvedByName: string | null
}

/** Another text for a segment that waits for somebody to decide. */
export interface ProposalView {
  id: number
  segmentId: number
  instruction: string
  text: string
  authorName: string
  provider: string
  /** True when the segment's text is no longer the one that the proposal was made from. */
  isStale: boolean
}
