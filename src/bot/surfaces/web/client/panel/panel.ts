import { html } from 'htm/preact'

/** Everything about the segment that is selected. */
export function Panel() {
  return html`<section class="panel"></section>`
}
