import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { type Chat, GoneError, type Reply, type Spot } from '../../src/bot/thread/chat.ts'
import type { FormView, MessageView } from '../../src/bot/view/types.ts'
import type { Reached } from './moments.ts'

/** One thing that the platform has accepted. */
interface Entry {
  op: 'open' | 'send' | 'edit' | 'remove'
  id: string
  place: string
  nonce?: string
  summary?: string
  /** All its text, to tell messages apart. */
  content?: string
  /** Paths of the files that came with it. */
  files?: string[]
}

export interface PlatformMessage {
  id: string
  place: string
  /** True for a message that opens a thread. */
  opensThread: boolean
  summary: string
  content: string
  /** All files that it has had. */
  files: string[]
}

/** Milliseconds to the platform, and back again; a process may be killed on either way. */
const WAY = 15
/** Additional milliseconds for a video. */
const UPLOAD = 400

/**
 * A platform that outlives the bot: everything it accepted is a line of a file, written before the answer is sent. Like Discord,
 * it treats a second message with a known nonce as the first.
 */
export class FilePlatform {
  readonly #file: string
  readonly #entries: Entry[]
  readonly #reached: Reached

  /** @param reached is called with each moment that has come. */
  constructor(file: string, reached: Reached = () => {}) {
    this.#file = file
    this.#reached = reached
    // A line cut off by the kill was never accepted.
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
    this.#entries = lines.map((line): Entry => JSON.parse(line))
  }

  get accepted(): number {
    return this.#entries.length
  }

  /** A summary of what came after the first `count`, except edits in some places and edits that only bring other pictures. */
  acceptedSince(count: number, mayEdit: ReadonlySet<string | null>): string[] {
    const before = this.#entries.slice(0, count)
    return this.#entries
      .slice(count)
      .filter(({ op, id, place, content }) => {
        if (op !== 'edit') return true
        const last = before.findLast((entry) => entry.id === id)
        return !mayEdit.has(place) && textOf(content) !== textOf(last?.content)
      })
      .map(({ op, id, place, summary = '' }) => `${op} ${id} in ${place}: ${summary}`)
  }

  /** The messages as people see them now. */
  messages(): Map<string, PlatformMessage> {
    const seen = new Map<string, PlatformMessage>()
    for (const { op, id, place, summary = '', content = '', files = [] } of this.#entries) {
      const before = seen.get(id)
      if (op === 'remove') seen.delete(id)
      else if (op !== 'edit') seen.set(id, { id, place, opensThread: op === 'open', summary, content, files })
      else if (before) seen.set(id, { ...before, summary, content, files: [...before.files, ...files] })
    }
    return seen
  }

  chat(): Chat {
    return {
      surface: 'chaos',
      playsInline: true,
      showsFilesPrivately: true,
      threadOpensWithTop: false,
      editInterval: 50,
      send: async (spot, view, nonce) => {
        const sent = await this.#post('send', placeOf(spot), view, nonce)
        this.#reached(hasVideo(view) ? 'posted' : 'sent')
        return sent
      },
      openThread: (channelId, _name, view, nonce) => this.openThread(channelId, view, nonce),
      edit: async (spot, messageId, view, carried) => {
        await onTheWay()
        if (!this.messages().has(messageId)) throw new GoneError('message')
        const { files, ...said } = contentOf(view)
        const added = files.filter((file) => !Object.hasOwn(carried, file))
        this.#accept({ op: 'edit', id: messageId, place: placeOf(spot), ...said, files: added })
        this.#reached('edited')
        await onTheWay()
        return { messageId, files: idsOf(view) }
      },
      remove: async (spot, messageId) => {
        await onTheWay()
        this.#accept({ op: 'remove', id: messageId, place: placeOf(spot) })
        this.#reached('removed')
        await onTheWay()
      },
      present: async (_spot, messageIds) => {
        const seen = this.messages()
        return new Set(messageIds.filter((id) => seen.has(id)))
      },
      uploadLimit: async () => 100e6,
      link: async (spot, messageId) => `https://chat.example/${placeOf(spot)}/${messageId ?? ''}`,
    }
  }

  /** The answer to one person's action. As on Discord, it is posted once per event. */
  reply(eventId: string): FileReply {
    return new FileReply(this, eventId, this.#reached)
  }

  async openThread(channelId: string, view: MessageView, nonce: string) {
    const sent = await this.#post('open', channelId, view, nonce)
    this.#reached('opened')
    return { channelId, threadId: sent.messageId, ...sent }
  }

  async #post(op: 'open' | 'send', place: string, view: MessageView, nonce: string) {
    await onTheWay()
    if (hasVideo(view)) {
      await setTimeout((Math.random() * UPLOAD) / 2)
      this.#reached('upload')
      await setTimeout((Math.random() * UPLOAD) / 2)
    }
    const known = this.#entries.find((entry) => entry.nonce === nonce && entry.place === place)
    const id = known?.id ?? `message ${this.#entries.length}`
    if (!known) this.#accept({ op, id, place, nonce, ...contentOf(view) })
    await onTheWay()
    return { messageId: id, files: known ? {} : idsOf(view) }
  }

  #accept(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`)
    this.#entries.push(entry)
  }
}

/** Private messages aren't stored: no one else sees them. */
export class FileReply implements Reply {
  readonly #platform: FilePlatform
  readonly eventId: string
  readonly #reached: Reached
  /** The most recently opened form. */
  form: FormView | null = null

  constructor(platform: FilePlatform, eventId: string, reached: Reached) {
    this.#platform = platform
    this.eventId = eventId
    this.#reached = reached
  }

  async openForm(form: FormView): Promise<void> {
    this.form = form
  }

  acknowledge(): Promise<void> {
    this.#reached('answer')
    return onTheWay()
  }

  privately(): Promise<void> {
    this.#reached('answer')
    return onTheWay()
  }

  refuseForm(): Promise<void> {
    return this.privately()
  }

  openThread(_name: string, announcement: MessageView, nonce: string) {
    return this.#platform.openThread('channel', announcement, nonce)
  }
}

function onTheWay(): Promise<void> {
  return setTimeout(Math.random() * WAY)
}

function placeOf(spot: Spot): string {
  return spot.threadId ?? spot.channelId
}

function hasVideo(view: MessageView): boolean {
  return contentOf(view).files.some((file) => file.startsWith('videos/'))
}

function idsOf(view: MessageView): Record<string, string> {
  return Object.fromEntries(contentOf(view).files.map((path) => [path, `file ${path}`]))
}

/** A message's text, without its files. */
function textOf(content = '[]'): string {
  const blocks: MessageView['blocks'] = JSON.parse(content)
  return JSON.stringify(blocks.filter(({ type }) => type !== 'files'))
}

function contentOf(view: MessageView): { summary: string; content: string; files: string[] } {
  const files = view.blocks.flatMap((block) => (block.type === 'files' ? block.files : []))
  return {
    summary: view.summary,
    content: JSON.stringify(view.blocks),
    files: files.map(({ path }) => path),
  }
}
