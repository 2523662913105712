import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Downloads } from './downloads.ts'
import { WebError } from './problems.ts'
import type { Who } from './who.ts'

/** The context of every route. */
export interface Env {
  Bindings: HttpBindings
  Variables: {
    /** Null if nobody is signed in; routes that need a caller use `whoOf`. */
    who: Who | null
    /** Authenticates again, for anything that lasts longer than a request. */
    ask: () => Promise<Who | null>
    downloads: Downloads
  }
}

export type WebApp = OpenAPIHono<Env>

/** The caller. @throws WebError 401 if nobody is signed in. */
export function whoOf(context: { get(name: 'who'): Who | null }): Who {
  const who = context.get('who')
  if (!who) throw new WebError(401, 'not_signed_in', 'Sign in first, or send a token.')
  return who
}
