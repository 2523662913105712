import { notice } from '../thread/sentences.ts'
import type { Action } from '../view/action-id.ts'
import type { Bot, Request } from './request.ts'

/**
 * **Play**: shows a segment's clip to this person or, where that isn't possible, posts it in the thread, once. It may have to be
 * rendered first, so a message says that it is coming.
 */
export async function playClip(bot: Bot, request: Request, { draftId, segmentId }: Action): Promise<void> {
  const { reply, words, workspace } = request
  const { clips } = bot.threads
  await reply.acknowledge()
  if (reply.showsClips) {
    const soon = () => reply.privately(notice(words.private.makingClip))
    return clips.show(workspace, draftId, segmentId, soon, (view) => reply.privately(view))
  }
  const link = await clips.posted(workspace, draftId, segmentId)
  if (link === null) {
    await reply.privately(notice(words.private.playing))
    return clips.post(workspace, draftId, segmentId)
  }
  const summary = words.private.clipIsThere
  const text = [`${summary} `, { link, label: words.private.goToClip }]
  await reply.privately({ summary, tone: 'neutral', blocks: [{ type: 'text', text }] })
}
