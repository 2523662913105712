import { setTimeout as sleep } from 'node:timers/promises'
import { DefaultRestOptions, type RESTOptions } from 'discord.js'

/** Milliseconds before a request that failed inside Discord is tried again by the client. */
const PAUSE = 1000
/** The same for the answer to an interaction, which has to be there within 3 s. */
const SHORT_PAUSE = 200

/**
 * How the client talks to Discord. Rate limits it waits out by itself; after 5xx it would try again at once, so that
 * the pause is made here.
 */
export function restOptions(apiUrl: string | undefined): Partial<RESTOptions> {
  return {
    ...(apiUrl !== undefined && { api: apiUrl }),
    retries: 5,
    // Until the answer begins, so with the upload of a video in it.
    timeout: 120_000,
    makeRequest: async (url, init) => {
      const response = await DefaultRestOptions.makeRequest(url, init)
      if (response.status >= 500) await sleep(url.includes('/interactions/') ? SHORT_PAUSE : PAUSE)
      return response
    },
  }
}
