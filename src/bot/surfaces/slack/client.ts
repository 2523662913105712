import { LogLevel, webApi } from '@slack/bolt'
import type { Logger } from 'pino'

/** Milliseconds that one call may take. */
const CALL_TIMEOUT = 30_000

/**
 * Options of Slack's client, a new object each time since it writes into what it is given. It repeats nothing by itself:
 * it would post a message twice when an answer gets lost, and try for half an hour; `persist` knows better.
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

/** Slack's libraries log to ours, a level lower: what matters to us reaches us as an error or a state. */
export function slackLogger(log: Logger): webApi.Logger {
  const line = (words: unknown[]) =>
    words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ')
  return {
    debug: () => undefined,
    info: (...words) => log.trace(line(words)),
    warn: (...words) => log.debug(line(words)),
    error: (...words) => log.warn(line(words)),
    setLevel: () => undefined,
    // Debug messages hold whole payloads, tokens of links among them; they are never made.
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  }
}
