/** `limit` requests per `seconds` for one route and channel, guild or webhook. */
export interface RateLimit {
  method: string
  /** Discord's own name of the route: `/channels/{channel_id}/messages`. */
  route: string
  limit: number
  seconds: number
}

interface Allowance {
  headers: Record<string, string>
  /** Seconds to wait, or null if the request may pass. */
  retryAfter: number | null
}

export interface RateLimits {
  take(method: string, route: string, major: string): Allowance
}

/** Routes without their own limit get one that no test reaches, so that the headers are always present. */
export function createRateLimits(limits: readonly RateLimit[]): RateLimits {
  const windows = new Map<string, { endsAt: number; used: number }>()
  return {
    take: (method, route, major) => {
      const rule = limits.find((one) => one.method === method && one.route === route)
      const { limit, seconds } = rule ?? { limit: 1000, seconds: 1 }
      const bucket = Buffer.from(`${method} ${route}`).toString('base64url')
      const key = `${bucket} ${major}`
      const now = Date.now()
      let window = windows.get(key)
      if (window === undefined || window.endsAt <= now) {
        window = { endsAt: now + seconds * 1000, used: 0 }
        windows.set(key, window)
      }
      const allowed = window.used < limit
      if (allowed) window.used++
      const resetAfter = (window.endsAt - now) / 1000
      return {
        headers: {
          'X-RateLimit-Limit': String(limit),
          'X-RateLimit-Remaining': String(limit - window.used),
          'X-RateLimit-Reset': (window.endsAt / 1000).toFixed(3),
          'X-RateLimit-Reset-After': resetAfter.toFixed(3),
          'X-RateLimit-Bucket': bucket,
        },
        retryAfter: allowed ? null : resetAfter,
      }
    },
  }
}
