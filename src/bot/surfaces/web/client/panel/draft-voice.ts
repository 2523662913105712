import { html } from 'htm/preact'
import { ask, canEdit } from '../changes.ts'
import { draft } from '../state.ts'
import { shared, words } from '../words.ts'
import { kept } from './kept.ts'
import { Problem } from './problem.ts'
import { clear, doingAt, run } from './requests.ts'

const AT = 'draft-voice'
/** Multiple of the normal rate, as in `LIMITS`. */
const SPEED = { min: 0.5, max: 2, step: 0.05 }

/** The voice and speed of the whole draft; a change records all segments again. */
export function DraftVoice() {
  const now = draft.value
  if (!now) return null
  const said = words.panel.voice
  const voice = kept(`rushes.voice.${now.draft_id}`)
  const speed = kept(`rushes.speed.${now.draft_id}`)
  const shownVoice = voice.value ?? now.voice ?? ''
  const shownSpeed = speed.value ?? String(now.voice_speed)
  const isChanged = shownVoice !== (now.voice ?? '') || Number(shownSpeed) !== now.voice_speed
  const save = (event: Event) => {
    event.preventDefault()
    void run(AT, async () => {
      const body = { voice: shownVoice, voice_speed: Number(shownSpeed), version: now.version }
      await ask('PATCH', '', body)
      voice.value = null
      speed.value = null
    })
  }
  const typed = (into: typeof voice) => (event: Event) => {
    clear(AT)
    into.value = (event.target as HTMLInputElement).value
  }
  return html`<form class="panel-whole" onSubmit=${save} aria-label=${said.ofDraft}>
    <h2>${said.ofDraft}</h2>
    <div class="panel-pair">
      <label class="field">${said.name}
        <input type="text" maxlength="100" value=${shownVoice} placeholder=${said.default} readonly=${!canEdit.value} onInput=${typed(voice)} />
      </label>
      <label class="field">${said.speed(Number(shownSpeed))}
        <input
          type="range" min=${SPEED.min} max=${SPEED.max} step=${SPEED.step} value=${shownSpeed} disabled=${!canEdit.value}
          onInput=${typed(speed)}
        />
      </label>
    </div>
    <p class="hint">${said.ofDraftHint}</p>
    <${Problem} at=${AT} />
    ${canEdit.value && html`<div class="actions"><button type="submit" disabled=${!isChanged || doingAt(AT).isBusy}>${shared.form.save}</button></div>`}
  </form>`
}
