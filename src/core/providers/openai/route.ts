import { notOffered } from './client.ts'

/** LM Studio's answer to an unknown address, sent with a 200. */
const OTHER_ROUTE = /unexpected endpoint/i

/**
 * Checks the start of an answer that should be audio but has a text content type.
 * @throws ProviderError `not_offered` if it says that the server doesn't know the address
 */
export async function refuseOtherRoute(response: Response): Promise<void> {
  const type = response.headers.get('content-type') ?? ''
  const reader = /^(text|application)\//i.test(type) ? response.body?.getReader() : undefined
  const first = await reader?.read()
  await (reader ? reader.cancel() : response.body?.cancel())
  refuseOtherRouteIn(new TextDecoder().decode(first?.value))
}

/** @throws ProviderError `not_offered` if the text comes from a server that doesn't know the address */
export function refuseOtherRouteIn(said: string): void {
  if (OTHER_ROUTE.test(said)) throw notOffered('The voice service', 404)
}
