/** What tests do to requests of the bot. */
export interface Fault {
  /** Upper case; any method when left out. */
  method?: string
  /** Discord's own name of the route, `/channels/{channel_id}/messages`, or a pattern for the path. All when left out. */
  route?: string | RegExp
  /** How many requests it hits; 1 when left out. */
  times?: number
  /** Lets so many matching requests pass first; 0 when left out. */
  after?: number
  /** Milliseconds of real time before the answer. */
  delay?: number
  /** Answer with this instead: 429, 500, 502 … */
  status?: number
  /** Body of that answer; Discord's usual one when left out. */
  body?: object
  /** With 429: seconds in Retry-After. 1 when left out. */
  retryAfter?: number
  /** With 429: for everything (global), this bucket (user), or this resource (shared). */
  scope?: 'global' | 'user' | 'shared'
  /** Cut the connection instead of answering. */
  reset?: boolean
  /** Do what was asked before failing, as when an answer gets lost on its way. */
  applied?: boolean
}

export interface ActiveFault extends Fault {
  left: number
  skip: number
  /** How many requests it has hit. */
  hits: number
}

export interface Faults {
  /** `hits` of what is returned counts the requests that it met. */
  add(fault: Fault): ActiveFault
  /** The fault that this request meets, if any. */
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
