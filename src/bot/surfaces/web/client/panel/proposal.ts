import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { shared, words } from '../words.ts'
import { kept } from './kept.ts'
import { Problem } from './problem.ts'
import { doingAt, run } from './requests.ts'

/** Ids of the suggestions being edited before they are used. */
const editing = signal<readonly number[]>([])

/** A suggested text for a segment, to accept, edit first or dismiss. */
export function Proposal({
  draftId,
  segment,
  isOpen,
}: {
  draftId: string
  segment: SegmentJson
  isOpen: boolean
}) {
  const { proposal } = segment
  if (!proposal) return null
  const { id, text, asked_by } = proposal
  const at = `proposal:${id}`
  const { isBusy } = doingAt(at)
  const said = words.panel.proposal
  const mine = kept(`rushes.proposal.${draftId}.${id}`)
  const isEdited = editing.value.includes(id) || mine.value !== null
  const stop = () => {
    mine.value = null
    editing.value = editing.value.filter((other) => other !== id)
  }
  // It replaces the text shown above; if that has changed, the server refuses.
  const use = (changed?: string) =>
    void run(at, async () => {
      const body = { ...(changed !== undefined && { text: changed }), seen_text: segment.text }
      await ask('POST', `/proposals/${id}/accept`, body)
      stop()
    })
  return html`<section class="panel-part panel-proposal" aria-label=${said.title(asked_by)}>
    <h3>${said.title(asked_by)}</h3>
    ${
      isEdited
        ? html`<label class="field"><span class="unseen">${shared.form.narration}</span>
            <textarea
              rows="4" maxlength="2000" value=${mine.value ?? text}
              onInput=${({ target }: Event) => {
                mine.value = (target as HTMLTextAreaElement).value
              }}
            ></textarea>
          </label>`
        : html`<blockquote>${text}</blockquote>`
    }
    <${Problem} at=${at} />
    ${
      isOpen &&
      html`<div class="actions">
        ${
          isEdited
            ? html`<button type="button" class="primary" disabled=${isBusy} onClick=${() => use(mine.value ?? text)}>${shared.buttons.useThis}</button>
                <button type="button" class="quiet" disabled=${isBusy} onClick=${stop}>${words.panel.discard}</button>`
            : html`<button type="button" class="primary" disabled=${isBusy} onClick=${() => use()}>${shared.buttons.accept}</button>
                <button
                  type="button" disabled=${isBusy}
                  onClick=${() => {
                    editing.value = [...editing.value, id]
                  }}
                >${shared.buttons.editSuggestion}</button>
                <button type="button" disabled=${isBusy} onClick=${() => void run(at, () => ask('POST', `/proposals/${id}/dismiss`))}>
                  ${shared.buttons.dismiss}
                </button>`
        }
      </div>`
    }
  </section>`
}
