import { html, raw } from 'hono/html'
import type { Bot } from '../../handlers/request.ts'
import type { WebApp } from './env.ts'
import { MAP } from './import-map.ts'

/** The list of drafts, and the page of one. */
export function addPages(app: WebApp, _bot: Bot): void {
  app.get('/', (context) => context.html(page(context.get('who')?.locale ?? 'en')))
  app.get('/draft/:draftId', (context) => context.html(page(context.get('who')?.locale ?? 'en')))
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
