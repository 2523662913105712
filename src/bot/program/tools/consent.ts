import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AccountProvider, Grant } from '../../../core/model/platform.ts'
import { ToolError } from './tool.ts'

/** Milliseconds that a person has to consent. */
const PATIENCE = 10 * 60_000

/**
 * Obtains consent in a browser, which redirects to a loopback address on this machine: RFC 8252, 7.3.
 * @param show shows the address for the browser.
 * @throws ToolError if nobody consents in time; UserError if consent is refused.
 */
export async function consentInBrowser(
  accounts: AccountProvider,
  show: (address: URL) => void,
  patience = PATIENCE,
): Promise<Grant> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const consent = await accounts.beginConsent(new URL(`http://127.0.0.1:${port}/`))
    const answered = new Promise<{ back: URL; response: ServerResponse }>((resolve) => {
      server.on('request', (request, response) => {
        const back = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
        // Browsers also request icons, and other programs may request anything.
        if (back.pathname === '/' && (back.searchParams.has('code') || back.searchParams.has('error')))
          resolve({ back, response })
        else response.writeHead(404).end()
      })
    })
    show(consent.address)
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => reject(new ToolError('Nobody gave access in time. Run the command again.')),
      patience,
    )
    const { back, response } = await Promise.race([answered, late]).finally(() => clearTimeout(timer))
    try {
      const grant = await consent.finish(back, AbortSignal.timeout(30_000))
      answer(response, 'Rushes has access to the channel. You can close this window.')
      return grant
    } catch (error) {
      answer(response, 'Rushes got no access. The terminal says why.')
      throw error
    }
  } finally {
    server.closeIdleConnections()
    server.close()
  }
}

function answer(response: ServerResponse, sentence: string): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(sentence)
}
