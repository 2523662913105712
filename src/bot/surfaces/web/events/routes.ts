import type { Context } from 'hono'
import { type Env, type WebApp, whoOf } from '../env.ts'
import type { EventHub, Listener } from './hub.ts'

/** What happens to a draft, and to the drafts in a list, as Server-Sent Events. */
export function addEvents(app: WebApp, hub: EventHub): void {
  app.get('/api/events', async (context) =>
    context.body(await hub.followList(listenerOf(context)), 200, HEADERS),
  )
  app.get('/api/draft/:draftId/events', async (context) => {
    const last = context.req.header('last-event-id') ?? null
    const body = await hub.follow(listenerOf(context), context.req.param('draftId'), last)
    return context.body(body, 200, HEADERS)
  })
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would hold events back: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
  'x-accel-buffering': 'no',
}

function listenerOf(context: Context<Env>): Listener {
  const { outgoing } = context.env
  return { who: whoOf(context), ask: context.get('ask'), connection: outgoing }
}
