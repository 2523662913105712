import { usingFiles } from '../../core/draft/draft-files.ts'
import { loadToRender } from '../../core/draft/load.ts'
import { makeWatchable } from '../../core/draft/watch.ts'
import type { Action } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'

/** Milliseconds that joining a draft may take, with the clips that are missing. */
const PATIENCE = 10 * 60_000

/** **Watch**: the whole draft as it is now, for the person who asked. */
export async function watchDraft(bot: Bot, request: Request, { draftId }: Action): Promise<void> {
  const { core } = bot
  const { draft, segments } = await loadToRender(core.db.fork(), request.workspace, draftId)
  await request.reply.acknowledge()
  const signal = AbortSignal.timeout(PATIENCE)
  await usingFiles(core, draftId, async () => {
    const path = await makeWatchable(core, draft, segments, { signal })
    const summary = request.words.private.preview(draft.revision)
    await request.reply.privately({
      summary,
      tone: 'neutral',
      blocks: [
        { type: 'text', text: summary },
        {
          type: 'files',
          files: [{ path, name: `preview-${draft.revision}.mp4`, kind: 'video', alt: draft.title }],
        },
      ],
    })
  })
}
