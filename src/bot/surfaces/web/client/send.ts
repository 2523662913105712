/** What the server refused, as it says it: an RFC 9457 problem. */
export class Refusal extends Error {
  readonly status: number
  /** The code of the error, such as `draft_busy`; `stale` where somebody else was faster. */
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
 * Asks the API. The signed-in session travels by itself as a cookie.
 * @throws Refusal for what the server refuses, TypeError when it cannot be reached.
 */
export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  return (await request(method, path, body)).json() as Promise<T>
}

/** The same, for those who want to know more of the answer than its JSON. */
export async function request(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': document.documentElement.lang,
      // What takes long is followed by its events.
      prefer: 'respond-async',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Refusal(response.status, await response.json().catch(() => ({})))
  return response
}
