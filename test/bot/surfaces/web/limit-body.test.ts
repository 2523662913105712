import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { Env } from '../../../../src/bot/surfaces/web/env.ts'
import { limitBody } from '../../../../src/bot/surfaces/web/limit-body.ts'
import { WebError } from '../../../../src/bot/surfaces/web/problems.ts'

it('waits for a body only so long, also while some of it keeps coming', async () => {
  const app = new Hono<Env>()
  app.post('/', limitBody(1000, '', 30), async (context) => context.text(await context.req.text()))
  app.onError((error, context) => context.json(null, error instanceof WebError ? error.status : 500))
  const drip = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      controller.enqueue(Buffer.from('x'))
    },
  })
  const send = (body: string | ReadableStream) =>
    app.request(new Request('http://127.0.0.1/', { method: 'POST', body, duplex: 'half' }))
  expect((await send(drip)).status).toBe(408)
  expect(await (await send('all of it')).text()).toBe('all of it')
  expect((await send('x'.repeat(1001))).status).toBe(413)
})
