import { html } from 'htm/preact'
import { useEffect, useRef } from 'preact/hooks'
import { canEdit } from '../changes.ts'
import { Footage } from '../footage/footage.ts'
import { draft, selected } from '../state.ts'
import { words } from '../words.ts'
import { LostWords } from './lost.ts'
import { Notes } from './notes.ts'
import { Proposal } from './proposal.ts'
import { Rewrite } from './rewrite.ts'
import { SegmentForm } from './segment-form.ts'
import { Voice } from './voice.ts'

/** The panel of the selected segment. */
export function Panel() {
  const now = draft.value
  const heading = useRef<HTMLHeadingElement>(null)
  const id = selected.value
  // Brings the panel into view when a segment is selected, by mouse or keyboard.
  useEffect(() => {
    if (id !== null) heading.current?.scrollIntoView?.({ block: 'nearest' })
  }, [id])
  if (!now || id === null) return null
  const { draft_id: draftId, rights, status, segments } = now
  const isOpen = canEdit.value
  const said = words.panel
  const segment = segments.find(({ segment_id }) => segment_id === id)
  const title = segment ? said.segment(segment.segment_index + 1, segments.length) : said.removed
  return html`<section class="panel" aria-label=${title}>
    <header class="panel-head">
      <h2 ref=${heading}>${title}</h2>
      ${segment?.edited_by && html`<p class="small muted">${said.editedBy(segment.edited_by)}</p>`}
      <button
        type="button" class="icon quiet" aria-label=${words.close}
        onClick=${() => {
          selected.value = null
        }}
      >✕</button>
    </header>
    ${rights.write && !isOpen && status !== 'creating' && html`<p class="small muted">${said.closed}</p>`}
    ${
      segment
        ? html`<div class="panel-parts" key=${id}>
            <${SegmentForm} draftId=${draftId} segment=${segment} isOpen=${isOpen} />
            ${isOpen && now.can_rewrite && html`<${Rewrite} draftId=${draftId} segment=${segment} />`}
            <${Proposal} draftId=${draftId} segment=${segment} isOpen=${isOpen} />
            <${Footage} draftId=${draftId} segment=${segment} isOpen=${isOpen} />
            <${Voice} segment=${segment} isOpen=${isOpen} />
            <${Notes} draftId=${draftId} segment=${segment} mayWrite=${rights.write} />
          </div>`
        : html`<${LostWords} draftId=${draftId} segmentId=${id} isOpen=${isOpen} />`
    }
  </section>`
}
