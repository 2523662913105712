import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import { insertAfter } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { sayError, sentenceOf } from '../say.ts'
import type { Span } from '../state.ts'
import { shared, words } from '../words.ts'

/** The segment after which to insert a new one; null while the form is closed. */
const open = signal<{ after: Span | null } | null>(null)
const refusal = signal('')
const isBusy = signal(false)

export function openInsert(after: Span | null): void {
  refusal.value = ''
  open.value = { after }
}

/** The form for a new segment. */
export function InsertDialog() {
  const { form } = shared
  const { value } = open
  const after = value?.after ?? null
  const close = () => {
    open.value = null
  }
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget as HTMLFormElement)
    const isStillOpen = () => open.peek() === value
    isBusy.value = true
    try {
      await insertAfter(after?.segment ?? null, {
        text: String(values.get('text') ?? ''),
        image_search_query: String(values.get('search') ?? ''),
      })
      if (isStillOpen()) close()
    } catch (error) {
      if (!isStillOpen()) return sayError(error)
      refusal.value = sentenceOf(error)
    } finally {
      isBusy.value = false
    }
  }
  const title = after ? words.insert.after(after.segment.segment_index + 1) : words.insert.first
  return html`<${Dialog} isOpen=${value !== null} title=${title} onClose=${close}>
    <form class="fields" onSubmit=${save}>
      <div class="field">
        <label for="insert-text">${form.narration}</label>
        <textarea id="insert-text" name="text" required maxlength="2000" autofocus></textarea>
      </div>
      <div class="field">
        <label for="insert-search">${form.search}</label>
        <input id="insert-search" name="search" maxlength="500" aria-describedby="insert-search-hint" />
        <p class="hint" id="insert-search-hint">${words.insert.searchHint}</p>
      </div>
      <p class="refusal" role="alert">${refusal.value}</p>
      <div class="actions">
        <button type="button" onClick=${close}>${shared.buttons.cancel}</button>
        <button type="submit" class="primary" disabled=${isBusy.value}>${form.save}</button>
      </div>
    </form>
  </${Dialog}>`
}
