import { useComputed } from '@preact/signals'
import { html } from 'htm/preact'
import { useMemo, useRef } from 'preact/hooks'
import type { SegmentJson } from '../../draft-json.ts'
import { icon } from '../icons.ts'
import { draft, playing, seek, selected } from '../state.ts'
import { seconds, words } from '../words.ts'
import { useNear } from './near.ts'
import { lifted } from './order.ts'
import { scale } from './scale.ts'
import { LONGEST, lengthOf, shortest, trimByKey, trimByPointer, untrim } from './trim.ts'
import { Waveform } from './waveform.ts'

interface BlockProps {
  segment: SegmentJson
  index: number
  /** Seconds from the beginning of the film. */
  from: number
  /** Whether Tab leads to this block. */
  isCurrent: boolean
  canEdit: boolean
}

/** A segment on the timeline. */
export function Block(props: BlockProps) {
  // Rendered again only if it has changed: there can be a hundred of these, on every step.
  const { segment, index, from, isCurrent, canEdit } = props
  const isSelected = useComputed(() => selected.value === segment.segment_id).value
  const isLifted = useComputed(() => lifted.value?.id === segment.segment_id).value
  const length = useComputed(() => lengthOf(segment)).value
  const root = useRef<HTMLLIElement>(null)
  const isNear = useNear(root)
  const width = `${length * scale.value}px`
  const inside = useMemo(
    () => html`<${Inside} segment=${segment} index=${index} length=${length} isNear=${isNear} />`,
    [segment, index, length, isNear],
  )
  const classes = [
    'block',
    isSelected && 'is-selected',
    isLifted && 'is-lifted',
    isLacking(segment) && 'is-lacking',
  ]
  return html`<li class=${classes.filter(Boolean).join(' ')} ref=${root} data-segment=${segment.segment_id}
    style=${{ width }}>
    <button type="button" class="block-main" aria-current=${isSelected ? 'true' : 'false'} aria-describedby="timeline-help"
      tabindex=${isCurrent ? 0 : -1} onClick=${(event: MouseEvent) => choose(event, segment, from)}>
      <span class="unseen">${labelOf(segment, index, length)}</span>
      ${inside}
    </button>
    ${canEdit && html`<${Edge} segment=${segment} index=${index} length=${length} isCurrent=${isCurrent} />`}
  </li>`
}

interface InsideProps {
  segment: SegmentJson
  index: number
  length: number
  isNear: boolean
}

function Inside({ segment, index, length, isNear }: InsideProps) {
  const { still_url } = segment.footage
  const picture = isNear && still_url !== null ? { backgroundImage: `url("${still_url}")` } : {}
  return html`<span class="block-strip" aria-hidden="true" style=${picture}>
      <span class="block-number">${index + 1}</span>
      ${badgesOf(segment)}
      <span class="block-length">${seconds(length)}</span>
    </span>
    <span class="block-text" aria-hidden="true">${segment.text}</span>
    <${Waveform} segment=${segment} isNear=${isNear} />`
}

function badgesOf(segment: SegmentJson) {
  return html`<span class="block-badges">
    ${segment.open_notes > 0 && html`<span class="badge">${icon('note')}${segment.open_notes}</span>`}
    ${segment.proposal && html`<span class="badge">${icon('suggestion')}</span>`}
    ${isLacking(segment) && html`<span class="badge bad">${icon('warning')}</span>`}
    ${isMaking(segment) && html`<span class="badge making"></span>`}
  </span>`
}

function Edge({ segment, index, length, isCurrent }: Omit<InsideProps, 'isNear'> & { isCurrent: boolean }) {
  return html`<span class="trim" role="slider" tabindex=${isCurrent ? 0 : -1} aria-orientation="horizontal"
    aria-label=${words.timeline.trim(index + 1)} aria-valuemin=${shortest(segment)} aria-valuemax=${LONGEST}
    aria-valuenow=${length} aria-valuetext=${seconds(length)} title=${words.timeline.trimHint}
    onPointerDown=${(event: PointerEvent) => trimByPointer(event, segment)}
    onDblClick=${() => untrim(segment)}
    onKeyDown=${(event: KeyboardEvent) => {
      if (!trimByKey(event.key, segment)) return
      event.preventDefault()
      event.stopPropagation()
    }}></span>`
}

/** Opens the segment and moves the player to the clicked moment, where **Split** would then split. */
function choose(event: MouseEvent, segment: SegmentJson, from: number): void {
  selected.value = segment.segment_id
  if (playing.peek()) return
  const { left } = (event.currentTarget as HTMLElement).getBoundingClientRect()
  // A press by keyboard has no position.
  const inside = event.detail === 0 ? 0 : Math.max(0, (event.clientX - left) / scale.peek())
  seek(from + Math.min(inside, segment.length - 0.01))
}

function isLacking({ voice, footage }: SegmentJson): boolean {
  return voice.state === 'missing' || footage.state === 'missing'
}

function isMaking({ voice, footage }: SegmentJson): boolean {
  return voice.state === 'making' || footage.state === 'making'
}

/** What a screen reader says about the block. */
function labelOf(segment: SegmentJson, index: number, length: number): string {
  const { timeline } = words
  const more = [
    segment.open_notes > 0 && timeline.notes(segment.open_notes),
    segment.proposal && timeline.suggestion,
    isLacking(segment) && timeline.lacking,
    isMaking(segment) && timeline.making,
  ]
  const count = draft.peek()?.segments.length ?? 0
  return [timeline.block(index + 1, count), seconds(length), ...more, segment.text]
    .filter((each) => each !== false && each !== null)
    .join(', ')
}
