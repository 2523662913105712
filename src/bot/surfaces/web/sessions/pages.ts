import { html } from 'hono/html'
import type { Bot } from '../../../handlers/request.ts'
import type { Words } from '../../../words/index.ts'

/** What a link opens: a button, which uses it up. */
export function signInPage(words: Words, code: string) {
  const { title, ask, button } = words.signIn
  return page(
    words,
    title,
    html`<p>${ask}</p>
      <form method="post" action="/sign-in">
        <input type="hidden" name="code" value="${code}" />
        <button type="submit">${button}</button>
      </form>`,
  )
}

/** For who is not signed in: how to get a link. */
export function signedOutPage(words: Words, studio: Bot['studio'], why = words.signIn.signedOut) {
  const { title, howLocal, howChat } = words.signIn
  return page(
    words,
    title,
    html`<p>${why}</p>
      <p>${studio.isLocal ? howLocal : howChat}</p>`,
  )
}

function page(words: Words, title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="${words.signIn.language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <link rel="stylesheet" href="/studio/src/bot/surfaces/web/client/sign-in.css" />
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>`
}
