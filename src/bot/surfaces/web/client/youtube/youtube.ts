import { html } from 'htm/preact'
import type { DraftJson, UploadJson } from '../../draft-json.ts'
import { Problem } from '../panel/problem.ts'
import { doingAt, run } from '../panel/requests.ts'
import { language, shared, words } from '../words.ts'
import { askPublic } from './publish.ts'
import { cancelUpload, openDetails, openUpload } from './upload-dialog.ts'

/** The finished video on YouTube: the upload, its progress, and editing or publishing the video there. */
export function YouTube({ draft }: { draft: DraftJson }) {
  const { video, rights, status } = draft
  if (!video) return null
  const { youtube, youtube_url: link } = video
  const { upload } = youtube
  const isOpen = status === 'finalized' && rights.render
  // Only the link is known: it was uploaded by an earlier version or with other settings.
  const only = upload === null && link !== null
  if (!upload && !isOpen && !only) return null
  return html`<section class="youtube" aria-labelledby="youtube-title" id="youtube" tabindex="-1">
    <h3 class="label" id="youtube-title">YouTube</h3>
    ${upload && html`<${State} upload=${upload} mayChange=${rights.render} />`}
    ${only && html`<p><a class="button" href=${link} target="_blank" rel="noreferrer">${shared.upload.watch}</a></p>`}
    ${isOpen && !only && mayBegin(upload) && html`<${Begin} youtube=${youtube} />`}
    ${rights.render && saysWhy(draft, youtube) && html`<p class="hint youtube-why">${youtube.why_not}</p>`}
  </section>`
}

type OfVideo = NonNullable<DraftJson['video']>['youtube']

/** Whether to show why nothing can be uploaded or changed: only once, and not during an upload. */
function saysWhy({ status }: DraftJson, { why_not, upload }: OfVideo): boolean {
  if (why_not === null || isGoing(upload)) return false
  return upload === null ? status === 'finalized' : !upload.status_text.includes(why_not)
}

function isGoing(upload: UploadJson | null): boolean {
  return upload?.url === null && (upload.job.state === 'queued' || upload.job.state === 'running')
}

/** A failed or cancelled upload can be tried again. */
function mayBegin(upload: UploadJson | null): boolean {
  return upload === null || (upload.url === null && !isGoing(upload))
}

function Begin({ youtube: { channel, why_not } }: { youtube: OfVideo }) {
  if (channel === null || why_not !== null) return null
  return html`<div class="youtube-begin">
    <button type="button" class="primary" onClick=${openUpload}>${shared.upload.form}</button>
    <p class="hint">${words.youtube.to(channel)}</p>
  </div>`
}

function State({ upload, mayChange }: { upload: UploadJson; mayChange: boolean }) {
  if (upload.url !== null) return html`<${OnYouTube} upload=${upload} mayChange=${mayChange} />`
  if (isGoing(upload)) return html`<${Going} upload=${upload} mayChange=${mayChange} />`
  const isFailed = upload.job.state === 'failed'
  return html`<p class=${isFailed ? 'youtube-failed' : 'hint'} role=${isFailed ? 'alert' : 'status'}>${upload.status_text}</p>`
}

function Going({ upload: { job, status_text }, mayChange }: { upload: UploadJson; mayChange: boolean }) {
  const percent = Math.floor(job.progress * 100)
  const place = 'youtube:cancel'
  return html`<p class="small" role="status">${status_text}</p>
    <div class="youtube-going">
      <progress max="100" value=${percent} aria-label=${words.youtube.uploading(percent)}></progress>
      <span class="small muted" aria-hidden="true">${words.draft.percent(percent)}</span>
    </div>
    ${
      mayChange &&
      html`<div class="actions"><button type="button" class="danger" disabled=${doingAt(place).isBusy}
        onClick=${() => run(place, cancelUpload)}>${shared.upload.cancel}</button></div>`
    }
    <${Problem} at=${place} />`
}

function OnYouTube({ upload, mayChange }: { upload: UploadJson; mayChange: boolean }) {
  const { url, privacy, publish_at, notes, status_text } = upload
  const place = 'youtube:details'
  // `aria-disabled`, because a disabled button would lose the focus, and the dialog couldn't give it back when closed.
  return html`<p class="facts">
      <span class=${privacy === 'public' ? 'chip good' : 'chip'}>${status_text}</span>
      ${publish_at !== null && html`<span>${words.youtube.publicFrom(moment(publish_at))}</span>`}
    </p>
    ${notes.map((note) => html`<p class="hint" key=${note}>${note}</p>`)}
    <div class="actions">
      <a class="button" href=${url} target="_blank" rel="noreferrer">${shared.upload.watch}</a>
      ${
        mayChange &&
        html`${privacy !== 'public' && html`<button type="button" onClick=${() => askPublic(upload)}>${shared.upload.publish}</button>`}
        <button type="button" aria-disabled=${doingAt(place).isBusy} onClick=${() => run(place, () => openDetails(upload))}>
          ${doingAt(place).isBusy ? words.youtube.opening : shared.upload.details}</button>`
      }
    </div>
    <${Problem} at=${place} />`
}

/** A moment in the reader's time zone. */
function moment(iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}
