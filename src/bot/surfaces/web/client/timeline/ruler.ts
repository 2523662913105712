import { useSignalEffect } from '@preact/signals'
import { html } from 'htm/preact'
import { useRef } from 'preact/hooks'
import { playhead, playing, seek } from '../state.ts'
import { clockTime, words } from '../words.ts'
import { filmLength, markEvery, scale, total } from './scale.ts'

/** The times above the blocks; clicking or dragging moves the player there. */
export function Ruler() {
  const every = markEvery.value
  const marks = Array.from({ length: Math.floor(total.value / every) + 1 }, (_, index) => index * every)
  return html`<div class="ruler" aria-hidden="true" onPointerDown=${scrub}>
    ${marks.map((at) => html`<span class="mark" key=${at} style=${{ left: `${at * scale.value}px` }}>${clockTime(at)}</span>`)}
  </div>`
}

/** Step per key, in seconds. */
const STEPS: Record<string, number> = { ArrowLeft: -0.5, ArrowRight: 0.5, PageUp: 5, PageDown: -5 }

/** The player's position. It moves without rendering anything else again. */
export function Playhead({ scroller }: { scroller: { current: HTMLElement | null } }) {
  const root = useRef<HTMLDivElement>(null)
  useSignalEffect(() => {
    const { current } = root
    if (!current) return
    const x = playhead.value * scale.value
    current.style.transform = `translateX(${x}px)`
    current.setAttribute('aria-valuenow', playhead.value.toFixed(1))
    current.setAttribute(
      'aria-valuetext',
      words.timeline.moment(clockTime(playhead.value), clockTime(filmLength.value)),
    )
    if (playing.value && scroller.current) follow(scroller.current, x)
  })
  return html`<div class="playhead" ref=${root} role="slider" tabindex="0" aria-label=${words.timeline.playhead}
    aria-valuemin="0" aria-valuemax=${total.value.toFixed(1)} aria-valuenow="0"
    onPointerDown=${scrub}
    onKeyDown=${(event: KeyboardEvent) => {
      const to =
        { Home: 0, End: total.peek() }[event.key] ?? playhead.peek() + (STEPS[event.key] ?? Number.NaN)
      if (Number.isNaN(to)) return
      event.preventDefault()
      seek(Math.min(total.peek(), Math.max(0, to)))
    }}></div>`
}

/** Keeps the playing moment visible, a screen at a time: constantly moving text can't be read. */
function follow(scroller: HTMLElement, x: number): void {
  const { scrollLeft, clientWidth } = scroller
  if (x < scrollLeft || x > scrollLeft + clientWidth - 24)
    scroller.scrollLeft = Math.max(0, x - clientWidth * 0.15)
}

function scrub(event: PointerEvent): void {
  if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
  const { currentTarget: area } = event
  const track = area.closest('.track')
  if (!track) return
  const go = ({ clientX }: PointerEvent) => {
    const at = (clientX - track.getBoundingClientRect().left) / scale.peek()
    seek(Math.min(total.peek(), Math.max(0, at)))
  }
  const end = () => {
    area.removeEventListener('pointermove', go)
    area.removeEventListener('pointerup', end)
    area.removeEventListener('pointercancel', end)
  }
  area.setPointerCapture(event.pointerId)
  area.addEventListener('pointermove', go)
  area.addEventListener('pointerup', end)
  area.addEventListener('pointercancel', end)
  go(event)
}
