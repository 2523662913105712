import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import { Refusal } from './send.ts'
import { words } from './words.ts'

/** One sentence at the edge of the page, which screen readers read out. */
interface Said {
  id: number
  text: string
  isError: boolean
}

const said = signal<Said[]>([])
/** Read out, but not shown: what is plain to see on the screen. */
const whispered = signal('')
let last = 0

/** Milliseconds that good news stays; errors stay until they are closed, or a newer one comes. */
const STAYS = 6000

/** Shows a sentence and has it read out. */
export function say(text: string): void {
  const id = show(text, false)
  setTimeout(() => dismiss(id), STAYS)
}

/** Shows what went wrong, as the server said it. */
export function sayError(error: unknown): void {
  show(sentenceOf(error), true)
}

/** Has something read out that is to be seen anyway, such as where a segment has been moved. */
export function whisper(text: string): void {
  // The same sentence twice is read out once only, unless it is another text.
  whispered.value = whispered.value === text ? `${text}\u00a0` : text
}

export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.problem.detail === undefined ? words.failed : error.message
  // What fetch throws when there is no connection.
  return error instanceof TypeError ? words.unreachable : words.failed
}

function show(text: string, isError: boolean): number {
  last++
  said.value = [...said.value.filter((one) => !one.isError && one.text !== text), { id: last, text, isError }]
  return last
}

function dismiss(id: number): void {
  said.value = said.value.filter((one) => one.id !== id)
}

/** Stands in the page once, from the beginning: a live region that comes later is not listened to. */
export function Messages() {
  return html`<div class="messages">
    <div role="status">${said.value.filter((one) => !one.isError).map(message)}</div>
    <div role="alert">${said.value.filter((one) => one.isError).map(message)}</div>
    <p class="unseen" aria-live="assertive">${whispered.value}</p>
  </div>`
}

function message({ id, text, isError }: Said) {
  return html`<div class=${isError ? 'message error' : 'message'} key=${id}>
    <p>${text}</p>
    <button type="button" class="quiet" aria-label=${words.dismiss} onClick=${() => dismiss(id)}>✕</button>
  </div>`
}
