import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { UploadJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { say } from '../say.ts'
import { draft } from '../state.ts'
import { shared, words } from '../words.ts'
import { tagsIn, UploadForm, type Values } from './upload-form.ts'

/** The details of an uploaded video, as sent by the API. */
interface Details {
  upload_id: number
  title: string
  description: string
  tags: string[]
  category: string
  privacy: string
  publish_at: string | null
  version: string
}

/** What the form is open for: a new upload or an existing one. */
interface Opened {
  values: Values
  /** Null for a new upload. */
  details: Details | null
}

const opened = signal<Opened | null>(null)

/** YouTube's “People & Blogs”, the default in the chats too. */
const USUAL_CATEGORY = '22'

export function openUpload(): void {
  const { title = '', description = '', tags = [] } = draft.peek() ?? {}
  const values = { title, description, tags: tags.join(', '), category: USUAL_CATEGORY, privacy: 'private' }
  opened.value = { values: { ...values, publishAt: '', declaration: '' }, details: null }
}

/** @throws Refusal */
export async function openDetails({ upload_id }: UploadJson): Promise<void> {
  show(await ask<Details>('GET', `/uploads/${upload_id}`))
}

/** @throws Refusal */
export function cancelUpload(): Promise<unknown> {
  return ask('POST', '/cancel-upload')
}

function show(details: Details): void {
  const { title, description, tags, category, privacy, publish_at } = details
  const values = { title, description, tags: tags.join(', '), category, privacy, declaration: '' }
  opened.value = { values: { ...values, publishAt: publish_at === null ? '' : local(publish_at) }, details }
}

export function UploadDialog() {
  const { value } = opened
  const close = () => {
    opened.value = null
  }
  const send = async (values: Values, version: string | null) => {
    const { details } = value ?? {}
    const body = bodyOf(values)
    if (details) {
      const change = { ...body, version: version ?? details.version }
      const path = `/uploads/${details.upload_id}`
      say((await ask<{ message: string }>('PATCH', path, change)).message)
    } else {
      await ask('POST', '/upload', { ...body, declaration: values.declaration })
      say(words.youtube.begun)
    }
    close()
    // The button that opened the dialog may be gone.
    document.getElementById('youtube')?.focus()
  }
  const { form, detailsForm } = shared.upload
  return html`<${Dialog} isOpen=${value !== null} title=${value?.details ? detailsForm : form} onClose=${close}>
    ${value && html`<${UploadForm} values=${value.values} isNew=${!value.details} onClose=${close} onSend=${send} />`}
  </${Dialog}>`
}

function bodyOf({ title, description, tags, category, privacy, publishAt }: Values) {
  // A video that can't be scheduled doesn't keep an earlier time.
  const moment = privacy === 'private' && publishAt !== '' ? new Date(publishAt).toISOString() : null
  return { title, description, tags: tagsIn(tags), category, privacy, publish_at: moment }
}

/** A moment in the format of a browser's time field: in the reader's time zone, to the minute. */
function local(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
