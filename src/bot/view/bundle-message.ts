import type { BundleView, DraftView } from '../../core/model/read-models.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import { megabytes } from './megabytes.ts'
import type { Block, FileRef, Inline, MessageView } from './types.ts'

/** Progress steps; each costs a message edit. */
const STEPS = 5

export interface BundleSent {
  /** Null if it can't be sent. */
  file: FileRef | null
  /** The largest file that may be sent there, in bytes; 0 if none may. */
  limit: number
  /** The draft's page in the studio; null if there is none. */
  studio: string | null
}

/** The message about a video's files for editing programs. */
export function bundleMessage(
  { draftId, title }: Pick<DraftView, 'draftId' | 'title'>,
  bundle: BundleView,
  { file, limit, studio }: BundleSent,
  { editing, buttons, ...words }: Words,
): MessageView {
  const again: Block = {
    type: 'buttons',
    buttons: [{ action: encodeAction('bundle', draftId), label: buttons.retry, style: 'primary' }],
  }
  switch (bundle.state) {
    case 'queued':
    case 'running': {
      const fraction = Math.floor(bundle.progress * STEPS) / STEPS
      const label = editing.making
      return { summary: label, tone: 'busy', blocks: [{ type: 'progress', fraction, label }] }
    }
    case 'cancelled':
      return said(editing.stopped, 'neutral')
    case 'failed':
      return said(editing.failed(failureText({ editing, buttons, ...words }, bundle.error)), 'bad', [again])
    case 'done':
  }
  // The message it was posted in is gone, and the file was cleaned up.
  if (!file && bundle.bytes === null) return said(editing.gone, 'neutral', [again])
  const summary = editing.ready(title)
  const how = bundle.hasMusic ? editing.how : editing.howWithoutMusic
  if (file)
    return {
      summary,
      tone: 'good',
      blocks: [
        { type: 'text', text: summary },
        { type: 'note', text: how },
        { type: 'files', files: [file] },
      ],
    }
  const size = megabytes(bundle.bytes ?? 0)
  const why = limit === 0 ? editing.noFiles : editing.tooLarge(size, megabytes(limit))
  const where: Inline[] = studio
    ? [{ link: studio, label: editing.studio }]
    : [`${editing.onServer} `, { code: bundle.path ?? '' }]
  return {
    summary,
    tone: 'good',
    blocks: [
      { type: 'text', text: summary },
      { type: 'text', text: [`${why} `, ...where] },
      { type: 'note', text: how },
    ],
  }
}

function said(sentence: string, tone: MessageView['tone'], more: Block[] = []): MessageView {
  return { summary: sentence, tone, blocks: [{ type: 'text', text: sentence }, ...more] }
}
