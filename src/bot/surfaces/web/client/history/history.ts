import { html } from 'htm/preact'

/** What has been changed, by whom, with before and after. */
export function History() {
  return html`<section class="history"></section>`
}
