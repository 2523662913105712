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

/** The part needed for accounts, for tools that do nothing else. */
export type AccountCore = Pick<Core, 'db' | 'platforms' | 'sealer' | 'clock' | 'log' | 'turns'>

/** The dependencies of core. Passed in everywhere; there are no singletons. */
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
  /** The served workspaces; null for all. */
  served: ServedWorkspaces
  clock: () => Date
  /** Serialises changes by draft and person. */
  turns: Turns
  /** Footage that a job is about to use, as `draft provider id`. */
  footageClaims: Claims
  /** Surfaces with a file size limit so low that many films don't fit; each adds itself when it connects. */
  smallUploads: ReadonlySet<string>
  /** Knows who is in a platform's role. */
  reviewers: Reviewers
  /** Footage that was decoded completely and found good. */
  checkedFiles: CheckedFiles
  /** Free bytes on the store's disk. */
  freeBytes: () => Promise<number>
  /** Bytes that have to stay free on the disk; below this, no render is started. */
  minFreeBytes: number
  /** Whether clips are rendered in the background while people review. */
  rendersAhead: boolean
  /** The configured video platforms. */
  platforms: readonly Platform[]
  /** How many people have to approve a draft before it is rendered; if this is set, nobody can make a video public alone. */
  approvalsNeeded: (em: EntityManager, draft: Pick<Draft, 'workspace' | 'draftId'>) => Promise<number>
  /** Encrypts secrets in the database. */
  sealer: Sealer
  /** External addresses of drafts and films. */
  links: DraftLinks
  /** Notifies webhooks of finished films. */
  webhooks: Webhooks
}
