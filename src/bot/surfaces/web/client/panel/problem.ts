import { html } from 'htm/preact'
import { shared } from '../words.ts'
import { doingAt } from './requests.ts'

/** What went wrong at a place of the page, with **Retry**; a live region that is there from the beginning. */
export function Problem({ at }: { at: string }) {
  const { error, again } = doingAt(at)
  return html`<div role="alert">${
    error !== null &&
    html`<p class="panel-problem small">
      <span>${error}</span>
      ${again && html`<button type="button" onClick=${again}>${shared.buttons.retry}</button>`}
    </p>`
  }</div>`
}
