import { setTimeout as sleep } from 'node:timers/promises'
import { DefaultRestOptions, type RESTOptions } from 'discord.js'

/** Milliseconds before the client retries a request that failed with a server error. */
const PAUSE = 1000
/** Same, for the response to an interaction, which has to arrive within 3 s. */
const SHORT_PAUSE = 200

/**
 * How the client talks to Discord. It handles rate limits itself; after a 5xx response it would retry immediately, so the
 * pause is added here.
 */
export function restOptions(apiUrl: string | undefined): Partial<RESTOptions> {
  return {
    ...(apiUrl !== undefined && { api: apiUrl }),
    retries: 5,
    // Until the response starts, so it includes the upload of a video.
    timeout: 120_000,
    makeRequest: async (url, init) => {
      const response = await DefaultRestOptions.makeRequest(url, init)
      if (response.status >= 500) await sleep(url.includes('/interactions/') ? SHORT_PAUSE : PAUSE)
      return response
    },
  }
}
