import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Bot } from '../../../handlers/request.ts'
import { wordsFor } from '../../../words/index.ts'

/** The language for a person who isn't known yet: the first one that their browser names. */
export function localeOf(context: Context): string {
  return context.req.header('accept-language')?.split(/[,;]/)[0]?.trim() || 'en'
}

/** The page that a sign-in link opens: a button, which uses up the link. */
export function signInPage(locale: string, code: string) {
  const { title, ask, button } = wordsFor(locale).signIn
  return page(
    locale,
    title,
    html`<p>${ask}</p>
      <form method="post" action="/sign-in">
        <input type="hidden" name="code" value="${code}" />
        <button type="submit">${button}</button>
      </form>`,
  )
}

/** The page for people who aren't signed in: why, and how to get a link. */
export function signedOutPage(
  locale: string,
  studio: Bot['studio'],
  why: 'signedOut' | 'wrong' | 'tooMany' = 'signedOut',
) {
  const words = wordsFor(locale).signIn
  return page(
    locale,
    words.title,
    html`<p>${words[why]}</p>
      <p>${studio.isLocal ? words.howLocal : words.howChat}</p>`,
  )
}

function page(locale: string, title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="${locale.startsWith('ko') ? 'ko' : 'en'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <link rel="icon" href="/studio/src/bot/surfaces/web/client/icon.svg" type="image/svg+xml" />
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
