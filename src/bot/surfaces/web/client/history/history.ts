import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import { ask, canEdit } from '../changes.ts'
import { ago } from '../panel/ago.ts'
import { Failure, Problem } from '../panel/problem.ts'
import { doingAt, run, useAnswer } from '../panel/requests.ts'
import { say } from '../say.ts'
import { draft } from '../state.ts'
import { shared, words } from '../words.ts'
import { differenceOf } from './difference.ts'

/** One change made by a step, as sent by the API. */
interface Change {
  text: string
  what: string
  segment_index: number | null
  before: string | null
  after: string | null
}

interface Revision {
  number: number
  at: string
  by: string
  text: string
  asked_by: string | null
  approved_by: string[]
  is_current: boolean
  changes: Change[]
}

const AT = 'history'
/** Number of steps shown at first, and added by each press of **Older**. */
const PAGE = 10
/** Maximum number of steps shown: a draft keeps no more, and the API sends them in one response. */
const MOST = 50

/** The history: who changed what, before and after, with undo, redo and **Restore**. */
export function History() {
  const now = draft.value
  const [limit, setLimit] = useState(PAGE)
  const { answer, error, again } = useAnswer<Revision[]>(`/history?limit=${limit}`, [
    ...[now?.revision, now?.updated_at],
  ])
  const rows = answer ?? []
  if (!now || now.revision === 0) return null
  const mayChange = canEdit.value
  const { isBusy } = doingAt(AT)
  const act = (path: string, body?: unknown) =>
    void run(AT, async () => {
      const { message } = await ask<{ message?: string }>('POST', path, body)
      if (message) say(message)
    })
  return html`<section class="history" aria-label=${shared.buttons.history}>
    <${Failure} error=${error} again=${again} />
    <${Problem} at=${AT} />
    ${
      mayChange &&
      html`<div class="actions">
        <button type="button" disabled=${isBusy || !now.can_undo} onClick=${() => act('/undo')}>${shared.buttons.undo}</button>
        <button type="button" disabled=${isBusy || !now.can_redo} onClick=${() => act('/redo')}>${shared.buttons.redo}</button>
      </div>`
    }
    <ol class="history-steps">
      ${rows.map(
        (
          row,
        ) => html`<li key=${row.number} class="history-step" aria-current=${row.is_current ? 'step' : undefined}>
          <${Step} row=${row} draftId=${now.draft_id} />
          ${
            mayChange &&
            !row.is_current &&
            html`<button
              type="button" class="quiet small" disabled=${isBusy}
              onClick=${() => act('/restore', { revision: row.number })}
            >${words.panel.history.restore(row.number)}</button>`
          }
        </li>`,
      )}
    </ol>
    ${
      rows.length >= limit &&
      limit < MOST &&
      html`<button type="button" class="quiet" disabled=${isBusy} onClick=${() => setLimit(limit + PAGE)}>${shared.buttons.older}</button>`
    }
  </section>`
}

function Step({ row, draftId }: { row: Revision; draftId: string }) {
  const { number, at, by, text, asked_by, approved_by, is_current, changes } = row
  const said = words.panel.history
  return html`<div>
    <p>
      <b>${number}</b> ${said.by(by, text)}${asked_by !== null && ` (${said.askedBy(asked_by)})`}
      <span class="muted small"> · <time datetime=${at}>${ago(at)}</time></span>
      ${is_current && html` <span class="chip good">${said.current}</span>`}
    </p>
    ${approved_by.length > 0 && html`<p class="small muted">${said.approvedBy(approved_by.join(', '))}</p>`}
    ${changes.map((change, index) => html`<${Changed} key=${index} change=${change} number=${number} draftId=${draftId} />`)}
  </div>`
}

function Changed({ change, number, draftId }: { change: Change; number: number; draftId: string }) {
  const { text, what, segment_index, before, after } = change
  if (before !== null && after !== null)
    return html`<p class="history-text small">${differenceOf(before, after).map(({ kind, text }) =>
      kind === 'gone' ? html`<del>${text}</del>` : kind === 'new' ? html`<ins>${text}</ins>` : text,
    )}</p>`
  if (what !== 'footage' || segment_index === null) return html`<p class="history-text small">${text}</p>`
  const address = `/api/draft/${encodeURIComponent(draftId)}/history/${number}/segments/${segment_index}`
  return html`<div>
    <p class="history-text small">${text}</p>
    <div class="history-pictures">
      <${Picture} src=${`${address}/before`} label=${words.panel.history.before} place=${segment_index + 1} />
      <${Picture} src=${`${address}/after`} label=${words.panel.history.after} place=${segment_index + 1} />
    </div>
  </div>`
}

/** A still of earlier footage, which may not exist. */
function Picture({ src, label, place }: { src: string; label: string; place: number }) {
  const [isThere, setIsThere] = useState(true)
  const said = words.panel.history
  return html`<figure>
    ${
      isThere
        ? html`<img src=${src} alt=${`${said.picture(place)}: ${label}`} loading="lazy" onError=${() => setIsThere(false)} />`
        : html`<span class="history-none small muted">${said.none}</span>`
    }
    <figcaption class="small muted">${label}</figcaption>
  </figure>`
}
