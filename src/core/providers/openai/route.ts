import { notOffered } from './client.ts'

/** How LM Studio answers what it does not know: with a 200. */
const OTHER_ROUTE = /unexpected endpoint/i

/**
 * Looks at the beginning of an answer that should be sound and calls itself text.
 * @throws ProviderError `not_offered` when it says that the server knows no such address
 */
export async function refuseOtherRoute(response: Response): Promise<void> {
  const type = response.headers.get('content-type') ?? ''
  const reader = /^(text|application)\//i.test(type) ? response.body?.getReader() : undefined
  const first = await reader?.read()
  await (reader ? reader.cancel() : response.body?.cancel())
  refuseOtherRouteIn(new TextDecoder().decode(first?.value))
}

/** @throws ProviderError `not_offered` when these are the words of a server that knows no such address */
export function refuseOtherRouteIn(said: string): void {
  if (OTHER_ROUTE.test(said)) throw notOffered('The voice service', 404)
}
