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

/** All that the messages of one draft's thread are made from. */
export interface Shown<D extends DraftView = DraftView, S extends SegmentView = SegmentView> {
  draftId: string
  /** Null while its script is being written. */
  draft: D | null
  segments: S[]
  /** True while its voices and footage are being made. */
  isCollecting: boolean
  /** The job that writes the script, as long as it has not succeeded. */
  creating: CreatingView | null
  /** True for words that somebody brought: nobody planned how long they are. */
  isOwnScript: boolean
  /** What could not be rendered ahead. */
  clipProblems: ClipProblem[]
  /** The newest render, whatever its state. */
  render: JobView | null
  /** The newest finished render whose video is still there. */
  video: ShownVideo | null
  canUndo: boolean
  canRedo: boolean
  /** Days until it is removed, once its thread should say so; null otherwise. */
  expiresInDays: number | null
  cost: CostEstimate | null
  approvals: ApprovalsView
  /** The channel that the video goes to by itself once it is rendered; null for none. */
  uploadsTo: string | null
  /** Whether **Render** would start a render now, and if not, why. */
  ready: { isReady: true } | { isReady: false; why: NotReady }
  /** What people say about its segments, newest first. */
  notes: NoteView[]
  /** Texts that wait for a decision. */
  proposals: ProposalView[]
}

export interface ShownVideo {
  job: JobView
  /** Who is told that it is ready: who began the draft, and who asked for the render. */
  people: { id: string; name: string }[]
  /** Path in the store of the full video. */
  path: string
  bytes: number
  credits: Credit[]
  /** Addresses that are spoken of, whole: the video only shows their domains. */
  links: string[]
  /** Why its music is not from where people expect it, as a row keeps failures; null mostly. */
  musicError: string | null
  /** Whether people can have it uploaded: nobody has yet, and there is a channel. */
  canUpload: boolean
}

export interface Credit {
  /** Who made it, or what it is called. */
  name: string
  provider: string
  url: string | null
}

/** The picture or clip that stands for a segment, if one has been made. */
export type Previews = ReadonlyMap<number, FileRef>
