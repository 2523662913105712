import type { ServerResponse } from 'node:http'
import { Places } from './places.ts'

/** Maximum simultaneous downloads per caller, and milliseconds after which a caller who takes nothing is cut off. */
const LIMITS = { most: 30, patience: 30_000 }
/** Bytes that fit into the buffers on the way to the caller: such a file leaves as soon as it is sent. */
const SMALL = 256_000

/** Limits the downloads in progress: each keeps a file and a connection open for as long as its caller likes. */
export class Downloads {
  readonly #places: Places
  readonly #patience: number

  constructor({ most, patience } = LIMITS) {
    this.#places = new Places(most)
    this.#patience = patience
  }

  /**
   * @param length number of bytes that `open` will yield. @returns the response body.
   * @throws WebError 429 if this caller has too many downloads in progress.
   */
  async body(
    outgoing: Pick<ServerResponse, 'destroy' | 'destroyed' | 'once'>,
    caller: string,
    length: number,
    open: () => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<ReadableStream> {
    const leave = length > SMALL ? this.#places.take(caller) : () => undefined
    // A body isn't notified when written data is taken, only when more is wanted and when it ends.
    const timer = setTimeout(() => outgoing.destroy(), this.#patience)
    const over = () => {
      clearTimeout(timer)
      leave()
    }
    outgoing.once('close', over)
    if (outgoing.destroyed) over()
    try {
      return ReadableStream.from(watched(await open(), timer))
    } catch (error) {
      over()
      throw error
    }
  }
}

async function* watched(chunks: AsyncIterable<Uint8Array>, timer: NodeJS.Timeout) {
  for await (const chunk of chunks) {
    timer.refresh()
    yield chunk
  }
  timer.refresh()
}
