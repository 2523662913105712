import type { Writable } from 'node:stream'
import { LRUCache } from 'lru-cache'
import { requestClips } from '../../../../core/draft/clips.ts'
import { UserError } from '../../../../core/model/errors.ts'
import type { Presence } from '../../../../core/model/presence.ts'
import { allowedActs } from '../../../handlers/authorize.ts'
import type { Bot } from '../../../handlers/request.ts'
import { WebError } from '../problems.ts'
import type { Who } from '../who.ts'
import { DraftStream } from './draft-stream.ts'
import { eventOf } from './event-stream.ts'
import { Feed, type ShowDraft } from './feed.ts'
import { ListStream } from './list-stream.ts'

/** Milliseconds. */
export interface HubTimes {
  /** Between checks of all streams. */
  look: number
  /** A stream that was silent for this long is sent a comment. */
  heartbeat: number
  /** A client that takes nothing for this long is disconnected. */
  patience: number
  /** Between checks of who a reader is and what they may do. */
  ask: number
  /** Before the second check of a reader who was refused: a platform that fails to answer once also counts as a no. */
  doubt: number
  /** How long a draft without readers is remembered, for readers whose connection broke. */
  linger: number
}
const TIMES: HubTimes = {
  ...{ look: 5000, heartbeat: 15_000, patience: 30_000 },
  ...{ ask: 20_000, doubt: 4000, linger: 120_000 },
}
/** Milliseconds for which the same problem is logged only once: a platform that doesn't answer concerns every stream. */
const QUIET = 10 * 60_000
/** Maximum number of open streams: per session or token, and in total. */
const MOST = { each: 12, all: 1000 }

/** A reader, and how to check again who they are. */
export interface Listener {
  who: Who
  /** Null if they have signed out. */
  ask: () => Promise<Who | null>
  /** The connection of the stream. */
  connection: Writable
}

interface Watched {
  /** By language and rights. */
  feeds: Map<string, Feed>
  streams: Set<DraftStream>
  /** When the last reader left, by `performance.now()`. */
  leftAt: number
}

/** Notifies browsers and programs of changes. For one process; the content comes from the database. */
export class EventHub {
  readonly #bot: Bot
  readonly #show: ShowDraft
  readonly #presence: Presence
  readonly #times: HubTimes
  readonly #watched = new Map<string, Watched>()
  readonly #asks = new Map<DraftStream | ListStream, () => Promise<Who | null>>()
  readonly #lists = new Set<ListStream>()
  readonly #counts = new Map<string, number>()
  readonly #logged = new LRUCache<string, true>({ max: 500, ttl: QUIET })
  readonly #looking: NodeJS.Timeout
  readonly #listening: (() => void)[]
  #isClosed = false

