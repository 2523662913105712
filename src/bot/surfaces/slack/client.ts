import { LogLevel, webApi } from '@slack/bolt'
import type { Logger } from 'pino'

/** Time limit for one call, in milliseconds. */
const CALL_TIMEOUT = 30_000

/**
 * Options of Slack's client; a new object each time, because the client modifies it. The client's own retries are off: it
 * would post a message twice if a response gets lost, and try for half an hour. `persist` does this better.
 */
export function clientOptions(apiUrl: string | undefined, log: Logger): webApi.WebClientOptions {
  return {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT,
    logger: slackLogger(log),
  }
}

/** A client that calls Slack as the bot. */
export function createClient(botToken: string, apiUrl: string | undefined, log: Logger): webApi.WebClient {
  return new webApi.WebClient(botToken, clientOptions(apiUrl, log))
}

/** Slack's libraries log to ours, one level lower: what matters reaches us as an error or a state anyway. */
export function slackLogger(log: Logger): webApi.Logger {
  const line = (words: unknown[]) =>
    words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ')
  return {
    debug: () => undefined,
    info: (...words) => log.trace(line(words)),
    warn: (...words) => log.debug(line(words)),
    error: (...words) => log.warn(line(words)),
    setLevel: () => undefined,
    // Debug messages contain whole payloads, including tokens in links, so they are never created.
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  }
}
