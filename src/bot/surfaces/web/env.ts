import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Downloads } from './downloads.ts'
import { WebError } from './problems.ts'
import type { Who } from './who.ts'

/** What every route finds in its context. */
export interface Env {
  Bindings: HttpBindings
  Variables: {
    /** Null for somebody who is not signed in; routes that need somebody use `whoOf`. */
    who: Who | null
    /** Asks once more who it is, for what lasts longer than a request. */
    ask: () => Promise<Who | null>
    /** What sends files. */
    downloads: Downloads
  }
}

export type WebApp = OpenAPIHono<Env>

/** Who asks. @throws WebError 401 where nobody is signed in. */
export function whoOf(context: { get(name: 'who'): Who | null }): Who {
  const who = context.get('who')
  if (!who) throw new WebError(401, 'not_signed_in', 'Sign in first, or send a token.')
  return who
}
