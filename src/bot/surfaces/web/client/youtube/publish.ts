import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { UploadJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { Problem } from '../panel/problem.ts'
import { clear, doingAt, run } from '../panel/requests.ts'
import { say } from '../say.ts'
import { shared, words } from '../words.ts'

/** The video that the reader is about to make public; null while the dialog is closed. */
const asked = signal<UploadJson | null>(null)
const PLACE = 'youtube:publish'

export function askPublic(upload: UploadJson): void {
  clear(PLACE)
  asked.value = upload
}

/** Asks for confirmation, because publishing can't be undone once people have seen the video. */
export function PublishDialog() {
  const { value } = asked
  const close = () => {
    asked.value = null
  }
  const publish = async () => {
    const { message } = await ask<{ message: string }>('POST', `/uploads/${value?.upload_id}/publish`)
    close()
    say(message)
  }
  return html`<${Dialog} isOpen=${value !== null} title=${shared.upload.publish} onClose=${close}>
    <p>${words.youtube.askPublic}</p>
    <${Problem} at=${PLACE} />
    <div class="actions">
      <button type="button" onClick=${close}>${shared.buttons.cancel}</button>
      <button type="button" class="primary" disabled=${doingAt(PLACE).isBusy} onClick=${() => run(PLACE, publish)}>
        ${shared.upload.publish}</button>
    </div>
  </${Dialog}>`
}
