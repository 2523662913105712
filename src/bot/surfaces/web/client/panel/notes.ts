import { html } from 'htm/preact'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { shared, words } from '../words.ts'
import { ago } from './ago.ts'
import { kept } from './kept.ts'
import { Failure, Problem } from './problem.ts'
import { doingAt, run, useAnswer } from './requests.ts'

/** A note as sent by the API. */
interface Note {
  id: number
  segment_id: number
  text: string
  author: string
  created_at: string
  resolved_by: string | null
  is_own: boolean
}

/** The notes of a segment, open ones first. */
export function Notes({
  draftId,
  segment,
  mayWrite,
}: {
  draftId: string
  segment: SegmentJson
  mayWrite: boolean
}) {
  const { segment_id: id, open_notes } = segment
  const at = `notes:${id}`
  // The draft contains only the number of notes, so a change without a new number isn't noticed.
  const { answer, error, again } = useAnswer<Note[]>('/notes', [id, open_notes])
  const notes = (answer ?? []).filter(({ segment_id }) => segment_id === id)
  const act = (method: string, path: string, body?: unknown) =>
    run(at, async () => {
      await ask(method, path, body)
      again()
    })
  const { isBusy } = doingAt(at)
  const said = words.panel.notes
  const written = kept(`rushes.note.${draftId}.${id}`)
  const shownNote = written.value ?? ''
  const isOpen = ({ resolved_by }: Note) => resolved_by === null
  const shown = [...notes.filter(isOpen), ...notes.filter((note) => !isOpen(note))]
  return html`<section class="panel-part" aria-label=${said.title(open_notes)}>
    <h3>${said.title(open_notes)}</h3>
    ${
      shown.length > 0 &&
      html`<ul class="panel-notes">
      ${shown.map(
        (note) => html`<li key=${note.id} class=${isOpen(note) ? 'panel-note' : 'panel-note is-resolved'}>
          <p class="small muted">
            ${isOpen(note) ? said.by(note.author) : said.resolved(note.author, note.resolved_by ?? '')} · ${ago(note.created_at)}
          </p>
          <p>${note.text}</p>
          ${
            mayWrite &&
            html`<div class="actions">
              ${
                isOpen(note)
                  ? html`<button type="button" disabled=${isBusy} onClick=${() => void act('PATCH', `/notes/${note.id}`, { resolved: true })}>
                      ${shared.buttons.resolve}
                    </button>`
                  : html`<button type="button" disabled=${isBusy} onClick=${() => void act('PATCH', `/notes/${note.id}`, { resolved: false })}>
                      ${shared.buttons.reopenNote}
                    </button>`
              }
              ${
                note.is_own &&
                html`<button type="button" class="danger" disabled=${isBusy} onClick=${() => void act('DELETE', `/notes/${note.id}`)}>
                  ${shared.buttons.deleteNote}
                </button>`
              }
            </div>`
          }
        </li>`,
      )}
    </ul>`
    }
    <${Failure} error=${error} again=${again} />
    <${Problem} at=${at} />
    ${
      mayWrite &&
      html`<form
        class="panel-new-note"
        onSubmit=${(event: Event) => {
          event.preventDefault()
          const text = shownNote.trim()
          if (text === '') return
          void act('POST', `/segments/${id}/notes`, { text }).then((isDone) => {
            if (isDone) written.value = null
          })
        }}
      >
        <label class="field">${shared.form.noteText}
          <textarea
            rows="2" maxlength="500" value=${shownNote}
            onInput=${({ target }: Event) => {
              written.value = (target as HTMLTextAreaElement).value
            }}
          ></textarea>
        </label>
        <button type="submit" disabled=${isBusy || shownNote.trim() === ''}>${shared.buttons.writeNote}</button>
      </form>`
    }
  </section>`
}
