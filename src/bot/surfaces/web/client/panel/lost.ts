import { html } from 'htm/preact'
import { ask } from '../changes.ts'
import { selected } from '../state.ts'
import { shared, words } from '../words.ts'
import { Problem } from './problem.ts'
import { doingAt, run } from './requests.ts'
import { FIELDS, forget, typedOf } from './typed.ts'

/** The text typed for a segment that someone else has removed; it can become a new segment. */
export function LostWords({
  draftId,
  segmentId,
  isOpen,
}: {
  draftId: string
  segmentId: number
  isOpen: boolean
}) {
  const typed = typedOf(draftId, segmentId)
  const said = words.panel
  if (!typed) return html`<p class="muted">${said.gone}</p>`
  const { text, image_search_query, keyword } = typed.values
  const at = `lost:${segmentId}`
  const add = () =>
    void run(at, async () => {
      await ask('POST', '/segments', { text, image_search_query, keyword })
      forget(draftId, segmentId)
      selected.value = null
    })
  return html`<div class="panel-part">
    <p>${said.goneWithWords}</p>
    ${FIELDS.map((field) => typed.values[field] !== undefined && html`<blockquote key=${field}>${typed.values[field]}</blockquote>`)}
    <${Problem} at=${at} />
    <div class="actions">
      ${
        text !== undefined &&
        isOpen &&
        html`<button type="button" class="primary" disabled=${doingAt(at).isBusy} onClick=${add}>${shared.buttons.addSegment}</button>`
      }
      <button
        type="button" onClick=${() => {
          forget(draftId, segmentId)
          selected.value = null
        }}
      >${said.discard}</button>
    </div>
  </div>`
}
