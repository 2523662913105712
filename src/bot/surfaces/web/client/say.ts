import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import { Refusal } from './send.ts'
import { words } from './words.ts'

/** A message at the edge of the page, which screen readers announce. */
interface Said {
  id: number
  text: string
  isError: boolean
}

const said = signal<Said[]>([])
/** Announced but not shown: for what is visible on the screen anyway. */
const whispered = signal('')
let last = 0

/** Milliseconds that a message stays; errors stay until they are closed or a newer one appears. */
const STAYS = 6000

/** Shows a sentence and has it announced. */
export function say(text: string): void {
  const id = show(text, false)
  setTimeout(() => dismiss(id), STAYS)
}

/** Shows an error in the server's words. */
export function sayError(error: unknown): void {
  show(sentenceOf(error), true)
}

/** Announces something that is visible anyway, such as where a segment has been moved. */
export function whisper(text: string): void {
  // The same text isn't announced twice, so a repetition gets an extra space.
  whispered.value = whispered.value === text ? `${text}\u00a0` : text
}

export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal) return error.problem.detail === undefined ? words.failed : error.message
  // `fetch` throws a TypeError when there is no connection.
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

/** Present once in the page from the start: screen readers ignore live regions that are added later. */
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
