import type { ClipProblem } from '../../core/draft/clip-problems.ts'
import type {
  ApprovalsView,
  CreatingView,
  DraftView,
  JobView,
  NoteView,
  NotReady,
  ProposalView,
  SegmentView,
} from '../../core/model/read-models.ts'
import type { CostEstimate } from '../../core/providers/prices.ts'
import type { FileRef } from './types.ts'

/** Everything that the messages of a draft's thread are made from. */
export interface Shown<D extends DraftView = DraftView, S extends SegmentView = SegmentView> {
  draftId: string
  /** Null while its script is being written. */
  draft: D | null
  segments: S[]
  /** True while its voices and footage are being made. */
  isCollecting: boolean
  /** The job that writes the script, until it has succeeded. */
  creating: CreatingView | null
  /** True for a person's own script, whose length wasn't planned. */
  isOwnScript: boolean
  /** The jobs that failed to render ahead. */
  clipProblems: ClipProblem[]
  /** The latest render, in any state. */
  render: JobView | null
  /** The latest finished render whose video still exists. */
  video: ShownVideo | null
  canUndo: boolean
  canRedo: boolean
  /** Days until its removal, once its thread should say so; null otherwise. */
  expiresInDays: number | null
  cost: CostEstimate | null
  approvals: ApprovalsView
  /** The channel to which the rendered video is uploaded automatically; null for none. */
  uploadsTo: string | null
  /** Whether **Render** would start a render now, and why not. */
  ready: { isReady: true } | { isReady: false; why: NotReady }
  /** Notes on its segments, newest first. */
  notes: NoteView[]
  /** Suggestions that await a decision. */
  proposals: ProposalView[]
}

export interface ShownVideo {
  job: JobView
  /** Who is notified that it is ready: the person who started the draft, and the one who requested the render. */
  people: { id: string; name: string }[]
  /** The full video's path in the store. */
  path: string
  bytes: number
  credits: Credit[]
  /** The complete addresses mentioned in the narration; the video only shows their domains. */
  links: string[]
  /** Why its music comes from an unexpected source, in the form of a stored failure; usually null. */
  musicError: string | null
  /** Whether it can be uploaded: that hasn't been done yet, and there is a channel. */
  canUpload: boolean
}

export interface Credit {
  /** Its author or title. */
  name: string
  provider: string
  url: string | null
}

/** The picture or clip that represents a segment, if there is one. */
export type Previews = ReadonlyMap<number, FileRef>
