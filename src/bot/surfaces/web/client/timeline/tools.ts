import { computed } from '@preact/signals'
import { html } from 'htm/preact'
import { canEdit, mergeNext, redoStep, removeSegment, splitAt, undoStep } from '../changes.ts'
import { icon } from '../icons.ts'
import { draft, playhead, selected, spans } from '../state.ts'
import { clockTime, shared, words } from '../words.ts'
import { openInsert } from './insert.ts'
import { canZoomIn, canZoomOut, fit, total, zoom } from './scale.ts'

/** The segment that buttons act on: the open one, otherwise the one at the player's position. */
const meant = computed(
  () => spans.value.find(({ segment }) => segment.segment_id === selected.value) ?? under.value,
)
/** The segment at the player's position. */
const under = computed(() => spans.value.find(({ to }) => playhead.value < to) ?? spans.value.at(-1))

/** Buttons to edit segments, and to zoom. */
export function Tools() {
  const { buttons } = shared
  const mayEdit = canEdit.value
  const span = meant.value
  const isLast = span === spans.value.at(-1)
  return html`<div class="timeline-tools" role="group" aria-label=${words.timeline.tools}>
    <div class="tool-group">
      ${tool('undo', buttons.undo, undoStep, !mayEdit || !draft.value?.can_undo, 'Control+Z')}
      ${tool('redo', buttons.redo, redoStep, !mayEdit || !draft.value?.can_redo, 'Control+Shift+Z')}
    </div>
    <div class="tool-group">
      ${tool('insert', buttons.addSegment, () => openInsert(span ?? null), !mayEdit)}
      ${tool('split', words.timeline.split, () => under.value && splitAt(under.value, playhead.value), !mayEdit || !under.value)}
      ${tool('merge', buttons.merge, () => span && mergeNext(span.segment), !mayEdit || !span || isLast)}
      ${tool('remove', buttons.remove, () => span && removeSegment(span.segment), !mayEdit || spans.value.length < 2)}
    </div>
    <${Clock} />
    <div class="tool-group">
      ${tool('zoomOut', words.timeline.zoomOut, () => zoom(-1), !canZoomOut.value)}
      ${tool('fit', words.timeline.fit, fit, total.value === 0)}
      ${tool('zoomIn', words.timeline.zoomIn, () => zoom(1), !canZoomIn.value)}
    </div>
  </div>`
}

function Clock() {
  return html`<p class="clock" aria-hidden="true"><b>${clockTime(playhead.value)}</b> / ${clockTime(draft.value?.length ?? 0)}</p>`
}

/** A button that keeps the focus even when it is off: a disabled button would lose it. */
function tool(
  name: Parameters<typeof icon>[0],
  label: string,
  act: () => unknown,
  isOff: boolean,
  keys?: string,
) {
  return html`<button type="button" class="quiet tool" aria-label=${label} title=${label} aria-disabled=${isOff}
    aria-keyshortcuts=${keys} onClick=${() => void (isOff || act())}>${icon(name)}</button>`
}
