import PQueue from 'p-queue'
import type { Logger } from 'pino'
import type { Core } from '../../core/draft/core.ts'
import { placeDraft } from '../../core/draft/create.ts'
import { placeOf } from '../../core/draft/creation.ts'
import { isServed } from '../../core/model/served.ts'
import { ThreadMessageEntity } from '../../db/entities/thread-message.ts'
import type { MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import { BusyError, type Chat, GoneError, type Sent, type Spot } from './chat.ts'
import { ThreadClips } from './clips.ts'
import { type FinishedVideo, filmLink, withFinishedVideo } from './finished-video.ts'
import { KnownLinks } from './known-links.ts'
import { loadShown } from './load-shown.ts'
import { changesOf, draftsBehind, noteShown, noteViews } from './marks.ts'
import { forgetMessages, isOwnThread, messageOf, messagesOf } from './messages.ts'
import { openingNonce, rememberThread } from './open-thread.ts'
import { projectFitting } from './project-fitting.ts'
import { retire } from './retire.ts'
import { notice } from './sentences.ts'
import type { Clips, Threads } from './threads-port.ts'
import { viewsHash } from './views-hash.ts'
import { watchFilm } from './watch.ts'

/** Milliseconds for which the changes of one click are collected before the thread is updated. */
const GATHER = 100
/** Milliseconds before a failed platform is tried again; doubled each time, up to the maximum. */
const RETRY = { first: 5000, longest: 300_000 }

interface Due {
  timer: NodeJS.Timeout
  at: number
  verify: boolean
}

export interface ThreadOptions {
  core: Core
  log: Logger
  /** Days after which an untouched draft is removed. */
  ttlDays: number
}

/**
 * Keeps the threads of all drafts in line with what is stored, with one run per draft at a time. Bursts of changes end in
 * one run, failures are retried, and nothing depends on a run that didn't happen.
 */
export class DraftThreads implements Threads {
  readonly #options: ThreadOptions
  readonly #chats = new Map<string, Chat>()
  /** Surfaces on which drafts have no thread. */
  readonly #bare = new Set<string>()
  readonly #queues = new Map<string, PQueue>()
  readonly #due = new Map<string, Due>()
  readonly #lastRun = new Map<string, number>()
  readonly #failures = new Map<string, number>()
  readonly #links: KnownLinks
  readonly #stopping = new AbortController()
  readonly clips: Clips

  constructor(options: ThreadOptions) {
    this.#options = options
    this.#links = new KnownLinks(options.core)
    this.clips = new ThreadClips(options.core, this.#chats, this.#stopping.signal)
    options.core.events.on('changed', (draftId) => this.#schedule(draftId, false))
    options.core.events.on('deleted', (draftId) => this.#schedule(draftId, false, GATHER))
  }

  /** Threads on a platform that isn't connected wait until it is. */
  register(chat: Chat): void {
    this.#chats.set(chat.surface, chat)
  }

  withoutThreads(surface: string): void {
    this.#bare.add(surface)
  }

  /**
   * Updates the threads of drafts that changed while the program wasn't running, or whose changes weren't shown before it
   * ended. Other drafts aren't even looked at, however many there are.
   * @returns the drafts concerned.
   */
  async recover(): Promise<string[]> {
    const { core } = this.#options
    await noteViews(core, await viewsHash(core.ffmpeg))
    const behind = await draftsBehind(core, [...this.#chats.keys(), ...this.#bare])
    for (const draftId of behind) this.#schedule(draftId, false, GATHER)
    return behind
  }

  refresh(draftId: string): void {
    this.#schedule(draftId, true, GATHER)
  }

  sync(draftId: string, elsewhere?: Spot): Promise<void> {
    return this.#inLine(draftId, async () => {
      const { core } = this.#options
      const place = await placeOf(this.#options.core.db.fork(), draftId)
      // The content of someone else's thread, which may have been private, must not be posted in the surrounding channel.
      const reopen = place?.threadId == null || isOwnThread(await messagesOf(core, draftId), place.threadId)
      try {
        await this.#run(draftId, { verify: true, reopen })
      } catch (error) {
        // Not only the thread is gone, the channel is too.
        if (!(error instanceof GoneError) || !elsewhere) throw error
        const { channelId, threadId } = elsewhere
        await forgetMessages(core, { draftId })
        await core.db.transaction((em) => placeDraft(em, draftId, { channelId, threadId }))
        await this.#run(draftId, { verify: false, reopen: false })
      }
    })
  }

  async open(draftId: string, open: (nonce: string) => Promise<Spot & Partial<Sent>>): Promise<void> {
    await this.#inLine(draftId, async () => {
      const opened = await open(openingNonce(draftId))
      const { core } = this.#options
      const chat = await this.#chatOf(draftId)
      if (chat) await rememberThread(core, chat, draftId, opened, notice(''))
    })
    this.#schedule(draftId, false, 0)
  }

  async link(draftId: string): Promise<string | null> {
    const top = await messageOf(this.#options.core, draftId, 'top')
    const chat = top && this.#chats.get(top.surface)
    if (!top || !chat) return null
    return this.#links.of(chat, top, top.messageId)
  }

  async messageDeleted(messageId: string): Promise<void> {
    // Slack's ids are unique only within their channel.
    const messages = await this.#options.core.db.fork().find(ThreadMessageEntity, { messageId })
    for (const { draftId } of messages) this.#schedule(draftId, true, GATHER)
  }

  /** The address of a render's video: null if its platform has no addresses, `coming` while it isn't posted yet. */
  filmLink(draftId: string, render: string): Promise<string | null | 'coming'> {
    return filmLink(this.#options.core, this.#chats, { draftId, render }, this.#links.addressOf)
  }

  withVideo(draftId: string, work: (video: FinishedVideo) => Promise<void>): Promise<void> {
    const tools = { signal: this.#stopping.signal, linkTo: this.#links.addressOf }
    return withFinishedVideo(this.#options.core, this.#chats, draftId, tools, work)
  }

  watch(
    workspace: string,
    draftId: string,
    words: Words,
    say: (view: MessageView) => Promise<void>,
  ): Promise<void> {
    const inLine = (work: () => Promise<void>) => this.#inLine(draftId, work)
    const stopping = this.#stopping.signal
    return watchFilm(this.#options.core, this.#chats, { workspace, draftId, words, say, stopping, inLine })
  }

  /** Waits until nothing is due or running. */
  async settled(): Promise<void> {
    while (this.#due.size > 0 || [...this.#queues.values()].some((queue) => queue.size + queue.pending > 0)) {
      for (const [draftId, { timer, verify }] of this.#due) {
        clearTimeout(timer)
        this.#due.delete(draftId)
        await this.#inLine(draftId, () => this.#attempt(draftId, verify))
      }
      await Promise.all([...this.#queues.values()].map((queue) => queue.onIdle()))
    }
  }

  /**
   * Stops once the messages being sent are done; encoding is cancelled. Updates that are due are found again at the next start.
   */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const { timer } of this.#due.values()) clearTimeout(timer)
    this.#due.clear()
    await Promise.all([...this.#queues.values()].map((queue) => queue.onIdle()))
  }

  #schedule(draftId: string, verify: boolean, delay = this.#sinceLastRun(draftId)): void {
    if (this.#stopping.signal.aborted) return
    const at = performance.now() + delay
    const due = this.#due.get(draftId)
    if (due) {
      due.verify ||= verify
      if (due.at <= at) return
      clearTimeout(due.timer)
    }
    const timer = setTimeout(() => {
      const wanted = this.#due.get(draftId)
      this.#due.delete(draftId)
      void this.#inLine(draftId, () => this.#attempt(draftId, wanted?.verify ?? verify))
    }, delay)
    this.#due.set(draftId, { timer, at, verify: verify || (due?.verify ?? false) })
  }

  /** Changes that nobody waits for (progress, assets) are collected over the platform's interval. */
  #sinceLastRun(draftId: string): number {
    const interval = Math.max(0, ...[...this.#chats.values()].map(({ editInterval }) => editInterval))
    const last = this.#lastRun.get(draftId) ?? Number.NEGATIVE_INFINITY
    return Math.max(GATHER, last + interval - performance.now())
  }

  #inLine(draftId: string, work: () => Promise<void>): Promise<void> {
    const queue = this.#queues.get(draftId) ?? new PQueue({ concurrency: 1 })
    this.#queues.set(draftId, queue)
    const done = queue.add(work)
    void queue.onIdle().then(() => {
      if (queue.size + queue.pending === 0 && this.#queues.get(draftId) === queue)
        this.#queues.delete(draftId)
    })
    return done
  }

  async #attempt(draftId: string, verify: boolean): Promise<void> {
    const { log } = this.#options
    const began = performance.now()
    const about = () => ({ draft: draftId, ms: Math.round(performance.now() - began) })
    try {
      await this.#run(draftId, { verify, reopen: false })
      this.#failures.delete(draftId)
      log.debug(about(), 'a thread is up to date')
    } catch (error) {
      log.warn({ ...about(), err: error }, 'a thread could not be updated')
      // Someone deleted it on purpose; `/draft show` starts it again.
      if (error instanceof GoneError) return
      const failures = (this.#failures.get(draftId) ?? 0) + 1
      this.#failures.set(draftId, failures)
      const asked = error instanceof BusyError ? error.seconds * 1000 : 0
      const delay = Math.min(RETRY.longest, RETRY.first * 2 ** (failures - 1))
      this.#schedule(draftId, verify, Math.max(asked, delay))
    }
  }

  /** @param options with `reopen`, a deleted thread is started again. */
  async #run(draftId: string, options: { verify: boolean; reopen: boolean }): Promise<void> {
    const { core } = this.#options
    const changes = await changesOf(core, draftId)
    try {
      if (await this.#show(draftId, options)) await noteShown(core, draftId, changes)
    } catch (error) {
      // The thread was deleted, so nothing is to be shown until something changes.
      if (error instanceof GoneError) await noteShown(core, draftId, changes)
      throw error
    }
  }

  /** @returns whether the thread shows the draft now; false if its platform isn't connected or the draft is gone. */
  async #show(draftId: string, { verify, reopen }: { verify: boolean; reopen: boolean }): Promise<boolean> {
    const { core, ttlDays } = this.#options
    const shown = await loadShown(core, draftId, ttlDays)
    if (!shown) {
      // `retire` forgets the mark itself once everything is cleaned up.
      await retire(core, this.#chats, draftId)
      return false
    }
    const place = await placeOf(this.#options.core.db.fork(), draftId)
    const chat = place && this.#chats.get(place.surface)
    // Drafts created with a token that has no channel have no thread either.
    if (place && (this.#bare.has(place.surface) || place.channelId === '')) return true
    if (!place || !chat || !isServed(core.served, place.workspace)) return false
    this.#lastRun.set(draftId, performance.now())
    const { channelId, threadId } = place
    const { signal } = this.#stopping
    const linkTo = (to: Spot, messageId: string) => this.#links.addressOf(chat, to, messageId)
    try {
      const spot = { channelId, threadId }
      await projectFitting({ core, chat, shown, spot, verify, linkTo, signal })
    } catch (error) {
      if (!(error instanceof GoneError) || !reopen) throw error
      // The thread itself is gone: start over in the channel.
      await forgetMessages(core, { draftId })
      const spot = { channelId, threadId: null }
      await projectFitting({ core, chat, shown, spot, verify: false, linkTo, signal })
    } finally {
      this.#lastRun.set(draftId, performance.now())
    }
    return true
  }

  async #chatOf(draftId: string): Promise<Chat | undefined> {
    const place = await placeOf(this.#options.core.db.fork(), draftId)
    return place ? this.#chats.get(place.surface) : undefined
  }
}
