import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it, onTestFinished } from 'vitest'
import { Downloads } from '../../../../src/bot/surfaces/web/downloads.ts'
import type { Env } from '../../../../src/bot/surfaces/web/env.ts'
import { WebError } from '../../../../src/bot/surfaces/web/problems.ts'

const MUCH = 64_000_000

async function server(limits: { most: number; patience: number }) {
  const downloads = new Downloads(limits)
  let opened = 0
  async function* file(length: number) {
    opened += 1
    try {
      for (let sent = 0; sent < length; sent += 64_000) yield Buffer.alloc(Math.min(64_000, length - sent))
    } finally {
      opened -= 1
    }
  }
  const app = new Hono<Env>()
  app.get('/:caller/:length', async (context) => {
    const { caller, length } = context.req.param()
    const body = await downloads.body(context.env.outgoing, caller, Number(length), async () =>
      file(Number(length)),
    )
    return context.body(body)
  })
  app.onError((error, context) => context.json(null, error instanceof WebError ? error.status : 500))
  const http = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => {
    http.closeAllConnections()
    http.close()
  })
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  /** Sends a request and reads none of the response. */
  const stall = async (path: string): Promise<IncomingMessage> => {
    const asked = get(`${origin}${path}`, { agent: false })
    asked.on('error', () => undefined)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.on('error', () => undefined)
    return answer
  }
  return { origin, stall, opened: () => opened }
}

it('lets go of who takes nothing of a file, and of no one who does', async () => {
  const { origin, stall, opened } = await server({ most: 9, patience: 1000 })
  const stalled = await stall(`/a/${MUCH}`)
  expect(opened()).toBe(1)
  const { length } = await (await fetch(`${origin}/a/${MUCH}`)).bytes()
  expect(length).toBe(MUCH)
  await expect.poll(opened, { timeout: 10_000 }).toBe(0)
  stalled.resume()
  await expect(once(stalled, 'end')).rejects.toThrow('aborted')
})

it('sends one caller only so many large files at a time', async () => {
  const { origin, stall, opened } = await server({ most: 2, patience: 60_000 })
  const status = async (path: string) => (await stall(path)).statusCode
  const first = await stall(`/a/${MUCH}`)
  expect(await status(`/a/${MUCH}`)).toBe(200)
  expect(await status(`/a/${MUCH}`)).toBe(429)
  expect(opened()).toBe(2)
  expect((await fetch(`${origin}/a/1000`)).status).toBe(200)
  expect(await status(`/b/${MUCH}`)).toBe(200)
  first.destroy()
  await expect.poll(() => status(`/a/${MUCH}`), { timeout: 10_000 }).toBe(200)
})
