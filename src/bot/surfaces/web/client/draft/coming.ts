import { html } from 'htm/preact'
import type { DraftJson } from '../../draft-json.ts'
import { ask, deleteDraft } from '../changes.ts'
import { sayError } from '../say.ts'
import { shared, words } from '../words.ts'

/** The page of a draft whose script is being written, or couldn't be. */
export function Coming({ draft }: { draft: DraftJson }) {
  const error = draft.creation?.error ?? null
  if (error !== null)
    return html`<main class="coming card" role="alert">
      <h2>${words.draft.notCreated}</h2>
      <p>${error}</p>
      ${
        draft.rights.write &&
        html`<div class="actions">
        <button type="button" class="primary" onClick=${() => ask('POST', '/retry').catch(sayError)}>${shared.buttons.retry}</button>
        <button type="button" class="danger" onClick=${deleteDraft}>${shared.buttons.delete}</button>
      </div>`
      }
    </main>`
  const progress = draft.creation?.progress ?? 0
  return html`<main class="coming card">
    <h2>${draft.status_text}</h2>
    <progress max="1" value=${progress > 0 ? progress : undefined} aria-label=${words.list.writing}></progress>
    <p class="muted">${words.draft.stillWriting}</p>
  </main>`
}
