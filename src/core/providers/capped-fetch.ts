/** An answer exceeded its limit; the rest of it was not read. */
export class AnswerTooLarge extends Error {}

/**
 * A `fetch` whose answers may have at most `maxBytes(url)` bytes. Reading a larger one fails.
 * @throws AnswerTooLarge from whatever reads the body
 */
export function cappedFetch(maxBytes: (url: URL) => number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.body === null) return response
    const { status, statusText, headers } = response
    const limit = maxBytes(new URL(input instanceof Request ? input.url : input))
    return new Response(response.body.pipeThrough(counting(limit)), { status, statusText, headers })
  }
}

function counting(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes > limit) throw new AnswerTooLarge()
      controller.enqueue(chunk)
    },
  })
}
