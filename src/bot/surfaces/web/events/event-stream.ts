import type { Writable } from 'node:stream'

/** What a stream tells one client. */
export interface Source {
  /** What the client should be told now, and does not know yet; null while there is nothing. Called when it can take more. */
  next(): Uint8Array | null
  /** The client is gone, or was let go. */
  closed(): void
}

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(': still here\n\n')
/** Milliseconds after which a browser whose connection broke comes back. */
const FIRST = encoder.encode('retry: 2000\n\n')

/** One event: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export function eventOf(name: string, data: string, id?: string): Uint8Array {
  return encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`)
}

/**
 * Server-Sent Events to one client. Nothing is kept for it: whenever it has taken what was sent, it is told how things are then.
 * So one that is slow misses what is over, and costs no more than the others.
 */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>
  readonly #source: Source
  readonly #connection: Writable
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  /** Where the client can take more: called when there may be something. */
  #ready: (() => void) | null = null
  #sentAt = performance.now()
  /** Nothing has been sent for so long that something should be. */
  #isSilent = false
  #isOver = false

  /** @param connection what the stream goes out through; it is cut where the client takes nothing any more. */
  constructor(source: Source, connection: Writable) {
    this.#source = source
    this.#connection = connection
    let isFirst = true
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        pull: async () => {
          if (isFirst) {
            isFirst = false
            return this.#send(FIRST)
          }
          while (!this.#isOver) {
            const bytes = this.#source.next() ?? (this.#isSilent ? HEARTBEAT : null)
            if (bytes) return this.#send(bytes)
            const { promise, resolve } = Promise.withResolvers<void>()
            this.#ready = resolve
            await promise
            this.#ready = null
          }
        },
        cancel: () => this.#close(),
      },
      { highWaterMark: 0 },
    )
  }

  /** There may be something to tell. */
  wake(): void {
    this.#ready?.()
  }

  /** Ends the stream after this last event. */
  end(last?: Uint8Array): void {
    if (this.#isOver) return
    if (last) this.#send(last)
    this.#controller?.close()
    this.#close()
  }

  /** To be called now and then: keeps proxies from cutting what is silent, and cuts off who takes nothing. */
  tend({ heartbeat, patience }: { heartbeat: number; patience: number }): void {
    const silent = performance.now() - this.#sentAt
    if (!this.#ready && silent >= patience) this.cut()
    this.#isSilent = silent >= heartbeat
    if (this.#isSilent) this.wake()
  }

  /** Lets go of the client without another word. */
  cut(): void {
    this.#connection.destroy()
    this.#close()
  }

  #send(bytes: Uint8Array): void {
    this.#sentAt = performance.now()
    this.#isSilent = false
    this.#controller?.enqueue(bytes)
  }

  #close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#ready?.()
    this.#source.closed()
  }
}
