import type { Logger } from 'pino'
import type { Core } from '../../core/draft/core.ts'
import type { Actor } from '../../core/model/people.ts'
import type { Presence } from '../../core/model/presence.ts'
import type { Reviewers } from '../../core/model/reviewers.ts'
import type { Reply, Spot } from '../thread/chat.ts'
import type { Threads } from '../thread/threads-port.ts'
import type { Words } from '../words/index.ts'
import type { Access } from './access.ts'
import type { Members } from './members.ts'
import type { Rates } from './rates.ts'

/** One thing that one person did, whatever the platform. */
export interface Request {
  actor: Actor
  surface: string
  workspace: string
  spot: Spot
  /** What this person may do where. */
  access: Access
  /** The words that this person reads. */
  words: Words
  /** The locale that they come from, e.g. `ko`. */
  locale: string
  /** The platform's own id of the event; a second delivery carries the same. */
  eventId: string
  reply: Reply
  /** Fetches a picture that came with a form, by the value of its field; absent where forms have none. */
  fetchPicture?: FetchPicture
}

/** Writes it into a file. @throws ProviderError for what cannot be had, or is larger than `maxBytes`. */
export type FetchPicture = (value: string, file: string, maxBytes: number) => Promise<void>

/** What handlers work with. */
export interface Bot {
  core: Core
  log: Logger
  threads: Threads
  /** Platforms that take small files only: see `Core`. */
  smallUploads: Set<string>
  /** Where platforms say who is in a role. */
  reviewers: { register(surface: string, reviewers: Reviewers): void }
  /** Where platforms say what people may do who act in the studio or with a token. */
  members: Members & { register(surface: string, members: Members): void }
  /** How often programs may ask. */
  rates: Rates
  /** Who has which draft's page open. */
  presence: Presence
  /** Where the studio is served. */
  studio: Studio
  /** Days after which a draft that nobody touches is removed. */
  ttlDays: number
  /** Counts how many seconds an interaction waited for its first answer. */
  acknowledged: (surface: string, seconds: number) => void
}

/** The studio in the browser. */
interface Studio {
  /** Its address, without a slash at the end; null while it is not served. */
  origin: string | null
  /** Whether that address leads here from other machines too. */
  isPublic: boolean
  /** Whether it is the only surface: there is no chat that could give a link. */
  isLocal: boolean
}
