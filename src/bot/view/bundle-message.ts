import type { BundleView, DraftView } from '../../core/model/read-models.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import { megabytes } from './megabytes.ts'
import type { Block, FileRef, Inline, MessageView } from './types.ts'

/** Steps in which progress is shown: each costs an edit of a message. */
const STEPS = 5

export interface BundleSent {
  /** Null where it cannot be sent. */
  file: FileRef | null
  /** Bytes of the largest file that may be sent there; 0 where none may. */
  limit: number
  /** The draft's page in the studio; null where there is none. */
  studio: string | null
}

/** The message about the files of a video for editing programs. */
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
  // It was posted as a message that is gone since, and cleaned away.
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
