import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { DraftJson, JobJson } from '../../draft-json.ts'
import { canEdit, deleteDraft, makeEditingFiles } from '../changes.ts'
import { Dialog } from '../dialog.ts'
import { icon } from '../icons.ts'
import { Approvals } from '../panel/approvals.ts'
import { DraftVoice } from '../panel/draft-voice.ts'
import { draft } from '../state.ts'
import { languageName, shared, words } from '../words.ts'
import { YouTube } from '../youtube/youtube.ts'
import { openSettings } from './settings.ts'

/** The tab about the whole draft: its film, approvals, details and voice. */
export function About() {
  const { value } = draft
  if (!value) return null
  return html`<div class="about">
    <${Film} draft=${value} />
    <${Approvals} />
    <${Details} draft=${value} />
    <${DraftVoice} />
    <div class="actions about-actions">
      ${value.thread_url && html`<a class="button" href=${value.thread_url} target="_blank" rel="noreferrer">${words.draft.thread}</a>`}
      ${canEdit.value && html`<button type="button" onClick=${openSettings}>${shared.buttons.settings}</button>`}
      ${value.rights.delete && html`<${Delete} draft=${value} />`}
    </div>
  </div>`
}

/** The finished video and its downloads. */
function Film({ draft: value }: { draft: DraftJson }) {
  const { video, status, format, rights } = value
  if (!video) return null
  const isCurrent = status === 'finalized'
  const files = [
    ...[
      [video.url, words.draft.video, 'mp4'] as const,
      [video.srt_url, words.draft.subtitles, 'srt'] as const,
    ],
    ...[
      [video.vtt_url, words.draft.webSubtitles, 'vtt'] as const,
      [video.poster_url, words.draft.poster, 'jpg'] as const,
    ],
    [video.bundle_url, words.draft.editingFiles, 'zip'] as const,
  ]
  return html`<section class="film" aria-labelledby="film-title">
    <h2 id="film-title">${isCurrent ? words.draft.finished : words.draft.older}</h2>
    <video controls preload="none" playsinline data-format=${format} src=${video.url} poster=${video.poster_url}>
      ${video.vtt_url && html`<track kind="captions" src=${video.vtt_url} srclang=${value.language} label=${words.draft.webSubtitles} />`}
    </video>
    ${isCurrent && html`<p class="hint">${words.draft.finishedHint}</p>`}
    <h3 class="label">${words.draft.downloads}</h3>
    <ul class="downloads">
      ${files.map(
        ([url, label, ending]) =>
          url &&
          html`<li key=${ending}>
        <a class="button" href=${url} download=${fileName(ending)}>${icon('download')}${label}</a>
      </li>`,
      )}
    </ul>
    ${isCurrent && rights.write && video.bundle_url === null && html`<${EditingFiles} job=${video.bundle} />`}
    <${YouTube} draft=${value} />
  </section>`
}

/** The files for editing programs, which are made on request and take a while. */
function EditingFiles({ job }: { job: JobJson | null }) {
  const isMaking = job?.state === 'queued' || job?.state === 'running'
  return html`<div class="editing-files">
    ${isMaking && html`<p class="hint" role="status">${words.draft.makingEditingFiles}</p>`}
    ${job?.state === 'failed' && html`<p class="hint">${job.error}</p>`}
    ${!isMaking && html`<button type="button" onClick=${makeEditingFiles}>${words.draft.makeEditingFiles}</button>`}
  </div>`
}

/** A file name without the characters that operating systems don't allow. */
function fileName(ending: string): string {
  const title = (draft.peek()?.title || 'video').replaceAll(/[\p{C}\\/:*?"<>|]+/gu, ' ').trim()
  return `${title || 'video'}.${ending}`
}

function Details({ draft: value }: { draft: DraftJson }) {
  const { form } = shared
  const { music } = value
  const nameOf = (names: Record<string, string>, id: string) => names[id] ?? id
  const volume = Math.round(music.volume * 100)
  const rows: [string, string][] = [
    [form.topic, value.topic],
    [form.description, value.description],
    [form.tags, value.tags.map((each) => `#${each}`).join(' ')],
    [form.format, shared.format[value.format]],
    [form.language, languageName(value.language)],
    [form.template, nameOf(shared.template, value.template)],
    [
      form.music,
      music.enabled ? words.draft.music(nameOf(shared.mood, music.mood), volume) : words.draft.noMusic,
    ],
    [form.style, value.style ?? ''],
    [words.draft.author, value.author || words.someone],
  ]
  return html`<section aria-labelledby="details-title">
    <h2 id="details-title">${words.draft.details}</h2>
    <dl class="details">
      ${rows.filter(([, text]) => text !== '').map(([name, text]) => html`<div key=${name}><dt>${name}</dt><dd>${text}</dd></div>`)}
    </dl>
  </section>`
}

const asksToDelete = signal(false)

function Delete({ draft: value }: { draft: DraftJson }) {
  const { buttons } = shared
  const close = () => {
    asksToDelete.value = false
  }
  const open = () => {
    asksToDelete.value = true
  }
  return html`<button type="button" class="danger" onClick=${open}>${buttons.delete}</button>
    <${Dialog} isOpen=${asksToDelete.value} title=${buttons.delete} onClose=${close}>
      <p>${words.draft.askDelete(value.title || value.topic || words.untitled)}</p>
      <div class="actions">
        <button type="button" onClick=${close}>${buttons.keep}</button>
        <button type="button" class="danger" onClick=${() => {
          close()
          void deleteDraft()
        }}>${buttons.reallyDelete}</button>
      </div>
    </${Dialog}>`
}
