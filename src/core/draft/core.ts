import type { Logger } from 'pino'
import type { Database } from '../../db/database.ts'
import type { Draft } from '../../db/entities/draft.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Ffmpeg } from '../media/ffmpeg/ffmpeg.ts'
import type { CheckedFiles } from '../model/checked-files.ts'
import type { Claims } from '../model/claims.ts'
import type { DraftEvents } from '../model/events.ts'
import type { JobQueue } from '../model/jobs.ts'
import type { DraftLinks } from '../model/links.ts'
import type { Platform } from '../model/platform.ts'
import type { Providers } from '../model/providers.ts'
import type { Budgets, Quotas } from '../model/quotas.ts'
import type { Reviewers } from '../model/reviewers.ts'
import type { Sealer } from '../model/sealer.ts'
import type { ServedWorkspaces } from '../model/served.ts'
import type { Store } from '../model/store.ts'
import type { Turns } from '../model/turns.ts'
import type { Webhooks } from '../model/webhooks.ts'
import type { AskedJob } from './payloads.ts'

/** What of it the accounts need, for tools that do nothing else. */
export type AccountCore = Pick<Core, 'db' | 'platforms' | 'sealer' | 'clock' | 'log' | 'turns'>

/** What core works with. Passed in everywhere; there are no singletons. */
export interface Core {
  db: Database
  store: Store
  ffmpeg: Ffmpeg
  providers: Providers
  jobs: JobQueue<AskedJob>
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
  footageClaims: Claims
  /** Surfaces on which a file may have so few bytes that many a draft does not fit into one; each names itself when it connects. */
  smallUploads: ReadonlySet<string>
  /** Who is in a role of a platform. */
  reviewers: Reviewers
  /** Footage that was decoded from its beginning to its end and found good. */
  checkedFiles: CheckedFiles
  /** Bytes that are free on the disk of the store. */
  freeBytes: () => Promise<number>
  /** Bytes of the disk that have to stay free; below, no render is begun. */
  minFreeBytes: number
  /** Whether clips are rendered in the background while people review. */
  rendersAhead: boolean
  /** The video platforms that are set up. */
  platforms: readonly Platform[]
  /** How many people have to approve a draft before it is rendered; where that is any, nobody makes a video public alone. */
  approvalsNeeded: (em: EntityManager, draft: Pick<Draft, 'workspace' | 'draftId'>) => Promise<number>
  /** Keeps what is secret unreadable in the database. */
  sealer: Sealer
  /** Where drafts and films are found from outside. */
  links: DraftLinks
  /** How those are told of finished films who want to be. */
  webhooks: Webhooks
}
