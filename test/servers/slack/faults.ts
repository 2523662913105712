/** What a test makes go wrong with the next calls of a method. */
export type Fault =
  /** Slack's `ok: false` with this error. */
  | { error: string; extra?: Record<string, unknown> }
  /** HTTP 429 with Retry-After in seconds. */
  | { retryAfter: number }
  /** Another HTTP status with any body. */
  | { status: number; body?: string }
  /** The call works, but the answer comes this many milliseconds later. */
  | { delayMs: number }
  /** The connection breaks before anything happens. */
  | { reset: true }
  /** The call works, and the connection breaks before the answer: the app cannot know that it worked. */
  | { loseAnswer: true }

export interface Faults {
  /** Affects `times` calls after letting `after` of them pass. */
  add(method: string, fault: Fault, times: number, after: number): void
  /** Removes and returns the fault that is due for this method, or for `*`. */
  take(method: string): Fault | undefined
  clear(): void
}

export function createFaults(): Faults {
  let due: { method: string; fault: Fault; left: number; after: number }[] = []
  return {
    add(method, fault, times, after) {
      due.push({ method, fault, left: times, after })
    },
    take(method) {
      const found = due.find((f) => f.method === method || f.method === '*')
      if (found === undefined) return undefined
      if (found.after > 0) {
        found.after -= 1
        return undefined
      }
      found.left -= 1
      if (found.left <= 0) due = due.filter((f) => f !== found)
      return found.fault
    },
    clear() {
      due = []
    },
  }
}

/** Token buckets, one per channel: https://docs.slack.dev/apis/web-api/rate-limits (one message per second). */
export function createBuckets() {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    /** Seconds to wait, or undefined if the message may pass. */
    waitFor(channel: string, limit: { perSecond: number; burst: number } | undefined): number | undefined {
      if (limit === undefined) return undefined
      const now = Date.now()
      const bucket = buckets.get(channel) ?? { tokens: limit.burst, at: now }
      const tokens = Math.min(limit.burst, bucket.tokens + ((now - bucket.at) / 1000) * limit.perSecond)
      buckets.set(channel, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
      return tokens >= 1 ? undefined : Math.max(1, Math.ceil((1 - tokens) / limit.perSecond))
    },
  }
}
