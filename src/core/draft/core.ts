import type { Logger } from 'pino'
import type { Database } from '../../db/database.ts'
import type { JobKind } from '../../db/entities/job.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Quotas } from './admission.ts'
import type { CheckedFiles } from './check-footage.ts'
import type { AssetStore } from '../media/store/store.ts'
import type { Budgets } from './budget.ts'
import type { DraftEvents } from '../model/events.ts'
import type { Providers } from '../model/providers.ts'
import type { Ffmpeg } from '../media/ffmpeg/ffmpeg.ts'
import type { ServedWorkspaces } from '../model/served.ts'
import type { Turns } from '../model/turns.ts'

/** A person on a surface. */
export interface Actor {
  id: string
  name: string
}

/** Where a draft lives. `workspace` carries its surface (`discord:123`), so two platforms never share one. */
export interface Place {
  surface: string
  workspace: string
  channelId: string
  threadId: string | null
}

export interface NewJob {
  kind: JobKind
  /** Of the jobs with one key only one waits or works at a time. */
  key: string
  /** Null for work that belongs to no draft. */
  draftId: string | null
  workspace: string
  requester: Actor | null
  payload?: Record<string, unknown>
  /** Of the jobs of one draft, those with a higher one go first; 0 unless told. */
  priority?: number
}

/**
 * Where core asks for work to be done later; src/jobs implements it. It holds to what a table in SQLite and
 * a queue on PostgreSQL (pg-boss) both can do.
 */
export interface JobQueue {
  /** Asks for a job, in the given transaction if there is one; returns the id of the waiting or working job of that key. */
  enqueue(job: NewJob, em?: EntityManager): Promise<string>
  /**
   * Ends a waiting or working job; true if there was one. Resolves when its work has stopped. `also` is done in the
   * transaction that ends it, and only if this call does.
   */
  cancel(jobId: string, also?: (em: EntityManager) => Promise<void>): Promise<boolean>
  /**
   * Puts a failed or cancelled job back as new, asked for by this person, in the given transaction if there is one. False when it
   * is neither; true as well when another of its key waits or works already.
   */
  retry(jobId: string, requester: Actor, em?: EntityManager): Promise<boolean>
  /** Cancels every waiting or working job of a draft, of the given kinds or of all. */
  cancelDraft(draftId: string, kinds?: JobKind[]): Promise<void>
}

/** What core works with. Passed in everywhere; there are no singletons. */
export interface Core {
  db: Database
  store: AssetStore
  ffmpeg: Ffmpeg
  providers: Providers
  jobs: JobQueue
  events: DraftEvents
  log: Logger
  quotas: Quotas
  budgets: Budgets
  /** The workspaces that anything is done for; null for all. */
  served: ServedWorkspaces
  clock: () => Date
  /** One change at a time, by draft and person. */
  turns: Turns
  /** Footage that a collection is about to use, as `draft provider id`. */
  footageClaims: Set<string>
  /** Footage that was decoded from its beginning to its end and found good. */
  checkedFiles: CheckedFiles
  /** Bytes that are free on the disk of the store. */
  freeBytes: () => Promise<number>
  /** Bytes of the disk that have to stay free; below, no render is begun. */
  minFreeBytes: number
  /** Whether clips are rendered in the background while people review. */
  rendersAhead: boolean
}
