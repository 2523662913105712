import { html, raw } from 'hono/html'
import type { Bot } from '../../handlers/request.ts'
import { addressesOf, FONT_SHEET } from './client-files.ts'
import type { WebApp } from './env.ts'
import { MAP } from './import-map.ts'
import { localeOf, signedOutPage } from './sessions/pages.ts'

const CLIENT = '/studio/src/bot/surfaces/web/client/'
const SHEETS_OF_ALL = [`${CLIENT}studio.css`, `${CLIENT}sign-in.css`]

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

/**
 * The page that the client fills. Its modules are named at once, since a browser would otherwise learn of them one after the other,
 * from each one that it has read.
 */
function page(locale: string) {
  const language = locale.startsWith('ko') ? 'ko' : 'en'
  // What all parts share comes first, so that each of them may differ from it.
  const own = addressesOf(CLIENT, '.css').filter((each) => !SHEETS_OF_ALL.includes(each))
  const styles = [`${CLIENT}studio.css`, ...own]
  const modules = [
    ...addressesOf(CLIENT, '.ts'),
    ...addressesOf('/studio/packages/', '.js').filter((each) => !each.includes('es-hangul')),
    ...[`/studio/src/bot/words/studio/${language}.ts`, `/studio/words/${language}.js`],
  ]
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Rushes</title>
    <link rel="icon" href="${CLIENT}icon.svg" type="image/svg+xml" />
    ${styles.map((each) => html`<link rel="stylesheet" href="${each}" />`)}
    <link rel="stylesheet" href="${FONT_SHEET}" />
    <script type="importmap">${raw(MAP)}</script>
    ${modules.map((each) => html`<link rel="modulepreload" href="${each}" />`)}
    <script type="module" src="${CLIENT}main.ts"></script>
  </head>
  <body><div id="app"></div></body>
</html>`
}
