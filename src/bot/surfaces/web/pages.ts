import { html, raw } from 'hono/html'
import type { Bot } from '../../handlers/request.ts'
import { addressesOf, FONT_SHEET } from './client-files.ts'
import type { WebApp } from './env.ts'
import { MAP } from './import-map.ts'
import { localeOf, signedOutPage } from './sessions/pages.ts'

const CLIENT = '/studio/src/bot/surfaces/web/client/'
const SHEETS_OF_ALL = [`${CLIENT}studio.css`, `${CLIENT}sign-in.css`]

/** The pages with the list of drafts and with a single draft. */
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
 * The page that the client fills. It lists all modules up front, because the browser would otherwise discover them one
 * after another while reading each.
 */
function page(locale: string) {
  const language = locale.startsWith('ko') ? 'ko' : 'en'
  // The shared styles come first, so that each part can override them.
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
