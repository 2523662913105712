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

/** One action of one person, whatever the platform. */
export interface Request {
  actor: Actor
  surface: string
  workspace: string
  spot: Spot
  /** What this person may do at which place. */
  access: Access
  /** The texts in this person's language. */
  words: Words
  /** Their locale, e.g. `ko`. */
  locale: string
  /** The platform's id of the event; a second delivery has the same one. */
  eventId: string
  reply: Reply
  /** Fetches a picture sent with a form, given its field's value; absent where forms have none. */
  fetchPicture?: FetchPicture
}

/** Writes it to a file. @throws ProviderError if it can't be fetched or is larger than `maxBytes`. */
export type FetchPicture = (value: string, file: string, maxBytes: number) => Promise<void>

/** The dependencies of the handlers. */
export interface Bot {
  core: Core
  log: Logger
  threads: Threads
  /** Platforms that only take small files: see `Core`. */
  smallUploads: Set<string>
  /** Asks platforms who has a role. */
  reviewers: { register(surface: string, reviewers: Reviewers): void }
  /** Asks platforms what people in the studio or with a token may do. */
  members: Members & { register(surface: string, members: Members): void }
  /** Limits how often programs may make requests. */
  rates: Rates
  /** Knows who has which draft's page open. */
  presence: Presence
  /** Knows where the studio is served. */
  studio: Studio
  /** Days after which a draft that nobody touches is removed. */
  ttlDays: number
  /** Records how many seconds an interaction waited for its first response. */
  acknowledged: (surface: string, seconds: number) => void
}

/** The studio in the browser. */
interface Studio {
  /** Its address, without a trailing slash; null while it isn't served. */
  origin: string | null
  /** Whether other machines can reach it at that address, too. */
  isPublic: boolean
  /** Whether it is the only surface, without any chat that could hand out links. */
  isLocal: boolean
}
