import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import { useRef } from 'preact/hooks'
import { secondsIn } from '../../../../../core/model/text/duration.ts'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { say } from '../say.ts'
import { Refusal } from '../send.ts'
import { shared, words } from '../words.ts'
import { type Conflict, ConflictChoice } from './conflict.ts'
import { Problem } from './problem.ts'
import { clear, doingAt, run } from './requests.ts'
import { type Field, forget, moveTo, saved, shownOf, type Typed, type, typedOf } from './typed.ts'

/** Conflicts by segment: changes that someone else made while the segment was being edited here. */
const conflicts = signal<Readonly<Record<number, Conflict>>>({})

/** Maximum number of characters per field, as in `LIMITS`. */
const MOST: Record<Field, number> = { text: 2000, image_search_query: 500, keyword: 200, duration: 20 }

interface Props {
  draftId: string
  segment: SegmentJson
  isOpen: boolean
}

/** The form for the texts and the length of a segment. Typed text stays until it is saved or discarded. */
export function SegmentForm({ draftId, segment, isOpen }: Props) {
  const narration = useRef<HTMLTextAreaElement>(null)
  const id = segment.segment_id
  const place = `segment:${id}`
  const typed = typedOf(draftId, id)
  const isChanged = typed !== null
  const conflict = conflicts.value[id]
  const said = words.panel
  const save = () => void saveSegment(draftId, segment, isOpen)
  const discard = () => {
    forget(draftId, id)
    clear(place)
    drop(id)
  }
  const field = (name: Field) => ({
    value: typed?.values[name] ?? shownOf(segment, name),
    maxLength: MOST[name],
    readOnly: !isOpen,
    onInput: ({ target }: Event) => {
      clear(place)
      type(draftId, segment, name, (target as HTMLInputElement).value)
    },
  })
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save()
  }
  return html`<form
    class="panel-form" onKeyDown=${press}
    onSubmit=${(event: Event) => {
      event.preventDefault()
      save()
    }}
  >
    ${
      conflict &&
      html`<${ConflictChoice}
        conflict=${conflict} mine=${typed?.values ?? {}} at=${place}
        onMine=${() => {
          moveTo(draftId, id, conflict.theirs.version)
          drop(id)
          save()
        }}
        onTheirs=${() => {
          discard()
          say(said.keptTheirs)
        }}
        onEdit=${() => {
          moveTo(draftId, id, conflict.theirs.version)
          drop(id)
          narration.current?.focus()
        }}
      />`
    }
    <label class="field">${shared.form.narration}
      <textarea ref=${narration} rows="5" ...${field('text')}></textarea>
    </label>
    <label class="field">${shared.form.search}
      <input type="text" ...${field('image_search_query')} />
      <span class="hint">${shared.form.searchHint}</span>
    </label>
    <div class="panel-pair">
      <label class="field">${shared.form.keyword}
        <input type="text" ...${field('keyword')} />
        <span class="hint">${said.keywordHint}</span>
      </label>
      <label class="field">${shared.form.duration}
        <input type="text" inputmode="decimal" placeholder=${said.asLong} ...${field('duration')} />
        <span class="hint">${said.durationHint}</span>
      </label>
    </div>
    <${Problem} at=${place} />
    ${
      isOpen &&
      html`<div class=${`actions panel-save${isChanged ? ' is-changed' : ''}`}>
        <button type="submit" class="primary" disabled=${!isChanged || doingAt(place).isBusy || Boolean(conflict)}>
          ${shared.form.save}
        </button>
        ${
          isChanged &&
          html`<button type="button" class="quiet" onClick=${discard}>${said.discard}</button>
            <span class="chip warn">${said.unsaved}</span>`
        }
      </div>`
    }
  </form>`
}

async function saveSegment(draftId: string, { segment_id: id }: SegmentJson, isOpen: boolean): Promise<void> {
  const typed = typedOf(draftId, id)
  if (!typed || !isOpen) return
  await run(
    `segment:${id}`,
    async () => {
      const answer = await ask<{ data: SegmentJson }>('PATCH', `/segments/${id}`, bodyOf(typed))
      saved(draftId, answer.data, typed.values)
    },
    (error) => {
      if (!(error instanceof Refusal) || error.code !== 'stale' || !error.problem.theirs) return false
      const theirs = error.problem.theirs as SegmentJson
      const changedBy = String(error.problem.changed_by ?? '')
      conflicts.value = { ...conflicts.value, [id]: { changedBy, theirs } }
      return true
    },
  )
}

/** The changes in the API's form. @throws Refusal if the length can't be parsed. */
function bodyOf({ version, values }: Typed): object {
  const { duration, ...texts } = values
  if (duration === undefined) return { ...texts, version }
  const seconds = duration.trim() === '' ? null : secondsIn(duration)
  if (seconds === null && duration.trim() !== '') throw new Refusal(422, { detail: words.panel.noDuration })
  return { ...texts, duration: seconds, version }
}

function drop(id: number): void {
  const { [id]: _, ...others } = conflicts.value
  conflicts.value = others
}
