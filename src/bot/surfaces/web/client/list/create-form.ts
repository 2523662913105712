import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { DraftJson } from '../../draft-json.ts'
import { Choice } from '../fields.ts'
import { sentenceOf } from '../say.ts'
import { send } from '../send.ts'
import { clockTime, language, languageName, seconds, shared, words } from '../words.ts'

const isScript = signal(false)
const isBusy = signal(false)
const refusal = signal('')

/** Common film lengths in seconds. */
const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 300]
const USUAL = 30
const FORMATS = ['shorts', 'landscape', 'square'] as const
/** The languages that the server accepts. */
const LANGUAGES = [
  ...['en', 'ko', 'es', 'fr', 'de', 'pt', 'it', 'nl', 'pl'],
  ...['cs', 'sv', 'tr', 'ru', 'uk', 'el', 'vi', 'id'],
]

/** The form that creates a draft. A topic is enough, and even that can be left to Rushes. */
export function CreateForm() {
  const { form } = shared
  const { list } = words
  return html`<form class="create-form fields" onSubmit=${create}>
    <fieldset class="switch">
      <legend class="unseen">${list.about}</legend>
      ${[false, true].map(
        (each) => html`<label key=${each}>
        <input type="radio" name="source" checked=${isScript.value === each} onChange=${() => {
          isScript.value = each
        }} /><span>${each ? list.fromScript : list.fromTopic}</span>
      </label>`,
      )}
    </fieldset>
    ${
      isScript.value
        ? html`<div class="field" key="script"><label for="create-script">${form.script}</label>
          <textarea id="create-script" name="script" required maxlength="20000" rows="6" placeholder=${list.scriptExample}></textarea></div>`
        : html`<div class="field" key="topic"><label for="create-topic">${form.topic}</label>
          <input id="create-topic" class="large" name="topic" maxlength="200" placeholder=${list.topicExample}
            autocomplete="off" aria-describedby="create-topic-hint" />
          <p class="hint" id="create-topic-hint">${form.topicHint}</p></div>`
    }
    <div class="create-row">
      <fieldset class="shapes">
        <legend class="label">${form.format}</legend>
        ${FORMATS.map(
          (each) => html`<label key=${each}>
          <input type="radio" name="format" value=${each} defaultChecked=${each === 'shorts'} />
          <span class="shape" data-format=${each}></span><span>${shared.format[each]}</span>
        </label>`,
        )}
      </fieldset>
      ${!isScript.value && html`<${Choice} id="create-length" name="duration" label=${form.targetDuration} value=${String(USUAL)} choices=${lengths()} />`}
      <${Choice} id="create-language" name="language" label=${form.language} value="" choices=${languages()} />
    </div>
    <details>
      <summary>${list.more}</summary>
      <div class="create-more">
        <${Choice} id="create-template" name="template" label=${form.template} value="clean" choices=${shared.template} />
        <${Choice} id="create-mood" name="mood" label=${form.music} value="calm" choices=${{ ...shared.mood, '': list.noMusic }} />
        ${!isScript.value && field('style', form.style, list.styleHint, 200)}
        ${field('voice', list.voice, list.voiceHint, 100)}
      </div>
    </details>
    <p class="refusal" role="alert">${refusal.value}</p>
    <div class="actions">
      <button type="submit" class="primary large" disabled=${isBusy.value}>${isBusy.value ? list.creating : list.create}</button>
    </div>
  </form>`
}

function field(name: string, label: string, hint: string, most: number) {
  return html`<div class="field"><label for=${`create-${name}`}>${label}</label>
    <input id=${`create-${name}`} name=${name} maxlength=${most} aria-describedby=${`create-${name}-hint`} />
    <p class="hint" id=${`create-${name}-hint`}>${hint}</p></div>`
}

/** Objects always put numeric keys first, in ascending order, which is right here: from shortest to longest. */
function lengths(): Record<string, string> {
  return Object.fromEntries(LENGTHS.map((each) => [each, each < 60 ? seconds(each) : clockTime(each)]))
}

function languages(): Record<string, string> {
  const named = LANGUAGES.map((code) => [code, languageName(code)] as const)
  named.sort(([, one], [, other]) => one.localeCompare(other, language))
  return { '': shared.form.auto, ...Object.fromEntries(named) }
}

async function create(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  const values = new FormData(event.currentTarget as HTMLFormElement)
  const text = (name: string) => String(values.get(name) ?? '').trim() || null
  const mood = text('mood')
  isBusy.value = true
  refusal.value = ''
  try {
    const { draft_id } = await send<DraftJson>('POST', '/api/draft/create', {
      ...{ topic: text('topic'), script: text('script'), format: text('format'), style: text('style') },
      ...{ language: text('language'), template: text('template'), voice: text('voice') },
      duration: Number(text('duration') ?? USUAL),
      bgm_settings: { enabled: mood !== null, mood },
    })
    location.assign(`/draft/${encodeURIComponent(draft_id)}`)
  } catch (error) {
    refusal.value = sentenceOf(error)
    isBusy.value = false
  }
}

// Someone who returns with the browser's back button finds the form as they left it.
addEventListener('pageshow', () => {
  isBusy.value = false
})
