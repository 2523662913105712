import type { Writable } from 'node:stream'

/** The events for one client. */
export interface Source {
  /** The next event that the client doesn't know yet; null if there is none. Called when the client can take more. */
  next(): Uint8Array | null
  /** Called when the client is gone or was disconnected. */
  closed(): void
}

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(': still here\n\n')
/** Milliseconds after which a browser reconnects when its connection broke. */
const FIRST = encoder.encode('retry: 2000\n\n')

/** Formats one event: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export function eventOf(name: string, data: string, id?: string): Uint8Array {
  return encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`)
}

/**
 * Server-Sent Events to one client. Nothing is buffered: whenever the client has taken what was sent, it gets the state as
 * of then. A slow client therefore skips what is outdated and costs no more than the others.
 */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>
  readonly #source: Source
  readonly #connection: Writable
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  /** Set while the client can take more: called when there may be something to send. */
  #ready: (() => void) | null = null
  #sentAt = performance.now()
  /** Nothing has been sent for so long that a heartbeat is due. */
  #isSilent = false
  #isOver = false

  /** @param connection the stream's connection; destroyed if the client no longer takes anything. */
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

  /** Call when there may be something to send. */
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

  /** Call regularly: keeps proxies from closing silent connections, and cuts off clients that take nothing. */
  tend({ heartbeat, patience }: { heartbeat: number; patience: number }): void {
    const silent = performance.now() - this.#sentAt
    if (!this.#ready && silent >= patience) this.cut()
    this.#isSilent = silent >= heartbeat
    if (this.#isSilent) this.wake()
  }

  /** Disconnects the client without a last event. */
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
