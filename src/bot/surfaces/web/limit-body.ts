import type { MiddlewareHandler } from 'hono'
import type { Env } from './env.ts'
import { WebError } from './problems.ts'

/** Milliseconds in which a whole body that isn't a file must arrive. */
const PATIENCE = 30_000

/**
 * Reads a request's body and refuses one larger than `max` bytes, whether or not it states its length. Hono's own
 * middleware creates a new request, which requires that Hono replaces the global Request.
 * @param whenEmpty the body to use for an empty one.
 * @param patience in milliseconds.
 * @throws WebError 413, or 408 if the body hasn't arrived in time.
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
    // The type declares the resolved value, but Hono expects a promise.
    Object.assign(req.bodyCache, { arrayBuffer: Promise.resolve(buffer) })
    await next()
  }
}
