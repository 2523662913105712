import { html } from 'htm/preact'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { shared, words } from '../words.ts'
import { Problem } from './problem.ts'
import { doingAt, run } from './requests.ts'

/** A segment's recording, and the button for a new take. */
export function Voice({ segment, isOpen }: { segment: SegmentJson; isOpen: boolean }) {
  const { segment_id: id, voice } = segment
  const at = `voice:${id}`
  const again = (path: string) => void run(at, () => ask('POST', `/segments/${id}/${path}`))
  const said = words.panel.voice
  return html`<section class="panel-part" aria-label=${said.title}>
    <h3>${said.title}</h3>
    ${voice.state === 'making' && html`<p class="chip busy">${said.making}</p>`}
    ${voice.error && html`<p class="panel-problem small">${voice.error}</p>`}
    ${voice.url && html`<audio controls preload="none" src=${voice.url} aria-label=${said.listen}></audio>`}
    <${Problem} at=${at} />
    ${
      isOpen &&
      html`<div class="actions">
        ${
          voice.state === 'missing'
            ? html`<button type="button" disabled=${doingAt(at).isBusy} onClick=${() => again('retry')}>${shared.buttons.retry}</button>`
            : html`<button type="button" disabled=${doingAt(at).isBusy} onClick=${() => again('regenerate-tts')}>
                ${shared.buttons.revoice}
              </button>`
        }
      </div>`
    }
  </section>`
}
