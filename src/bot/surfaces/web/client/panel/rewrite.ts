import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { shared } from '../words.ts'
import { kept } from './kept.ts'
import { Problem } from './problem.ts'
import { doingAt, run } from './requests.ts'
import { type } from './typed.ts'

/** Lets a script service rewrite the text; nothing changes until the result is used and saved. */
export function Rewrite({ draftId, segment }: { draftId: string; segment: SegmentJson }) {
  const { segment_id: id } = segment
  const at = `rewrite:${id}`
  const instruction = kept(`rushes.rewrite.${draftId}.${id}`)
  const [text, setText] = useState<string | null>(null)
  const { isBusy } = doingAt(at)
  const shown = instruction.value ?? ''
  const ready = (event: Event) => {
    event.preventDefault()
    void run(at, async () => {
      const answer = await ask<{ text: string }>('POST', `/segments/${id}/rewrite`, { instruction: shown })
      setText(answer.text)
    })
  }
  return html`<details class="panel-rewrite">
    <summary>${shared.buttons.rewrite}</summary>
    <form class="panel-form" onSubmit=${ready}>
      <label class="field">${shared.form.instruction}
        <input
          type="text" maxlength="500" value=${shown} placeholder=${shared.form.instructionHint}
          onInput=${({ target }: Event) => {
            instruction.value = (target as HTMLInputElement).value
          }}
        />
      </label>
      <${Problem} at=${at} />
      <div class="actions">
        <button type="submit" disabled=${isBusy || shown.trim() === ''}>${shared.buttons.rewrite}</button>
      </div>
    </form>
    ${
      text !== null &&
      html`<div class="panel-form" role="status">
        <blockquote>${text}</blockquote>
        <div class="actions">
          <button
            type="button" class="primary"
            onClick=${() => {
              type(draftId, segment, 'text', text)
              setText(null)
            }}
          >${shared.buttons.useThis}</button>
          <button type="button" class="quiet" onClick=${() => setText(null)}>${shared.buttons.keepText}</button>
        </div>
      </div>`
    }
  </details>`
}
