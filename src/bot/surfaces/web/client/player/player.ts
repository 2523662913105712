import { computed } from '@preact/signals'
import { html } from 'htm/preact'
import { useEffect, useRef } from 'preact/hooks'
import { draft, playhead, playing, seek, spans } from '../state.ts'
import { clockTime, shared, words } from '../words.ts'
import { runPlayer, soundFailed, waiting } from './engine.ts'
import { makingFailed, tryAgain } from './make.ts'
import { lengthOf, partsOf } from './parts.ts'
import { setVolume, volume } from './volume.ts'

const length = computed(() => lengthOf(partsOf(spans.value, draft.value?.length ?? 0)))
/** The narration at the current moment. */
const text = computed(() => {
  const now = spans.value.find(({ to }) => playhead.value < to) ?? spans.value.at(-1)
  return now?.segment.text ?? ''
})

/** Step of the slider's arrow keys, in seconds. */
const STEP = 0.1

/** Plays the whole draft as it is now, from the clips and the sound that already exist. */
export function Player() {
  const stage = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLElement>(null)
  useEffect(() => (stage.current ? runPlayer(stage.current) : undefined), [])
  useEffect(() => {
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
  const said = words.panel.player
  return html`<section class="player" ref=${frame} aria-label=${said.title}>
    <div class="player-stage" data-format=${draft.value?.format ?? 'landscape'} onClick=${toggle}>
      <div class="player-pictures" ref=${stage}></div>
      <p class="player-words" aria-hidden="true">${text}</p>
    </div>
    <p class="unseen" aria-live=${playing.value ? 'off' : 'polite'}>${text}</p>
    <div class="player-controls">
      <button
        type="button" class="icon player-toggle" onClick=${toggle} disabled=${length.value === 0}
        aria-label=${playing.value ? said.pause : said.play}
      >${playing.value ? PAUSE : PLAY}</button>
      <${Position} />
      <input
        class="player-volume" type="range" min="0" max="1" step="0.05" aria-label=${said.volume}
        value=${volume.value} onInput=${(event: Event) => setVolume(numberOf(event))}
      />
      <button
        type="button" class="icon quiet" aria-label=${said.fullScreen}
        onClick=${() => void fullScreen(frame.current)}
      >${WHOLE}</button>
    </div>
    <p class="player-note small muted" role="status">
      ${makingFailed.value ?? noteText()}
      ${makingFailed.value && html` <button type="button" onClick=${tryAgain}>${shared.buttons.retry}</button>`}
    </p>
  </section>`
}

/** A separate component, because it is rendered on every frame. */
function Position() {
  const shown = `${clockTime(playhead.value)} / ${clockTime(length.value)}`
  return html`<input
      class="player-seek" type="range" min="0" max=${length.value} step=${STEP}
      aria-label=${words.panel.player.seek} aria-valuetext=${shown} value=${playhead.value}
      onInput=${(event: Event) => seek(numberOf(event))}
    /><span class="player-time small" aria-hidden="true">${shown}</span>`
}

/** Says what is still being made, so that nobody takes a still for the film. */
function noteText(): string {
  const said = words.panel.player
  if (soundFailed.value) return said.soundFailed
  if (waiting.value) return said.waiting
  const segments = draft.value?.segments ?? []
  if (segments.some(({ clip_url }) => clip_url === null)) return said.making
  return segments.length > 0 && draft.value?.sound_url === null ? said.voicesOnly : ''
}

function toggle(): void {
  if (length.value > 0) playing.value = !playing.value
}

function pressed(event: KeyboardEvent): void {
  if (event.key !== ' ' || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
  if (takesSpace(event.target)) return
  event.preventDefault()
  if (!event.repeat) toggle()
}

/** Elements in which the space bar has its own meaning. */
const TAKES_SPACE =
  'input:not([type=range]), textarea, select, button, a, summary, dialog, [role=button], [role=option], [contenteditable]'

function takesSpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TAKES_SPACE) !== null
}

function numberOf(event: Event): number {
  return Number((event.target as HTMLInputElement).value)
}

async function fullScreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await element?.requestFullscreen?.().catch(() => undefined)
}

const icon = (path: string) =>
  html`<svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d=${path} /></svg>`
const PLAY = icon('M7 4.5v15l13-7.5z')
const PAUSE = icon('M6 4.5h4v15H6zM14 4.5h4v15h-4z')
const WHOLE = icon('M4 9V4h5v2H6v3zM15 4h5v5h-2V6h-3zM4 15h2v3h3v2H4zM18 15h2v5h-5v-2h3z')
