/** A fault that a test injects into the bot's requests. */
export interface Fault {
  /** In upper case; any method if omitted. */
  method?: string
  /** Discord's own name of the route, `/channels/{channel_id}/messages`, or a pattern for the path. Any route if omitted. */
  route?: string | RegExp
  /** How many requests it affects; 1 if omitted. */
  times?: number
  /** How many matching requests it lets pass first; 0 if omitted. */
  after?: number
  /** Milliseconds of real time before the answer. */
  delay?: number
  /** Answer with this status instead: 429, 500, 502 … */
  status?: number
  /** Body of that answer; Discord's usual one if omitted. */
  body?: object
  /** With 429: seconds in Retry-After; 1 if omitted. */
  retryAfter?: number
  /** With 429, what the limit applies to: everything (global), this bucket (user), or this resource (shared). */
  scope?: 'global' | 'user' | 'shared'
  /** Break the connection instead of answering. */
  reset?: boolean
  /** Carry out the request before failing, as when an answer gets lost on its way. */
  applied?: boolean
}

export interface ActiveFault extends Fault {
  left: number
  skip: number
  /** How many requests it has affected. */
  hits: number
}

export interface Faults {
  /** `hits` of the returned fault counts the requests it has affected. */
  add(fault: Fault): ActiveFault
  /** The fault that is due for this request, if any. */
  take(method: string, path: string, route: string | null): Fault | null
  clear(): void
}

export function createFaults(): Faults {
  let active: ActiveFault[] = []
  return {
    add: (fault) => {
      const added = { ...fault, left: fault.times ?? 1, skip: fault.after ?? 0, hits: 0 }
      active.push(added)
      return added
    },
    take: (method, path, route) => {
      for (const fault of active) {
        if (fault.left === 0 || !matches(fault, method, path, route)) continue
        if (fault.skip > 0) {
          fault.skip--
          continue
        }
        fault.left--
        fault.hits++
        return fault
      }
      return null
    },
    clear: () => {
      active = []
    },
  }
}

function matches(fault: Fault, method: string, path: string, route: string | null): boolean {
  if (fault.method !== undefined && fault.method !== method) return false
  if (fault.route === undefined) return true
  return typeof fault.route === 'string' ? fault.route === route : fault.route.test(path)
}
