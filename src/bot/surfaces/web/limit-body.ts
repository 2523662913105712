import type { MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'
import { WebError } from './problems.ts'

/**
 * Reads the body of a request, and refuses one of more bytes, whether it says how long it is or not. Hono's own makes another
 * request of the one that it was given, which takes that Hono replaces the Request of the whole process.
 * @param whenEmpty what a body of no bytes is taken for.
 * @throws WebError 413
 */
export function limitBody(max: number, whenEmpty = ''): MiddlewareHandler<Env> {
  return async ({ req }, next) => {
    const refuse = () => {
      throw new WebError(413, 'body_too_large', `The body has more than ${max} bytes.`, { max })
    }
    if (Number(req.header('content-length') ?? 0) > max) refuse()
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of req.raw.body ?? []) {
      length += chunk.length
      if (length > max) refuse()
      chunks.push(chunk)
    }
    const { buffer } = new Uint8Array(length === 0 ? Buffer.from(whenEmpty) : Buffer.concat(chunks))
    // It is declared as what it becomes.
    Object.assign(req.bodyCache, { arrayBuffer: Promise.resolve(buffer) })
    await next()
  }
}
