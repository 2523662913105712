import type { Chat, Reply, Sent, Spot } from '../../thread/chat.ts'
import { GoneError } from '../../thread/chat.ts'
import type { FormView, MessageView } from '../../view/types.ts'
import { progressBar } from '../progress-bar.ts'
import { BAR, messageText } from './message.ts'

interface Output {
  write(text: string): void
  /** True if a line can be overwritten. */
  isTTY: boolean
}

/** Progress between two lines if lines can't be overwritten, as a fraction. */
const STEP = 0.1

/**
 * A draft's thread in a terminal. Messages are kept and printed on request, so that people read the thread and not each of its
 * updates; progress is shown immediately.
 */
export class TerminalChat implements Chat {
  readonly surface = 'terminal'
  readonly playsInline = true
  readonly showsFilesPrivately = true
  readonly threadOpensWithTop = false
  readonly editInterval = 200
  readonly #output: Output
  readonly #messages = new Map<string, MessageView>()
  /** The number of messages so far, including removed ones. */
  #sent = 0
  readonly #printed = new Map<string, string>()
  #lastProgress = { label: '', fraction: 0 }
  #lineOpen = false

  constructor(output: Output) {
    this.#output = output
  }

  /** Prints the messages that are new or have changed since they were last printed. @returns their number. */
  print(): number {
    this.#endLine()
    const changed = [...this.#messages].filter(([id, view]) => this.#printed.get(id) !== messageText(view))
    for (const [id, view] of changed) {
      const text = messageText(view)
      this.#output.write(`${text}\n`)
      this.#printed.set(id, text)
    }
    return changed.length
  }

  /** Prints something outside the thread. */
  say(text: string): void {
    this.#endLine()
    this.#output.write(`${text}\n`)
  }

  /** The text of the latest message about a failure, if there is one. */
  failure(): string | null {
    return [...this.#messages.values()].findLast(({ tone }) => tone === 'bad')?.summary ?? null
  }

  async send(_spot: Spot, view: MessageView): Promise<Sent> {
    this.#sent += 1
    const messageId = String(this.#sent)
    this.#messages.set(messageId, view)
    this.#progress(view)
    return { messageId, files: {} }
  }

  async edit(_spot: Spot, messageId: string, view: MessageView): Promise<Sent> {
    // A thread of an earlier run isn't in this terminal.
    if (!this.#messages.has(messageId)) throw new GoneError('message')
    this.#messages.set(messageId, view)
    this.#progress(view)
    return { messageId, files: {} }
  }

  async remove(_spot: Spot, messageId: string): Promise<void> {
    this.#messages.delete(messageId)
  }

  async present(_spot: Spot, messageIds: string[]): Promise<Set<string>> {
    return new Set(messageIds.filter((id) => this.#messages.has(id)))
  }

  async openThread(channelId: string, _name: string, announcement: MessageView): Promise<Spot & Sent> {
    const sent = await this.send({ channelId, threadId: null }, announcement)
    return { channelId, threadId: sent.messageId, ...sent }
  }

  async uploadLimit(): Promise<number> {
    return Number.POSITIVE_INFINITY
  }

  async link(spot: Spot): Promise<string> {
    return `terminal:${spot.channelId}`
  }

  #progress(view: MessageView): void {
    const block = view.blocks.find((each) => each.type === 'progress')
    if (block?.type !== 'progress') return
    const { fraction, label } = block
    const last = this.#lastProgress
    const isNew = label !== last.label || fraction < last.fraction || fraction - last.fraction >= STEP
    if (!this.#output.isTTY && !isNew) return
    this.#lastProgress = { label, fraction }
    const line = `  ${progressBar(fraction, BAR)}  ${label}`
    if (this.#output.isTTY) {
      this.#output.write(`\r\u001b[2K${line}`)
      this.#lineOpen = true
    } else this.#output.write(`${line}\n`)
  }

  #endLine(): void {
    if (this.#lineOpen) this.#output.write('\n')
    this.#lineOpen = false
  }
}

/** Responses in a terminal. Private ones are simply printed. */
export class TerminalReply implements Reply {
  readonly showsClips = true
  readonly #chat: TerminalChat
  /** The last opened form, to be filled in. */
  form: FormView | null = null
  /** The message of a refusal. */
  refusal: string | null = null
  /** The actions of the offered buttons. */
  offered: string[] = []

  constructor(chat: TerminalChat) {
    this.#chat = chat
  }

  async openForm(form: FormView): Promise<void> {
    this.form = form
  }

  async acknowledge(): Promise<void> {}

  async privately(view: MessageView): Promise<void> {
    if (view.tone === 'bad') this.refusal = view.summary
    this.offered = view.blocks.flatMap((block) =>
      block.type === 'buttons' ? block.buttons.map(({ action }) => action) : [],
    )
    this.#chat.say(messageText(view))
  }

  async refuseForm(_errors: Record<string, string>, view: MessageView): Promise<void> {
    await this.privately(view)
  }

  async openThread(name: string, announcement: MessageView): Promise<Spot & Sent> {
    return this.#chat.openThread('terminal', name, announcement)
  }
}
