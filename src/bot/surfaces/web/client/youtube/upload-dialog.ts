import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { UploadJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { say, sayError } from '../say.ts'
import { draft } from '../state.ts'
import { shared, words } from '../words.ts'
import { type Start, UploadForm } from './upload-form.ts'
import { bodyOf, changeOf, type Details, type Values, valuesOf } from './values.ts'

/** What the form is open for: a new upload or an existing one. Another object each time it is opened. */
const opened = signal<Start | null>(null)
/** Whether the form was closed because its request succeeded; the button that opened it may disappear then. */
const isDone = signal(false)

/** YouTube's “People & Blogs”, the default in the chats too. */
const USUAL_CATEGORY = '22'

export function openUpload(): void {
  const { title = '', description = '', tags = [] } = draft.peek() ?? {}
  const values = { title, description, tags: tags.join(', '), category: USUAL_CATEGORY, privacy: 'private' }
  open({ values: { ...values, publishAt: '', declaration: '' }, details: null })
}

/** @throws Refusal */
export async function openDetails({ upload_id }: UploadJson): Promise<void> {
  const details = await ask<Details>('GET', `/uploads/${upload_id}`)
  open({ values: valuesOf(details), details })
}

/** @throws Refusal */
export function cancelUpload(): Promise<unknown> {
  return ask('POST', '/cancel-upload')
}

function open(start: Start): void {
  isDone.value = false
  opened.value = start
}

export function UploadDialog() {
  const { value } = opened
  const close = () => {
    opened.value = null
  }
  const send = async (values: Values, seen: Start) => {
    // The form may have been closed by now, or opened again: then it's neither closed nor the place for an error.
    const isStillOpen = () => opened.peek() === value
    try {
      say(await sent(values, seen))
    } catch (error) {
      if (isStillOpen()) throw error
      return sayError(error)
    }
    if (!isStillOpen()) return
    isDone.value = true
    close()
  }
  const { form, detailsForm } = shared.upload
  return html`<${Dialog} isOpen=${value !== null} title=${value?.details ? detailsForm : form} onClose=${close}
    leadsTo=${isDone.value ? 'youtube' : undefined}>
    ${value && html`<${UploadForm} start=${value} onClose=${close} onSend=${send} />`}
  </${Dialog}>`
}

/** @returns what to tell the person. @throws Refusal */
async function sent(values: Values, { values: before, details }: Start): Promise<string> {
  if (!details) {
    await ask('POST', '/upload', { ...bodyOf(values), declaration: values.declaration })
    return words.youtube.begun
  }
  const change = { ...changeOf(before, values), version: details.version }
  return (await ask<{ message: string }>('PATCH', `/uploads/${details.upload_id}`, change)).message
}
