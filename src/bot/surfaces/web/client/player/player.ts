import { computed, useComputed } from '@preact/signals'
import { html } from 'htm/preact'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../words.ts'
import { draft, playhead, playing, spans } from '../state.ts'
import { runPlayer, soundFailed, waiting } from './engine.ts'
import { clockText } from './parts.ts'
import { setVolume, volume } from './volume.ts'

const length = computed(() => spans.value.at(-1)?.to ?? 0)

/** Seconds that the arrow keys go on the slider. */
const STEP = 0.1

/** The whole draft as it is now, played from the clips and the sound that are there already. */
export function Player() {
  const stage = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLElement>(null)
  useEffect(() => (stage.current ? runPlayer(stage.current) : undefined), [])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      if (takesSpace(event.target)) return
      event.preventDefault()
      toggle()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  const said = words.value.panel.player
  const now = useComputed(() => spans.value.find(({ to }) => playhead.value < to) ?? spans.value.at(-1))
  const text = now.value?.segment.text ?? ''
  return html`<section class="player" ref=${frame} aria-label=${said.title}>
    <div class="player-stage" data-format=${draft.value?.format ?? 'landscape'} ref=${stage} onClick=${toggle}>
      <p class="player-words" aria-hidden="true">${text}</p>
    </div>
    <p class="visually-hidden" aria-live=${playing.value ? 'off' : 'polite'}>${text}</p>
    <div class="player-controls">
      <button type="button" class="player-toggle" onClick=${toggle} disabled=${length.value === 0}>
        ${playing.value ? PAUSE : PLAY}<span class="visually-hidden">${playing.value ? said.pause : said.play}</span>
      </button>
      <${Seek} label=${said.seek} />
      <input
        class="player-volume" type="range" min="0" max="1" step="0.05" aria-label=${said.volume}
        value=${volume.value} onInput=${(event: InputEvent) => setVolume(valueOf(event))}
      />
      <button type="button" class="player-whole" onClick=${() => void fullScreen(frame.current)}>
        ${WHOLE}<span class="visually-hidden">${said.fullScreen}</span>
      </button>
    </div>
    <p class="player-note" role="status">${noteOf(said)}</p>
  </section>`
}

function Seek({ label }: { label: string }) {
  const text = `${clockText(playhead.value)} / ${clockText(length.value)}`
  return html`<input
      class="player-seek" type="range" min="0" max=${length.value} step=${STEP}
      aria-label=${label} aria-valuetext=${text} value=${playhead.value}
      onInput=${(event: InputEvent) => {
        playhead.value = valueOf(event)
      }}
    /><span class="player-time" aria-hidden="true">${text}</span>`
}

/** What is still on its way is said, so that nobody takes a still for the film. */
function noteOf(said: { waiting: string; soundFailed: string; making: string; voicesOnly: string }): string {
  if (soundFailed.value) return said.soundFailed
  if (waiting.value) return said.waiting
  const segments = draft.value?.segments ?? []
  if (segments.some(({ clip_url }) => clip_url === null)) return said.making
  return segments.length > 0 && draft.value?.sound_url === null ? said.voicesOnly : ''
}

function toggle(): void {
  if (length.value > 0) playing.value = !playing.value
}

function valueOf(event: Event): number {
  return Number((event.target as HTMLInputElement).value)
}

async function fullScreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await element?.requestFullscreen().catch(() => undefined)
}

/** Where the space bar has a meaning of its own. */
function takesSpace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  return target.closest('input:not([type=range]), textarea, select, button, a, summary, [role=button], [role=option]') !== null
}

const PLAY = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 4.5v15l13-7.5z" /></svg>`
const PAUSE = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 4.5h4v15H6zM14 4.5h4v15h-4z" /></svg>`
const WHOLE = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 9V4h5v2H6v3zM15 4h5v5h-2V6h-3zM4 15h2v3h3v2H4zM18 15h2v5h-5v-2h3z" />
</svg>`
