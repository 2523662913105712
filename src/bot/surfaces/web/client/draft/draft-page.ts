import { html } from 'htm/preact'
import { History } from '../history/history.ts'
import { Panel } from '../panel/panel.ts'
import { Player } from '../player/player.ts'
import { words } from '../words.ts'

/** Everything about one draft. */
export function DraftPage({ draftId }: { draftId: string }) {
  return html`<main class="draft-page">
    <h1>${words.untitled} ${draftId}</h1>
    <${Player} /><${Panel} /><${History} />
  </main>`
}
