import { signal } from '@preact/signals'
import { say, sentenceOf } from '../say.ts'
import { Refusal } from '../send.ts'
import { language, words } from '../words.ts'

/** The server's maximum size in bytes, so that nobody waits for a file that will be refused. */
const MOST_BYTES = 400_000_000

export interface Upload {
  name: string
  /** Share of the file that has been sent, 0 to 1; 1 while the server checks it. */
  progress: number
  error: string | null
  again: () => void
  cancel: () => void
}

/** Uploads by segment; they continue while the panel shows something else. */
const uploads = signal<Readonly<Record<number, Upload>>>({})

export function uploadOf(segmentId: number): Upload | null {
  return uploads.value[segmentId] ?? null
}

/** Uploads a file as a segment's footage. */
export function upload(draftId: string, segmentId: number, file: File): void {
  const running = uploads.value[segmentId]
  if (running && running.error === null) return
  const again = () => upload(draftId, segmentId, file)
  const done = () => put(segmentId, null)
  const start: Upload = { name: file.name, progress: 0, error: null, again, cancel: done }
  const failed = (error: unknown) => put(segmentId, { ...start, error: sentenceOf(error) })
  if (file.size > MOST_BYTES) {
    const detail = words.panel.footage.tooLarge(Math.floor(MOST_BYTES / 1_000_000))
    failed(new Refusal(413, { detail }))
    return
  }
  // `fetch` doesn't report how much of a body has been sent.
  const request = new XMLHttpRequest()
  const cancel = () => {
    request.abort()
    done()
  }
  put(segmentId, { ...start, cancel })
  request.upload.onprogress = ({ loaded, total }) =>
    put(segmentId, { ...start, cancel, progress: total > 0 ? loaded / total : 0 })
  request.onload = () => {
    if (request.status < 400) {
      done()
      return say(words.panel.footage.uploaded(file.name))
    }
    failed(new Refusal(request.status, problemIn(request.responseText)))
  }
  request.onerror = () => failed(new TypeError('The server cannot be reached.'))
  const query = new URLSearchParams({ name: file.name })
  request.open('POST', `/api/draft/${encodeURIComponent(draftId)}/segments/${segmentId}/footage?${query}`)
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('accept-language', language)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.send(file)
}

function put(segmentId: number, upload: Upload | null): void {
  const { [segmentId]: _, ...others } = uploads.value
  uploads.value = upload === null ? others : { ...others, [segmentId]: upload }
}

function problemIn(text: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? { ...answer } : {}
  } catch {
    return {}
  }
}
