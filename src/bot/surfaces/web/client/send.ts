/** A refusal by the server: an RFC 9457 problem. */
export class Refusal extends Error {
  readonly status: number
  /** The error's code, such as `draft_busy`; `stale` if someone else was faster. */
  readonly code: string
  readonly problem: Record<string, unknown>

  constructor(status: number, problem: Record<string, unknown>) {
    super(typeof problem.detail === 'string' ? problem.detail : `HTTP ${status}`)
    this.status = status
    this.code = typeof problem.code === 'string' ? problem.code : ''
    this.problem = problem
  }
}

/**
 * Sends a request to the API. The browser adds the session cookie.
 * @throws Refusal if the server refuses, TypeError if it can't be reached.
 */
export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  return (await request(method, path, body)).json() as Promise<T>
}

/** Same, but returns the whole response. */
export async function request(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang,
      // Long work is followed through the events.
      prefer: 'respond-async',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => ({})))
  return response
}
