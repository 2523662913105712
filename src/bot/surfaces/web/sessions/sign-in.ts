import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { endSessions, LASTS, useSignIn } from '../../../../core/draft/sessions.ts'
import type { Bot } from '../../../handlers/request.ts'
import type { Env, WebApp } from '../env.ts'
import { limitBody } from '../limit-body.ts'
import type { Attempts } from './attempts.ts'
import { COOKIE } from './authenticate.ts'
import { localeOf, signedOutPage, signInPage } from './pages.ts'

/** Maximum size of the form in bytes; it contains a code. */
const FORM = 2000

export interface SignInOptions {
  bot: Bot
  origin: string
  attempts: Attempts
}

/**
 * Signing in by link, and signing out. Opening a link changes nothing, because chats open links to preview them; only its
 * button uses it up.
 */
export function addSignIn(app: WebApp, { bot, origin, attempts }: SignInOptions): void {
  const cookie = {
    ...{ path: '/', httpOnly: true, maxAge: LASTS.session / 1000 },
    // Not Strict: people who follow a link from a chat to a draft would appear signed out. Reading changes nothing.
    sameSite: 'Lax',
    ...(origin.startsWith('https:') ? { secure: true, prefix: 'host' as const } : {}),
  } as const

  app.get('/sign-in/:code', (context) => {
    // No one is sent the address of this page, but the form is sent with its Origin.
    context.header('referrer-policy', 'strict-origin')
    return context.html(signInPage(localeOf(context), context.req.param('code')), 200, UNSEEN)
  })

  app.post('/sign-in', limitBody(FORM), async (context) => {
    const code = new URLSearchParams(await context.req.text()).get('code') ?? ''
    const browser = {
      userAgent: context.req.header('user-agent') ?? '',
      locale: localeOf(context),
    }
    const used = await useSignIn(bot.core, code, browser)
    if (!used) {
      const address = context.env.incoming.socket.remoteAddress ?? ''
      if (await attempts.count(address))
        return context.html(signedOutPage(browser.locale, bot.studio, 'wrong'), 403, UNSEEN)
      context.header('retry-after', '60')
      return context.html(signedOutPage(browser.locale, bot.studio, 'tooMany'), 429, UNSEEN)
    }
    // The new session replaces this browser's old one.
    await endOwn(context)
    setCookie(context, COOKIE, used.secret, cookie)
    return context.redirect(used.draftId === null ? '/' : `/draft/${used.draftId}`, 303)
  })

  app.post('/sign-out', async (context) => {
    await endOwn(context)
    deleteCookie(context, COOKIE, cookie)
    return context.redirect('/', 303)
  })

  async function endOwn(context: Context<Env>): Promise<void> {
    const who = context.get('who')
    const [, id] = /^session:(\d+)$/.exec(who?.id ?? '') ?? []
    if (!who || id === undefined) return
    await endSessions(bot.core, { workspace: who.workspace, personId: who.actor.id, id: Number(id) })
  }
}

const UNSEEN = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }
