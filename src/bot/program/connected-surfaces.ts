import { setTimeout as sleep } from 'node:timers/promises'
import type { Connected } from '../surfaces/surface.ts'

/** Milliseconds that a connection being opened is given to finish, so that it can be closed properly. */
const OPENING = 1500
/** Milliseconds that connections are given to close. */
const CLOSING = 2500

/** The platforms the program is connected to. */
export class ConnectedSurfaces {
  readonly #surfaces: Connected[] = []

  /**
   * Waits for a platform to connect.
   * @throws the connection error, or the abort reason of `stop`.
   */
  async add(starting: Promise<Connected>, stop?: AbortSignal): Promise<void> {
    const added = starting.then((surface) => void this.#surfaces.push(surface))
    if (stop) await Promise.race([added, aborted(stop).then(() => Promise.race([added, sleep(OPENING)]))])
    else await added
    stop?.throwIfAborted()
  }

  notes(): string[] {
    return this.#surfaces.flatMap(({ notes }) => notes)
  }

  /** The platforms that are disconnected, and since when. */
  down(): { surface: string; since: Date }[] {
    return this.#surfaces.flatMap(({ chat, downSince }) => {
      const since = downSince()
      return since === null || !chat ? [] : [{ surface: chat.surface, since }]
    })
  }

  async refuse(): Promise<void> {
    await Promise.all(this.#surfaces.map((surface) => surface.refuse()))
  }

  async stop(): Promise<void> {
    const all = Promise.all(this.#surfaces.map((surface) => surface.stop()))
    await Promise.race([all, sleep(CLOSING, undefined, { ref: false })])
  }
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}
