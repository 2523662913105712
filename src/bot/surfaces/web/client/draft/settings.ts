import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { DraftJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { Choice } from '../fields.ts'
import { sayError, sentenceOf } from '../say.ts'
import { Refusal } from '../send.ts'
import { draft } from '../state.ts'
import { shared, words } from '../words.ts'

/** The draft as it was when the form was opened, a copy each time; null while it is closed. */
const opened = signal<DraftJson | null>(null)
const refusal = signal('')
/** Who changed the settings in the meantime; null if nobody did. */
const overtaken = signal<string | null>(null)
const isBusy = signal(false)

export function openSettings(): void {
  refusal.value = ''
  overtaken.value = null
  const now = draft.peek()
  opened.value = now && { ...now }
}

/**
 * The form for the draft's settings. The fields have `defaultValue`: with `value`, Preact would put back the draft's values
 * whenever it renders, for example after a refusal.
 */
export function SettingsDialog() {
  const { value } = opened
  const { form, buttons } = shared
  const close = () => {
    opened.value = null
  }
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!value) return
    const change = changeOf(new FormData(event.currentTarget as HTMLFormElement))
    // A second press means the reader has seen who was faster and wants their own version.
    const version = overtaken.peek() === null ? value.version : draft.peek()?.version
    const isStillOpen = () => opened.peek() === value
    isBusy.value = true
    try {
      const { data } = await ask<{ data: DraftJson }>('PATCH', '', { ...change, version })
      // If the reader reopens the form at once, their own change must not count as someone else's.
      const before = draft.peek()
      if (before) draft.value = { ...data, segments: before.segments }
      if (isStillOpen()) close()
    } catch (error) {
      if (!isStillOpen()) return sayError(error)
      refusal.value = sentenceOf(error)
      if (error instanceof Refusal && error.code === 'stale')
        overtaken.value = String(error.problem.changed_by ?? '')
    } finally {
      isBusy.value = false
    }
  }
  return html`<${Dialog} isOpen=${value !== null} title=${buttons.settings} onClose=${close}>
    ${
      value &&
      html`<form class="fields" onSubmit=${save}>
      <div class="field"><label for="settings-title">${form.title}</label>
        <input id="settings-title" name="title" required maxlength="100" defaultValue=${value.title} /></div>
      <div class="field"><label for="settings-description">${form.description}</label>
        <textarea id="settings-description" name="description" maxlength="2000">${value.description}</textarea></div>
      <div class="field"><label for="settings-tags">${form.tags}</label>
        <input id="settings-tags" name="tags" defaultValue=${value.tags.join(', ')} aria-describedby="settings-tags-hint" />
        <p class="hint" id="settings-tags-hint">${words.draft.tagsHint}</p></div>
      <${Choice} id="settings-template" name="template" label=${form.template} value=${value.template} choices=${shared.template} />
      <div class="two">
        <${Choice} id="settings-mood" name="mood" label=${form.music} value=${value.music.enabled ? value.music.mood : ''}
          choices=${{ '': words.draft.noMusic, ...shared.mood }} />
        <div class="field"><label for="settings-volume">${form.volume}</label>
          <input id="settings-volume" name="volume" type="number" min="0" max="100" defaultValue=${Math.round(value.music.volume * 100)}
            aria-describedby="settings-volume-hint" />
          <p class="hint" id="settings-volume-hint">${words.draft.percentHint}</p></div>
      </div>
      ${
        value.upload_after &&
        html`<${Choice} id="settings-upload" name="upload" label=${value.upload_after.label} value=${value.upload_after.value ?? ''}
          choices=${Object.fromEntries(value.upload_after.choices.map((each) => [each.value ?? '', each.label]))} />`
      }
      <p class="refusal" role="alert">${refusal.value}</p>
      <div class="actions">
        <button type="button" onClick=${close}>
          ${overtaken.value === null ? buttons.cancel : words.conflict.keep(overtaken.value)}</button>
        <button type="submit" class="primary" disabled=${isBusy.value}>
          ${overtaken.value === null ? form.save : buttons.applyMine}</button>
      </div>
    </form>`
    }
  </${Dialog}>`
}

function changeOf(values: FormData): Record<string, unknown> {
  const text = (name: string) => String(values.get(name) ?? '')
  const mood = text('mood')
  return {
    ...{ title: text('title'), description: text('description'), template: text('template') },
    tags: text('tags')
      .split(/[,\n]/)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    ...(values.has('upload') && { upload: text('upload') || null }),
    music: { enabled: mood !== '', ...(mood !== '' && { mood }), volume: Number(text('volume')) / 100 },
  }
}
