import { html } from 'htm/preact'

/** Plays the draft as it is now. */
export function Player() {
  return html`<section class="player"></section>`
}
