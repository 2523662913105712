import { html, raw } from 'hono/html'
import type { Bot } from '../../handlers/request.ts'
import type { WebApp } from './env.ts'
import { MAP } from './import-map.ts'
import { localeOf, signedOutPage } from './sessions/pages.ts'

/** The list of drafts, and the page of one. */
export function addPages(app: WebApp, bot: Bot): void {
  for (const path of ['/', '/draft/:draftId'])
    app.get(path, (context) => {
      const who = context.get('who')
      context.header('cache-control', 'no-store')
      if (who) return context.html(page(who.locale))
      return context.html(signedOutPage(localeOf(context), bot.studio), 401)
    })
}

function page(locale: string) {
  const language = locale.startsWith('ko') ? 'ko' : 'en'
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Rushes</title>
    <link rel="stylesheet" href="/studio/src/bot/surfaces/web/client/studio.css" />
    <script type="importmap">${raw(MAP)}</script>
    <script type="module" src="/studio/src/bot/surfaces/web/client/main.ts"></script>
  </head>
  <body><div id="app"></div></body>
</html>`
}
