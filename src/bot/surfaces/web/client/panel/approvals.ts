import { html } from 'htm/preact'
import { ask, canEdit } from '../changes.ts'
import { draft } from '../state.ts'
import { shared, words } from '../words.ts'
import { ago } from './ago.ts'
import { Problem } from './problem.ts'
import { doingAt, run } from './requests.ts'

const AT = 'approvals'

/** Who has approved the current film or an earlier one, and the reader's own approval. */
export function Approvals() {
  const now = draft.value
  if (!now) return null
  const { approvals } = now
  const { isBusy } = doingAt(AT)
  const said = words.panel.approvals
  return html`<section class="panel-whole" aria-label=${said.title}>
    <h2>${said.title}</h2>
    ${approvals.needed > 0 && html`<p>${said.needed(approvals.standing, approvals.needed)}</p>`}
    ${
      approvals.by.length > 0 &&
      html`<ul class="panel-approvals">
      ${approvals.by.map(
        ({ name, at, changes_since }) => html`<li key=${`${name} ${at}`} class="small">
          ${changes_since === 0 ? said.by(name) : said.outdated(name, changes_since)} · <span class="muted">${ago(at)}</span>
        </li>`,
      )}
    </ul>`
    }
    ${approvals.by.length === 0 && html`<p class="small muted">${said.nobody}</p>`}
    <${Problem} at=${AT} />
    ${
      canEdit.value &&
      html`<div class="actions">
        <button
          type="button" disabled=${isBusy || approvals.film === 0}
          onClick=${() => void run(AT, () => ask('POST', '/approve', { film: approvals.film }))}
        >${shared.buttons.approve}</button>
        ${
          approvals.by.length > 0 &&
          html`<button type="button" class="quiet" disabled=${isBusy} onClick=${() => void run(AT, () => ask('POST', '/withdraw'))}>
            ${shared.buttons.withdraw}
          </button>`
        }
      </div>
      ${approvals.film === 0 && html`<p class="hint">${said.notYet}</p>`}`
    }
  </section>`
}
