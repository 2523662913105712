import { html } from 'htm/preact'
import { shared } from '../words.ts'
import { doingAt } from './requests.ts'

/** The last error at a place of the page, with **Retry**. */
export function Problem({ at }: { at: string }) {
  return html`<${Failure} ...${doingAt(at)} />`
}

/** An error sentence with a way to retry; nothing without an error. */
export function Failure({ error, again }: { error: string | null; again: (() => void) | null }) {
  if (error === null) return null
  return html`<p class="panel-problem small" role="alert">
    <span>${error}</span>
    ${again && html`<button type="button" onClick=${again}>${shared.buttons.retry}</button>`}
  </p>`
}
