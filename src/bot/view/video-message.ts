import type { DraftView } from '../../core/model/read-models.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { providerName } from '../words/provider-name.ts'
import { encodeAction } from './action-id.ts'
import { megabytes } from './megabytes.ts'
import { shorten } from './shorten.ts'
import type { Credit, ShownVideo } from './shown.ts'
import type { Block, Button, FileRef, Inline, MessageView } from './types.ts'

/** What is actually sent: the video itself, or a smaller copy. */
export interface SentVideo {
  /** Null if not even a smaller copy fits. */
  file: FileRef | null
  /** Its subtitles and poster, if there are any. */
  beside: FileRef[]
  /** Its first frame, for places where it can't be played; null if there is none. */
  poster: FileRef | null
  isCopy: boolean
  /** The largest file that may be sent there, in bytes; 0 if none may. */
  limit: number
}

/** Maximum total characters of the addresses below a video. */
const LINKS = 1500

/** Everything that people are shown about a finished video. */
function aboutVideo(draft: DraftView, video: ShownVideo, sent: SentVideo, words: Words): Block[] {
  return [
    { type: 'text', text: detailsOf(draft, video, words) },
    ...platformLink(video, words),
    ...copyNote(video, sent, words),
    ...musicNote(video, words),
    ...links(video.links, words),
    ...credits(video.credits, words),
  ]
}

/**
 * A draft's message in its channel once there is a video: the video itself, or its poster if it can't be sent. While the draft is
 * being edited again, the message says so.
 */
export function filmMessage(draft: DraftView, video: ShownVideo, sent: SentVideo, words: Words): MessageView {
  const shown = sent.file ?? sent.poster
  const isReopened = draft.status !== 'finalized'
  return {
    summary: words.draft.announceDone(draft.title),
    tone: isReopened ? 'neutral' : 'good',
    blocks: [
      { type: 'heading', text: draft.title },
      ...(shown ? [{ type: 'files' as const, files: [shown] }] : []),
      ...aboutVideo(draft, video, sent, words),
      ...(isReopened ? [{ type: 'note' as const, text: words.video.reopened }] : []),
      { type: 'buttons', buttons: filmButtons(draft, video, words) },
    ],
  }
}

/** **Watch**, **Download**, **Upload** and **Make changes**, wherever a finished video is mentioned. */
export function filmButtons(
  { draftId, status }: DraftView,
  video: ShownVideo | null,
  { buttons, upload }: Words,
): Button[] {
  return [
    { action: encodeAction('watch', draftId), label: buttons.watchVideo },
    { action: encodeAction('download', draftId), label: buttons.download },
    ...(status === 'finalized' && video?.canUpload
      ? [{ action: encodeAction('upload_form', draftId), label: upload.button }]
      : []),
    ...(status === 'finalized'
      ? [{ action: encodeAction('reopen', draftId), label: buttons.reopen, style: 'primary' as const }]
      : []),
  ]
}

/** Where the video is, or the video itself, for the people waiting for it, who get no other notification. */
export function readyMessage(
  draft: DraftView,
  video: ShownVideo,
  { link, sent }: { link: string | null; sent: SentVideo | null },
  words: Words,
): MessageView {
  const sentence = words.draft.announceDone(draft.title)
  const mentions = video.people.flatMap(({ id, name }): Inline[] => [{ mention: id, name }, ' '])
  return {
    summary: sentence,
    tone: 'good',
    notifies: video.people.map(({ id }) => id),
    blocks: [
      {
        type: 'text',
        text: [...mentions, sentence, ...(link ? [' ', { link, label: words.video.goTo }] : [])],
      },
      ...(sent?.file ? [{ type: 'files' as const, files: [sent.file, ...sent.beside] }] : []),
      ...(sent ? aboutVideo(draft, video, sent, words) : []),
    ],
  }
}

/**
 * A video's files, for download. Where files can't be sent, the address leads to them. Those for editing programs are made
 * on request.
 */
export function downloadMessage(
  draft: DraftView,
  video: ShownVideo,
  { link, sent, studio }: { link: string | null; sent: SentVideo; studio: string | null },
  words: Words,
): MessageView {
  const { draftId, status } = draft
  const files = [...(sent.file ? [{ ...sent.file, kind: 'attachment' as const }] : []), ...sent.beside]
  return {
    summary: draft.title,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: link ? [{ link, label: draft.title }] : [{ bold: draft.title }] },
      ...(files.length > 0 ? [{ type: 'files' as const, files }] : []),
      ...aboutVideo(draft, video, sent, words),
      ...(studio && (!sent.file || sent.isCopy)
        ? [{ type: 'text' as const, text: [{ link: studio, label: words.editing.studio }] }]
        : []),
      ...(status === 'finalized'
        ? [
            {
              type: 'buttons' as const,
              buttons: [{ action: encodeAction('bundle', draftId), label: words.buttons.editingFiles }],
            },
          ]
        : []),
    ],
  }
}

function detailsOf({ format }: DraftView, { job, bytes }: ShownVideo, words: Words): string {
  return `${words.video.details(job.outputDuration ?? 0, megabytes(bytes))} · ${words.format[format]}`
}

/** Where it is on the video platform. */
export function platformLink(video: ShownVideo | null, words: Words): Block[] {
  const link = video?.job.youtubeUrl ?? null
  return link === null ? [] : [{ type: 'text', text: [{ link, label: words.upload.watch }] }]
}

function copyNote(video: ShownVideo, sent: SentVideo, words: Words): Block[] {
  if (sent.file && !sent.isCopy) return []
  const limit = `${megabytes(sent.limit)} MB`
  const none = sent.limit === 0 ? words.video.noFiles : words.video.tooLarge(limit)
  const sentence = sent.file ? words.video.smallerCopy(limit) : none
  return [{ type: 'text', text: [`${sentence} `, { code: video.path }] }]
}

function musicNote({ musicError }: ShownVideo, words: Words): Block[] {
  if (musicError === null) return []
  return [{ type: 'text', text: [{ italic: words.video.otherMusic(failureText(words, musicError)) }] }]
}

/** One per line, as written, so they can be copied. */
function links(all: string[], words: Words): Block[] {
  const lines: string[] = []
  for (const link of all) if ([...lines, link].join('\n').length <= LINKS) lines.push(link)
  return lines.length === 0 ? [] : [{ type: 'text', text: `${words.video.links}:\n${lines.join('\n')}` }]
}

function credits(all: Credit[], words: Words): Block[] {
  if (all.length === 0) return []
  const parts = all.flatMap(({ name, provider: id, url }, index): Inline[] => {
    const provider = providerName(words, id)
    const label = shorten(name === '' ? provider : `${name} (${provider})`, 80)
    return [index === 0 ? '' : ', ', url ? { link: url, label } : label]
  })
  return [{ type: 'note', text: [`${words.video.credits}: `, ...parts] }]
}
