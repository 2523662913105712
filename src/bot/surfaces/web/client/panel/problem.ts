import { html } from 'htm/preact'
import { shared } from '../words.ts'
import { doingAt } from './requests.ts'

/** What went wrong at a place of the page, with **Retry**. */
export function Problem({ at }: { at: string }) {
  const { error, again } = doingAt(at)
  if (error === null) return null
  return html`<p class="panel-problem small" role="alert">
    <span>${error}</span>
    ${again && html`<button type="button" onClick=${again}>${shared.buttons.retry}</button>`}
  </p>`
}
