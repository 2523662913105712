import { html } from 'htm/preact'
import { useEffect } from 'preact/hooks'
import { words } from '../words.ts'
import { CreateForm } from './create-form.ts'
import { followList, List } from './list.ts'

/** The page with the form that creates a draft, and the list of all drafts. */
export function ListPage() {
  useEffect(followList, [])
  return html`<div class="list-page">
    <header class="brand"><img src=${new URL('../icon.svg', import.meta.url).pathname} alt="" width="32" height="32" /><span>Rushes</span>
      <form method="post" action="/sign-out"><button type="submit" class="quiet">${words.signOut}</button></form>
    </header>
    <main>
      <section class="card create" aria-labelledby="create-title">
        <h1 id="create-title">${words.list.about}</h1>
        <p class="muted">${words.list.intro}</p>
        <${CreateForm} />
      </section>
      <${List} />
    </main>
  </div>`
}
