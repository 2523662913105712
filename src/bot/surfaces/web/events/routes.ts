import type { Context } from 'hono'
import type { Bot } from '../../../handlers/request.ts'
import { needs } from '../api/routes.ts'
import { type Env, type WebApp, whoOf } from '../env.ts'
import type { EventHub, Listener } from './hub.ts'

/** Changes to one draft, and to the drafts in a list, as Server-Sent Events; described in the API's document. */
export function addEvents(app: WebApp, bot: Bot, hub: EventHub): void {
  const [list, draft] = ['/api/events', '/api/draft/:draft_id/events'] as const
  for (const guard of needs(bot, 'list').middleware) app.get(list, guard)
  for (const guard of needs(bot, 'see').middleware) app.get(draft, guard)
  app.get(list, (context) => answer(context, () => hub.followList(listenerOf(context))))
  app.get(draft, (context) => {
    const last = context.req.header('last-event-id') ?? null
    return answer(context, () => hub.follow(listenerOf(context), context.req.param('draft_id'), last))
  })
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // Keeps nginx from buffering events: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
  'x-accel-buffering': 'no',
}

async function answer(context: Context<Env>, follow: () => Promise<ReadableStream>): Promise<Response> {
  // A HEAD request reads nothing, so the stream would wait for it.
  if (context.req.method === 'HEAD') return context.body(null, 200, HEADERS)
  return context.body(await follow(), 200, HEADERS)
}

function listenerOf(context: Context<Env>): Listener {
  const { outgoing } = context.env
  return { who: whoOf(context), ask: context.get('ask'), connection: outgoing }
}
