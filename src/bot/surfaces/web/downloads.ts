import type { ServerResponse } from 'node:http'
import { Places } from './places.ts'

/** Files of one caller that may be on their way at the same time, and milliseconds after which one is cut off who takes nothing. */
const LIMITS = { most: 30, patience: 30_000 }
/** Bytes that fit into what lies between here and the caller: such a file is gone as soon as it is sent. */
const SMALL = 256_000

/** Files that are being sent from this machine: each holds a file and a connection open for as long as its caller likes. */
export class Downloads {
  readonly #places: Places
  readonly #patience: number

  constructor({ most, patience } = LIMITS) {
    this.#places = new Places(most)
    this.#patience = patience
  }

  /**
   * @param length bytes that `open` will give. @returns what to answer with.
   * @throws WebError 429 where this caller has too many under way.
   */
  async body(
    outgoing: Pick<ServerResponse, 'destroy' | 'destroyed' | 'once'>,
    caller: string,
    length: number,
    open: () => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<ReadableStream> {
    const leave = length > SMALL ? this.#places.take(caller) : () => undefined
    // It is not told when what was written is taken, only when more is wanted, and when it is over.
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
