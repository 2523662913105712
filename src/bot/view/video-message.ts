import type { DraftView } from '../../core/model/read-models.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { providerName } from '../words/provider-name.ts'
import { shorten } from './shorten.ts'
import type { Credit, ShownVideo } from './shown.ts'
import type { Block, FileRef, Inline, MessageView } from './types.ts'

/** What is really sent: the video itself, or a copy that fits. */
export interface SentVideo {
  /** Null when not even a copy fits. */
  file: FileRef | null
  /** Its subtitles and its poster, where there are some. */
  beside: FileRef[]
  isCopy: boolean
  /** The largest file that may be sent there, in bytes; 0 where none may. */
  limit: number
}

/** Characters of the addresses under a video. */
const LINKS = 1500
const MEGABYTE = 1024 * 1024

/** The message with the finished video, under the draft's thread. */
export function videoMessage(
  draft: DraftView,
  video: ShownVideo,
  sent: SentVideo,
  words: Words,
): MessageView {
  const seconds = video.job.outputDuration ?? 0
  return {
    summary: words.draft.announceDone(draft.title),
    tone: 'good',
    blocks: [
      { type: 'heading', text: words.video.ready(draft.title) },
      ...(sent.file ? [{ type: 'files' as const, files: [sent.file, ...sent.beside] }] : []),
      { type: 'text', text: words.video.details(seconds, megabytes(video.bytes)) },
      ...(video.job.youtubeUrl === null
        ? []
        : [{ type: 'text' as const, text: [{ link: video.job.youtubeUrl, label: words.upload.watch }] }]),
      ...copyNote(video, sent, words),
      ...musicNote(video, words),
      ...links(video.links, words),
      ...credits(video.credits, words),
    ],
  }
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

/** One a line, as they were written, so that they can be copied. */
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

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1)
}
