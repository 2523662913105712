import type { MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'
import { WebError } from './problems.ts'

/** Milliseconds for a body that is no file to come in whole. */
const PATIENCE = 30_000

/**
 * Reads the body of a request, and refuses one of more bytes, whether it says how long it is or not. Hono's own makes another
 * request of the one that it was given, which takes that Hono replaces the Request of the whole process.
 * @param whenEmpty what a body of no bytes is taken for.
 * @param patience milliseconds.
 * @throws WebError 413, and 408 for one that has not come by then.
 */
export function limitBody(max: number, whenEmpty = '', patience = PATIENCE): MiddlewareHandler<Env> {
  return async ({ req }, next) => {
    const refuse = () => {
      throw new WebError(413, 'body_too_large', `The body has more than ${max} bytes.`, { max })
    }
    if (Number(req.header('content-length') ?? 0) > max) refuse()
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => reject(new WebError(408, 'body_too_slow', 'The body did not arrive in time.')),
      patience,
    )
    const chunks: Uint8Array[] = []
    let length = 0
    try {
      const reader = req.raw.body?.getReader()
      while (reader) {
        const { done, value } = await Promise.race([reader.read(), late])
        if (done) break
        length += value.length
        if (length > max) refuse()
        chunks.push(value)
      }
    } finally {
      clearTimeout(timer)
    }
    const { buffer } = new Uint8Array(length === 0 ? Buffer.from(whenEmpty) : Buffer.concat(chunks))
    // It is declared as what it becomes.
    Object.assign(req.bodyCache, { arrayBuffer: Promise.resolve(buffer) })
    await next()
  }
}
