import { html } from 'htm/preact'
import { useEffect, useRef } from 'preact/hooks'
import type { SegmentJson } from '../../draft-json.ts'
import { shared, words } from '../words.ts'
import { doingAt } from './requests.ts'
import { FIELDS, type Field, shownOf, type Typed } from './typed.ts'

export interface Conflict {
  /** Empty if unknown. */
  changedBy: string
  /** The segment as it is now. */
  theirs: SegmentJson
}

interface Props {
  conflict: Conflict
  mine: Typed['values']
  /** The place of the saving request. */
  at: string
  onMine: () => void
  onTheirs: () => void
  onEdit: () => void
}

/** Both versions side by side, when someone else was faster. */
export function ConflictChoice({
  conflict: { changedBy, theirs },
  mine,
  at,
  onMine,
  onTheirs,
  onEdit,
}: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const said = words.conflict
  const fields = FIELDS.filter((field) => mine[field] !== undefined)
  const versionOf = (title: string, value: (field: Field) => string) => html`<div class="panel-version">
    <h3 class="small">${title}</h3>
    ${fields.map((field) => html`<p key=${field}>${field === 'text' ? '' : html`<b>${labelOf(field)}:</b> `}${value(field) || '–'}</p>`)}
  </div>`
  const { isBusy } = doingAt(at)
  return html`<div class="panel-conflict" role="alertdialog" aria-label=${said.ask(changedBy)} tabindex="-1" ref=${box}>
    <p><b>${said.ask(changedBy)}</b></p>
    <div class="panel-versions">
      ${versionOf(said.theirs(changedBy), (field) => shownOf(theirs, field))}
      ${versionOf(said.yours, (field) => mine[field] ?? '')}
    </div>
    <div class="actions">
      <button type="button" class="primary" disabled=${isBusy} onClick=${onMine}>${shared.buttons.applyMine}</button>
      <button type="button" disabled=${isBusy} onClick=${onTheirs}>${said.keep(changedBy)}</button>
      <button type="button" disabled=${isBusy} onClick=${onEdit}>${shared.buttons.editAgain}</button>
    </div>
  </div>`
}

function labelOf(field: Field): string {
  return {
    text: shared.form.narration,
    image_search_query: shared.form.search,
    keyword: shared.form.keyword,
    duration: shared.form.duration,
  }[field]
}
