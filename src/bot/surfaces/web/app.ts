import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { Bot } from '../../handlers/request.ts'
import { wordsFor } from '../../words/index.ts'
import { Downloads } from './downloads.ts'
import type { Env, WebApp } from './env.ts'
import { MAP_HASH } from './import-map.ts'
import { hostCheck, isFromElsewhere, originsOf } from './origins.ts'
import { answerProblem, problem, problemOf, WebError } from './problems.ts'
import { serveClient } from './serve-client.ts'
import type { Authenticate, Who } from './who.ts'

export interface WebOptions {
  bot: Bot
  /** Tried in order until one knows who the caller is. */
  authenticate: readonly Authenticate[]
  /** The parts of the surface; each adds its routes. */
  parts: readonly ((app: WebApp, bot: Bot) => void)[]
  /** The origin at which people reach it: WEB_URL, or the address it listens on. */
  origin: string
}

/**
 * Nothing from other sites runs or is shown, and no other page may frame this one. `blob:` is for pictures and videos that
 * the page creates itself.
 */
const POLICY = [
  ...[
    "default-src 'none'",
    `script-src 'self' ${MAP_HASH}`,
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
  ],
  ...["img-src 'self' blob: data:", "media-src 'self' blob:", "form-action 'self'", "base-uri 'none'"],
  "frame-ancestors 'none'",
].join('; ')

/** The studio and the API as a listener for `openHttp`. */
export function createWebApp(options: WebOptions): RequestListener {
  // The rest of the program keeps Node's Request and Response.
  return getRequestListener(webApp(options).fetch, { overrideGlobalObjects: false })
}

/** The Hono app with all routes and the middleware before them. */
export function webApp({ bot, authenticate, parts, origin }: WebOptions): WebApp {
  const app: WebApp = new OpenAPIHono<Env>()
  const isSecure = origin.startsWith('https:')
  const origins = originsOf(origin)
  const downloads = new Downloads()
  const isAddressed = hostCheck(origin)
  app.use(async (context, next) => {
    await next()
    const { headers } = context.res
    headers.set('content-security-policy', POLICY)
    headers.set('x-content-type-options', 'nosniff')
    // Not `no-referrer`, because browsers would then send forms without an Origin.
    if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'same-origin')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    if (isSecure) headers.set('strict-transport-security', 'max-age=31536000')
  })
  app.use(async (context, next) => {
    if (!isAddressed(context.req.header('host')))
      throw new WebError(421, 'other_host', `This is Rushes at ${origin}. Open it at that address.`)
    const { headers, method } = context.req.raw
    const ask = async () => {
      let who: Who | null = null
      for (const one of authenticate) who ??= await one(headers)
      return who
    }
    const who = await ask()
    context.set('who', who)
    context.set('ask', ask)
    context.set('downloads', downloads)
    const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(method)
    if (!isRead && isFromElsewhere(headers, origins) && !who?.id.startsWith('token:'))
      throw new WebError(403, 'foreign_origin', 'This request comes from another website.')
    await next()
  })
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const answer = answerProblem(
          context,
          problem(405, 'method_not_allowed', `This address takes ${methods.join(', ')}.`),
        )
        answer.headers.set('allow', methods.join(', '))
        return answer
      },
    }),
  )
  serveClient(app)
  for (const add of parts) add(app, bot)
  app.notFound((context) =>
    answerProblem(context, {
      type: 'urn:rushes:problem:not_found',
      title: 'not found',
      status: 404,
      detail: (context.get('who')?.words ?? wordsFor(context.req.header('accept-language'))).web.not_found,
      code: 'not_found',
    }),
  )
  app.onError((error, context) => {
    const words = context.get('who')?.words ?? wordsFor(context.req.header('accept-language'))
    const known = problemOf(error, words)
    if (known) return answerProblem(context, known)
    // Nobody receives the answer any more.
    if (context.req.raw.signal.aborted) return context.body(null, 408)
    bot.log.error(
      { err: error, method: context.req.method, route: context.req.routePath },
      'a request failed',
    )
    return answerProblem(context, {
      type: 'urn:rushes:problem:internal',
      title: 'internal',
      status: 500,
      detail: words.web.internal,
      code: 'internal',
    })
  })
  return app
}