  constructor(bot: Bot, show: ShowDraft, times: Partial<HubTimes> = {}) {
    this.#bot = bot
    this.#show = show
    this.#presence = bot.presence
    this.#times = { ...TIMES, ...times }
    const { events } = bot.core
    this.#listening = [
      events.on('changed', (draftId) => {
        for (const feed of this.#watched.get(draftId)?.feeds.values() ?? []) feed.changed()
        for (const list of this.#lists) list.changed(draftId)
      }),
      events.on('deleted', (draftId, workspace) => {
        for (const stream of [...(this.#watched.get(draftId)?.streams ?? [])]) stream.gone()
        for (const list of this.#lists) if (list.who.workspace === workspace) void list.deleted(draftId)
      }),
      this.#presence.on('changed', (draftId) => void this.#tellHere(draftId)),
    ]
    this.#looking = setInterval(() => this.#look(), this.#times.look).unref()
  }

  /**
   * The events of a draft, from now on or since `lastEventId`.
   * @throws UserError `draft_not_found` if the reader may not see it, WebError 429 if too many streams are open.
   */
  async follow(listener: Listener, draftId: string, lastEventId: string | null): Promise<ReadableStream> {
    const { who, ask, connection } = listener
    const leave = this.#admit(who)
    try {
      const feed = await this.#feedFor(who, draftId)
      await feed.fresh(who)
      const watched = this.#watch(draftId)
      // If the draft hasn't been used for a while, the caches may no longer have its clips.
      if (watched.streams.size === 0) void requestClips(this.#bot.core, draftId)
      // Programs don't count as present.
      const goes = who.id.startsWith('session:') ? this.#presence.enter(draftId, who.actor) : () => undefined
      const told = lastEventId === null ? null : feed.toldAs(lastEventId)
      const stream = new DraftStream(who, feed, told, connection, () => {
        watched.streams.delete(stream)
        this.#asks.delete(stream)
        watched.leftAt = performance.now()
        leave()
        goes()
      })
      watched.streams.add(stream)
      this.#asks.set(stream, ask)
      stream.here(JSON.stringify(await this.#presence.here(draftId)))
      if (connection.destroyed) stream.stream.cut()
      return stream.stream.body
    } catch (error) {
      leave()
      throw error
    }
  }

  /** Notifies of changes to all drafts that the reader may see. @throws WebError 429 if too many streams are open. */
  async followList({ who, ask, connection }: Listener): Promise<ReadableStream> {
    const leave = this.#admit(who)
    const list = new ListStream(this.#bot, who, this.#times.ask, connection, () => {
      this.#lists.delete(list)
      this.#asks.delete(list)
      leave()
    })
    this.#lists.add(list)
    this.#asks.set(list, ask)
    for (const draftId of this.#watched.keys()) list.came(draftId, await this.#presence.here(draftId))
    return list.stream.body
  }

  /** Ends all streams; browsers reconnect on their own when the program is back. */
  close(): void {
    this.#isClosed = true
    clearInterval(this.#looking)
    for (const end of this.#listening) end()
    for (const { stream } of [...this.#asks.keys()]) stream.end()
    for (const { feeds } of this.#watched.values()) for (const feed of feeds.values()) feed.close()
    this.#watched.clear()
  }

  /** Takes a place among the open streams. @returns a function that gives it back. */
  #admit({ id }: Who): () => void {
    if (this.#isClosed) throw new WebError(503, 'stopping', 'Rushes is stopping.')
    const count = this.#counts.get(id) ?? 0
    const all = [...this.#counts.values()].reduce((sum, each) => sum + each, 0)
    if (count >= MOST.each || all >= MOST.all)
      throw new WebError(
        429,
        'too_many_streams',
        'Too many pages follow drafts at the same time. Close some.',
        { retry_after: 5 },
      )
    this.#counts.set(id, count + 1)
    let isHere = true
    return () => {
      if (!isHere) return
      isHere = false
      const left = (this.#counts.get(id) ?? 1) - 1
      if (left > 0) this.#counts.set(id, left)
      else this.#counts.delete(id)
    }
  }

  #watch(draftId: string): Watched {
    const watched = this.#watched.get(draftId) ?? {
      feeds: new Map(),
      streams: new Set(),
      leftAt: performance.now(),
    }
    // Keeps the draft from being forgotten while a reader is about to follow it.
    watched.leftAt = performance.now()
    this.#watched.set(draftId, watched)
    return watched
  }

  /** @throws UserError `draft_not_found` */
  async #feedFor(who: Who, draftId: string): Promise<Feed> {
    const acts = await allowedActs(this.#bot, who, draftId)
    const { feeds, streams } = this.#watch(draftId)
    const key = [who.locale.split('-')[0], ...acts, ...[...who.scopes].sort()].join()
    const known = feeds.get(key)
    if (known) return known
    const feed = new Feed(draftId, this.#show, this.#bot.log)
    const those = () => [...streams].filter((stream) => stream.feed === feed && !stream.isDoubted)
    feed.readers = () => those().map((stream) => stream.who)
    feed.onNews = () => {
      for (const { stream } of those()) stream.wake()
    }
    feed.onRefused = (who) => {
      for (const stream of those().filter((stream) => stream.who === who)) {
        stream.doubt()
        void this.#askAgain(draftId, stream)
      }
    }
    feeds.set(key, feed)
    return feed
  }

  async #tellHere(draftId: string): Promise<void> {
    const here = await this.#presence.here(draftId)
    for (const stream of this.#watched.get(draftId)?.streams ?? []) stream.here(JSON.stringify(here))
    for (const list of this.#lists) list.came(draftId, here)
  }

  #look(): void {
    const now = performance.now()
    for (const each of [...this.#asks.keys()]) each.stream.tend(this.#times)
    for (const [draftId, { feeds, streams, leftAt }] of this.#watched) {
      for (const stream of streams)
        if (!stream.isDoubted && now - stream.askedAt >= this.#times.ask) void this.#askAgain(draftId, stream)
      if (streams.size > 0 || now - leftAt < this.#times.linger) continue
      for (const feed of feeds.values()) feed.close()
      this.#watched.delete(draftId)
    }
    for (const list of this.#lists) if (now - list.askedAt >= this.#times.ask) void this.#askListAgain(list)
  }

  /**
   * Checks whether the reader is still signed in and may still see the draft, and updates their rights. After a refusal
   * nothing more is sent, and a second check decides.
   */
  async #askAgain(draftId: string, stream: DraftStream, isSecond = false): Promise<void> {
    stream.askedAt = performance.now()
    try {
      const who = await this.#who(stream)
      if (!who) return stream.gone()
      const feed = await this.#feedFor(who, draftId)
      await feed.fresh(who)
      stream.show(who, feed)
    } catch (error) {
      if (!(error instanceof UserError)) {
        this.#warn(error, 'whether somebody may still see a draft could not be asked')
        // Unknown counts as no; the browser reconnects and asks again.
        return stream.stream.end()
      }
      if (isSecond) return stream.gone()
      stream.doubt()
      const ask = () => void (this.#asks.has(stream) && this.#askAgain(draftId, stream, true))
      setTimeout(ask, this.#times.doubt)
    }
  }

  /** Null if they have signed out or their token was revoked. */
  async #who(stream: DraftStream | ListStream): Promise<Who | null> {
    try {
      return (await this.#asks.get(stream)?.()) ?? null
    } catch (error) {
      if (error instanceof WebError && error.status === 401) return null
      throw error
    }
  }

  async #askListAgain(list: ListStream): Promise<void> {
    list.askedAt = performance.now()
    try {
      const who = await this.#who(list)
      if (who) list.renew(who)
      else list.stream.end(eventOf('gone', '{}'))
    } catch (error) {
      this.#warn(error, 'whether somebody may still see a list could not be asked')
      list.stream.end()
    }
  }

  #warn(err: unknown, sentence: string): void {
    const cause = err instanceof Error ? `${err.name} ${err.message.slice(0, 200)}` : String(err)
    const key = `${sentence}\n${cause}`
    if (this.#logged.has(key)) return
    this.#logged.set(key, true)
    this.#bot.log.warn({ err }, sentence)
  }
}
