import { html } from 'htm/preact'
import { words } from '../words.ts'

/** All drafts, and the form that begins one. */
export function ListPage() {
  return html`<main class="list-page"><h1>${words.drafts}</h1></main>`
}
