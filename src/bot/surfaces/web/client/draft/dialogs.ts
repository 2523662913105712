import { html } from 'htm/preact'
import { conflict, placeholders, render } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { shared, words } from '../words.ts'

/** Shown when someone else was faster: both versions, and the same choices as in the chats. */
export function ConflictDialog() {
  const { value } = conflict
  const close = () => {
    conflict.value = null
  }
  const useMine = () => {
    close()
    void value?.useMine()
  }
  const name = value?.by ?? ''
  return html`<${Dialog} isOpen=${value !== null} title=${words.conflict.title(name)} onClose=${close}>
    <p>${words.conflict.ask(name)}</p>
    <dl class="versions">
      <dt>${words.conflict.theirs(name)}</dt><dd>${value?.theirs}</dd>
      <dt>${words.conflict.yours}</dt><dd>${value?.mine}</dd>
    </dl>
    <div class="actions">
      <button type="button" onClick=${close}>${words.conflict.keep(name)}</button>
      <button type="button" class="primary" onClick=${useMine}>${shared.buttons.applyMine}</button>
    </div>
  </${Dialog}>`
}

/** Shown when blanks are still to be filled in: asks whether to render anyway. */
export function PlaceholdersDialog() {
  const { value } = placeholders
  const close = () => {
    placeholders.value = null
  }
  const go = () => {
    close()
    void render(true)
  }
  return html`<${Dialog} isOpen=${value !== null} title=${shared.buttons.render} onClose=${close}>
    <p>${value}</p>
    <div class="actions">
      <button type="button" onClick=${close}>${shared.buttons.fillInFirst}</button>
      <button type="button" class="primary" onClick=${go}>${shared.buttons.renderAllTheSame}</button>
    </div>
  </${Dialog}>`
}
