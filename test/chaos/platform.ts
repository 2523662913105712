import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { type Chat, GoneError } from '../../src/bot/chat.ts'
import type { MessageView } from '../../src/bot/view/types.ts'

/** One thing that the platform has accepted. */
interface Entry {
  op: 'open' | 'send' | 'edit' | 'remove'
  id: string
  place: string
  nonce?: string
  summary?: string
  /** Paths of the files that came with it. */
  files?: string[]
}

export interface PlatformMessage {
  id: string
  place: string
  summary: string
  /** All files that it has carried. */
  files: string[]
}

/** Milliseconds on the way to the platform and back; a process may be killed in either. */
const WAY = 15

/**
 * A platform that outlives the bot: what it has accepted is a line of a file, written before the answer is on its way. As
 * Discord does, it takes a second message with a known nonce for the first.
 */
export class FilePlatform {
  readonly #file: string
  readonly #entries: Entry[]

  constructor(file: string) {
    this.#file = file
    // A line that was cut off by the kill was never accepted.
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
    this.#entries = lines.map((line): Entry => JSON.parse(line))
  }

  get accepted(): number {
    return this.#entries.length
  }

  /** What people see now. */
  messages(): Map<string, PlatformMessage> {
    const seen = new Map<string, PlatformMessage>()
    for (const { op, id, place, summary = '', files = [] } of this.#entries) {
      const before = seen.get(id)
      if (op === 'remove') seen.delete(id)
      else if (op !== 'edit') seen.set(id, { id, place, summary, files })
      else if (before) seen.set(id, { ...before, summary, files: [...before.files, ...files] })
    }
    return seen
  }

  chat(): Chat {
    const place = (spot: { channelId: string; threadId: string | null }) => spot.threadId ?? spot.channelId
    return {
      surface: 'chaos',
      playsInline: true,
      threadOpensWithTop: false,
      editInterval: 50,
      send: (spot, view, nonce) => this.#post('send', place(spot), view, nonce),
      openThread: async (channelId, _name, view, nonce) => {
        const sent = await this.#post('open', channelId, view, nonce)
        return { channelId, threadId: `thread of ${sent.messageId}`, ...sent }
      },
      edit: async (spot, messageId, view, carried) => {
        await setTimeout(Math.random() * WAY)
        if (!this.messages().has(messageId)) throw new GoneError('message')
        const { summary = '', files = [] } = contentOf(view)
        const added = files.filter((file) => !Object.hasOwn(carried, file))
        this.#accept({ op: 'edit', id: messageId, place: place(spot), summary, files: added })
        await setTimeout(Math.random() * WAY)
        return { messageId, files: idsOf(view) }
      },
      remove: async (spot, messageId) => {
        await setTimeout(Math.random() * WAY)
        this.#accept({ op: 'remove', id: messageId, place: place(spot) })
      },
      present: async (_spot, messageIds) => {
        const seen = this.messages()
        return new Set(messageIds.filter((id) => seen.has(id)))
      },
      uploadLimit: async () => 100e6,
      link: async (spot, messageId) => `https://chat.example/${place(spot)}/${messageId ?? ''}`,
    }
  }

  async #post(op: 'open' | 'send', place: string, view: MessageView, nonce: string) {
    await setTimeout(Math.random() * WAY)
    const known = this.#entries.find((entry) => entry.nonce === nonce && entry.place === place)
    const id = known?.id ?? `message ${this.#entries.length}`
    if (!known) this.#accept({ op, id, place, nonce, ...contentOf(view) })
    await setTimeout(Math.random() * WAY)
    return { messageId: id, files: known ? {} : idsOf(view) }
  }

  #accept(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`)
    this.#entries.push(entry)
  }
}

function idsOf(view: MessageView): Record<string, string> {
  return Object.fromEntries(contentOf(view).files.map((path) => [path, `file ${path}`]))
}

function contentOf(view: MessageView): { summary: string; files: string[] } {
  const files = view.blocks.flatMap((block) => (block.type === 'files' ? block.files : []))
  return { summary: view.summary, files: files.map(({ path }) => path) }
}
