import { randomUUID } from 'node:crypto'
import type { Core } from '../../core/draft/core.ts'
import { usingFiles } from '../../core/draft/draft-files.ts'
import { findSegment, loadSegments } from '../../core/draft/load.ts'
import { makePreview } from '../../core/draft/preview.ts'
import { edgesOf } from '../../core/draft/storyboard.ts'
import { UserError } from '../../core/model/errors.ts'
import { DraftEntity } from '../../db/entities/draft.ts'
import { shorten } from '../view/shorten.ts'
import type { FileRef, MessageView } from '../view/types.ts'
import { wordsFor } from '../words/index.ts'
import type { Chat } from './chat.ts'

/** Milliseconds that the making of one clip may take. */
const PATIENCE = 5 * 60_000

/** Posts the clip of a segment into its thread, where messages cannot hold a playable one. */
export async function postClip(
  core: Core,
  chats: ReadonlyMap<string, Chat>,
  draftId: string,
  segmentId: number,
  stopping: AbortSignal,
): Promise<void> {
  const em = core.db.fork()
  const draft = await em.findOne(DraftEntity, { draftId })
  const chat = draft && chats.get(draft.surface)
  if (!draft || !chat) throw new UserError('draft_not_found', { draftId })
  const segments = await loadSegments(em, draftId)
  const segment = findSegment(segments, segmentId)
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(PATIENCE)])
  const place = segment.segmentIndex + 1
  const summary = wordsFor(draft.language).segment.preview(place, shorten(segment.text, 100))
  // It is kept from the cleaning until it is sent.
  await usingFiles(core, draftId, async () => {
    const path = await makePreview(core, draft, segment, edgesOf(segments), { signal })
    const file: FileRef = { path, name: `segment-${place}.mp4`, kind: 'video', alt: summary }
    const view: MessageView = {
      summary,
      tone: 'neutral',
      blocks: [
        { type: 'note', text: summary },
        { type: 'files', files: [file] },
      ],
    }
    await chat.send(draft, view, randomUUID().slice(0, 24))
  })
}
