import { html } from 'htm/preact'
import { useRef } from 'preact/hooks'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { Problem } from '../panel/problem.ts'
import { doingAt, run } from '../panel/requests.ts'
import { shared, words } from '../words.ts'
import { Candidates } from './candidates.ts'
import { useDrop } from './drop.ts'
import { upload, uploadOf } from './upload.ts'

/** File types offered in the file picker; the server checks what a file really is. */
const KINDS = 'image/*,video/*,.heic,.heif,.mkv,.mov'

/** A segment's footage: the current one, the candidates, and uploading an own file. */
export function Footage({
  draftId,
  segment,
  isOpen,
}: {
  draftId: string
  segment: SegmentJson
  isOpen: boolean
}) {
  const { segment_id: id, footage } = segment
  const chooser = useRef<HTMLInputElement>(null)
  const send = (file: File) => upload(draftId, id, file)
  const { isOver, handlers } = useDrop(isOpen, send)
  const at = `footage:${id}`
  const said = words.panel.footage
  const sending = uploadOf(id)
  return html`<section class=${`panel-part footage${isOver ? ' is-over' : ''}`} aria-label=${said.title} ...${handlers}>
    <h3>${said.title}</h3>
    <div class="footage-now">
      ${footage.still_url && html`<img src=${footage.still_url} alt=${footage.title ?? ''} />`}
      <div>
        ${footage.state === 'making' && html`<p class="chip busy">${said.making}</p>`}
        ${footage.error && html`<p class="panel-problem small">${footage.error}</p>`}
        ${footage.title && html`<p class="small">${footage.title}</p>`}
        ${footage.author && html`<p class="small muted">${credit(footage)}</p>`}
      </div>
    </div>
    <${Problem} at=${at} />
    ${sending && html`<${Sending} segmentId=${id} />`}
    ${
      isOpen &&
      html`<div class="actions">
        ${
          footage.state === 'missing' &&
          html`<button
            type="button" disabled=${doingAt(at).isBusy}
            onClick=${() => void run(at, () => ask('POST', `/segments/${id}/retry`))}
          >${shared.buttons.retry}</button>`
        }
        <button type="button" onClick=${() => chooser.current?.click()} disabled=${sending !== null && sending.error === null}>
          ${said.upload}
        </button>
        <input
          ref=${chooser} type="file" accept=${KINDS} hidden
          onChange=${({ target }: Event) => {
            const input = target as HTMLInputElement
            const [file] = input.files ?? []
            if (file) send(file)
            input.value = ''
          }}
        />
        <span class="hint footage-hint">${said.drop}</span>
      </div>
      <${Candidates} key=${id} segment=${segment} />`
    }
  </section>`
}

function Sending({ segmentId }: { segmentId: number }) {
  const sending = uploadOf(segmentId)
  if (!sending) return null
  const { name, progress, error, again, cancel } = sending
  const said = words.panel.footage
  if (error !== null)
    return html`<p class="panel-problem small" role="alert">
      <span>${error}</span>
      <button type="button" onClick=${again}>${shared.buttons.retry}</button>
      <button type="button" class="quiet" onClick=${cancel}>${words.close}</button>
    </p>`
  const text = progress < 1 ? said.sending(name) : said.looking(name)
  return html`<div class="footage-sending small">
    <p role="status">${text}</p>
    <progress max="1" value=${progress < 1 ? progress : undefined} aria-label=${text}></progress>
    ${progress < 1 && html`<button type="button" class="quiet" onClick=${cancel}>${shared.buttons.cancel}</button>`}
  </div>`
}

function credit({ author, page_url: page }: SegmentJson['footage']) {
  const isAddress = page !== null && /^https?:/.test(page)
  return isAddress ? html`<a href=${page} target="_blank" rel="noreferrer">${author}</a>` : author
}
