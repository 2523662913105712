import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { UploadJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { Problem } from '../panel/problem.ts'
import { clear, doingAt, run } from '../panel/requests.ts'
import { say, sayError } from '../say.ts'
import { shared, words } from '../words.ts'

/** The video that the reader is about to make public; null while the dialog is closed. */
const asked = signal<UploadJson | null>(null)
/** Whether the dialog was closed because the video is public now; the button that opened it disappears then. */
const isDone = signal(false)
const PLACE = 'youtube:publish'

export function askPublic(upload: UploadJson): void {
  clear(PLACE)
  isDone.value = false
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
    say(message)
    // Someone who closed the dialog in the meantime may be elsewhere by now.
    if (asked.peek()?.upload_id !== value?.upload_id) return
    isDone.value = true
    close()
  }
  /** In a closed dialog nobody would see an error. */
  const sayIfClosed = (error: unknown) => {
    if (asked.peek() !== null) return false
    sayError(error)
    return true
  }
  return html`<${Dialog} isOpen=${value !== null} title=${shared.upload.publish} onClose=${close}
    leadsTo=${isDone.value ? 'youtube' : undefined}>
    <p>${words.youtube.askPublic}</p>
    <${Problem} at=${PLACE} />
    <div class="actions">
      <button type="button" onClick=${close}>${shared.buttons.cancel}</button>
      <button type="button" class="primary" disabled=${doingAt(PLACE).isBusy} onClick=${() => run(PLACE, publish, sayIfClosed)}>
        ${shared.upload.publish}</button>
    </div>
  </${Dialog}>`
}
