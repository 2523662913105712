import { useSignal } from '@preact/signals'
import { html } from 'htm/preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { canEdit } from '../changes.ts'
import { selected } from '../state.ts'
import { words } from '../words.ts'
import { Block } from './block.ts'
import { sortBlocks } from './drag.ts'
import { dropBack, lifted, moveByKey, shown } from './order.ts'
import { Playhead, Ruler } from './ruler.ts'
import { scale, total, width } from './scale.ts'
import { Tools } from './tools.ts'

/** The whole film, with segments drawn to scale. */
export function Timeline() {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  /** The block that last had the focus; Tab leads to it. */
  const current = useSignal<number | null>(null)
  useWidth(scroller)
  useSorting(list)
  useKeptFocus(list, current)
  const spans = shown.value
  const ids = spans.map(({ segment }) => segment.segment_id)
  const reachable = [current.value, selected.value].find((id) => id !== null && ids.includes(id)) ?? ids[0]
  const mayEdit = canEdit.value
  return html`<section class="timeline card" aria-labelledby="timeline-title">
    <h2 class="unseen" id="timeline-title">${words.timeline.title}</h2>
    <p class="unseen" id="timeline-help">${mayEdit ? words.timeline.help : words.timeline.helpToRead}</p>
    <${Tools} />
    <div class="timeline-scroll" ref=${scroller}>
      <div class="track" style=${{ width: `${total.value * scale.value}px` }}>
        <${Ruler} />
        <ol class="blocks" ref=${list} onKeyDown=${(event: KeyboardEvent) => press(event, list.current)}
          onFocusIn=${({ target }: FocusEvent) => {
            current.value = segmentOf(target)
          }}
          onFocusOut=${({ relatedTarget }: FocusEvent) => {
            if (lifted.peek() && relatedTarget instanceof Element && !list.current?.contains(relatedTarget))
              dropBack()
          }}>
          ${spans.map(
            (
              { segment, from },
              index,
            ) => html`<${Block} key=${segment.segment_id} segment=${segment} index=${index}
              from=${from} isCurrent=${segment.segment_id === reachable} canEdit=${mayEdit} />`,
          )}
        </ol>
        <${Playhead} scroller=${scroller} />
      </div>
    </div>
  </section>`
}

function segmentOf(target: EventTarget | null): number | null {
  const block = target instanceof Element ? target.closest<HTMLElement>('.block') : null
  return block ? Number(block.dataset.segment) : null
}

/** Arrow keys move between blocks, or move the lifted block. */
function press(event: KeyboardEvent, list: HTMLElement | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const id = segmentOf(event.target)
  const index = shown.peek().findIndex(({ segment }) => segment.segment_id === id)
  const segment = shown.peek()[index]?.segment
  if (!segment || !list) return
  if (moveByKey(event.key, segment)) {
    event.preventDefault()
    return
  }
  const last = shown.peek().length - 1
  const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key]
  if (to === undefined) return
  event.preventDefault()
  focusBlock(list, shown.peek()[Math.min(last, Math.max(0, to))]?.segment.segment_id)
}

function focusBlock(list: HTMLElement, id: number | undefined | null): void {
  const block = list.querySelector<HTMLElement>(`[data-segment="${id}"] .block-main`)
  block?.focus({ preventScroll: true })
  block?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Restores the focus, which browsers take from elements that are moved in the page, such as a segment being moved. */
function useKeptFocus(
  list: { current: HTMLElement | null },
  current: { value: number | null; peek(): number | null },
) {
  const before = useRef<number[]>([])
  const had = useRef(false)
  const ids = shown.value.map(({ segment }) => segment.segment_id)
  // During rendering, the page is still in its previous state.
  had.current = list.current?.contains(document.activeElement) ?? false
  useLayoutEffect(() => {
    const id = current.peek()
    if (had.current && list.current && !list.current.contains(document.activeElement) && id !== null) {
      const place = before.current.indexOf(id)
      const next = ids.includes(id) ? id : ids[Math.min(Math.max(0, place), ids.length - 1)]
      focusBlock(list.current, next)
    }
    before.current = ids
  })
}

function useWidth(scroller: { current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const { current } = scroller
    if (!current) return
    width.value = current.clientWidth
    const observer = new ResizeObserver(() => {
      width.value = current.clientWidth
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
}

function useSorting(list: { current: HTMLElement | null }): void {
  const sorting = useRef<ReturnType<typeof sortBlocks> | null>(null)
  useEffect(() => {
    if (!list.current) return
    sorting.current = sortBlocks(list.current)
    return () => sorting.current?.end()
  }, [])
  const isDisabled = !canEdit.value
  useEffect(() => sorting.current?.setDisabled(isDisabled), [isDisabled])
}
