import type { UploadView } from '../../core/model/read-models.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { encodeAction, type Verb } from './action-id.ts'
import type { Block, Button, Inline, MessageView } from './types.ts'

/** Progress steps; each costs a message edit. */
const STEPS = 5

/** The message about a video's upload: its progress, and then where the video is. */
export function uploadMessage(
  draftId: string,
  channel: string,
  upload: UploadView,
  words: Words,
): MessageView {
  const button = (verb: Verb, label: string, style?: Button['style']): Button => ({
    ...{ action: encodeAction(verb, draftId, 0, upload.onPlatform ? upload.number : 0), label },
    ...(style && { style }),
  })
  const begin = button('upload_form', words.upload.button, 'primary')
  if (upload.onPlatform) return onPlatform(upload, upload.onPlatform, words, button)
  switch (upload.state) {
    case 'queued':
    case 'running': {
      const label = words.upload.going(channel)
      const fraction = Math.floor(upload.progress * STEPS) / STEPS
      const cancel = button('cancel_upload', words.upload.cancel, 'danger')
      return view(label, 'busy', [{ type: 'progress', fraction, label }], [cancel], false)
    }
    case 'cancelled':
      return view(words.upload.cancelled, 'neutral', [], [begin])
    case 'failed':
    case 'done':
      return view(words.upload.failed(failureText(words, upload.error)), 'bad', [], [begin])
  }
}

/** What of a video on a platform is otherwise than it was asked for, and why. */
export function uploadNotes({ asked, onPlatform, troubles }: UploadView, words: Words): string[] {
  if (!onPlatform) return []
  const { privacy } = onPlatform
  return [
    ...(asked !== privacy ? [words.upload.stays(words.upload.privacy[privacy])] : []),
    ...troubles.map(({ what, error }) => words.upload.lacks[what](failureText(words, error))),
  ]
}

function onPlatform(
  upload: UploadView,
  { url, privacy }: NonNullable<UploadView['onPlatform']>,
  words: Words,
  button: (verb: Verb, label: string, style?: Button['style']) => Button,
): MessageView {
  const { publishAt } = upload
  const parts: Inline[] = [{ link: url, label: words.upload.watch }, ` · ${words.upload.privacy[privacy]}`]
  if (publishAt) parts.push(' · ', words.upload.publicAt, ' ', { time: publishAt, as: 'date_time' })
  return {
    summary: words.upload.watch,
    tone: 'good',
    blocks: [
      { type: 'text', text: parts },
      ...uploadNotes(upload, words).map((text): Block => ({ type: 'text', text: [{ italic: text }] })),
      {
        type: 'buttons',
        buttons: [
          ...(privacy === 'public' ? [] : [button('publish', words.upload.publish, 'success')]),
          button('upload_details_form', words.upload.details),
          button('upload_category_form', words.upload.category),
        ],
      },
    ],
  }
}

function view(
  sentence: string,
  tone: MessageView['tone'],
  more: Block[],
  buttons: Button[],
  isSaid = true,
): MessageView {
  const said: Block[] = isSaid ? [{ type: 'text', text: sentence }] : []
  return { summary: sentence, tone, blocks: [...said, ...more, { type: 'buttons', buttons }] }
}
