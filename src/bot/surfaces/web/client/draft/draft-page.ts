import { useSignalEffect } from '@preact/signals'
import { html } from 'htm/preact'
import { useEffect } from 'preact/hooks'
import { followDraft, gone } from '../live.ts'
import { Player } from '../player/player.ts'
import { draft, online } from '../state.ts'
import { InsertDialog } from '../timeline/insert.ts'
import { Timeline } from '../timeline/timeline.ts'
import { words } from '../words.ts'
import { PublishDialog } from '../youtube/publish.ts'
import { UploadDialog } from '../youtube/upload-dialog.ts'
import { Coming } from './coming.ts'
import { ConflictDialog, PlaceholdersDialog } from './dialogs.ts'
import { Header } from './header.ts'
import { useStepKeys } from './keys.ts'
import { SettingsDialog } from './settings.ts'
import { Side } from './side.ts'

/** The page of one draft. */
export function DraftPage({ draftId }: { draftId: string }) {
  useEffect(() => followDraft(draftId), [draftId])
  useStepKeys()
  useSignalEffect(() => {
    document.title = draft.value?.title ? `${draft.value.title} – Rushes` : 'Rushes'
  })
  if (gone.value !== null) {
    const why = gone.value === 'missing' ? words.missing : words.signedOut
    return html`<main class="empty"><h1>${why}</h1><p><a class="button" href="/">${words.toDrafts}</a></p></main>`
  }
  const { value } = draft
  if (!value)
    return html`<main class="empty"><p class="muted">${online.value ? words.loading : words.unreachable}</p></main>`
  // Screen readers announce only what appears in elements that were there before, so both stay when there is nothing to say.
  return html`<div class="draft-page">
    <a class="skip button" href="#timeline">${words.skip}</a>
    <${Header} />
    <div class="offline" role="status">${online.value ? '' : html`<p>${words.offline}</p>`}</div>
    <div class="expiring" role="status">${value.expiry_text !== null && html`<p>${value.expiry_text}</p>`}</div>
    ${value.status === 'creating' ? html`<${Coming} draft=${value} />` : html`<${Work} />`}
  </div>`
}

function Work() {
  return html`<main class="work">
      <div class="stage card"><${Player} /></div>
      <${Side} />
      <div class="work-timeline" id="timeline" tabindex="-1"><${Timeline} /></div>
    </main>
    <${InsertDialog} /><${ConflictDialog} /><${PlaceholdersDialog} /><${SettingsDialog} />
    <${UploadDialog} /><${PublishDialog} />`
}
