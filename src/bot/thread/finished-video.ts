import type { Core } from '../../core/draft/core.ts'
import { placeOf } from '../../core/draft/creation.ts'
import { usingFiles } from '../../core/draft/draft-files.ts'
import { JobEntity } from '../../db/entities/job.ts'
import type { ShownVideo } from '../view/shown.ts'
import type { SentVideo } from '../view/video-message.ts'
import type { Chat, Spot } from './chat.ts'
import { readySlot } from './film.ts'
import { loadShown } from './load-shown.ts'
import { isOwnThread, messagesOf } from './messages.ts'
import type { Projection } from './projection.ts'
import { sendable } from './video.ts'

/** The newest video of a draft in the form it can be sent, and where it is posted; all null if there is none. */
export interface FinishedVideo {
  video: ShownVideo | null
  sent: SentVideo | null
  link: string | null
}

type LinkTo = (chat: Chat, ...to: Parameters<Projection['linkTo']>) => ReturnType<Projection['linkTo']>

/** Passes the newest video of a draft to `work` and protects its files from cleanup until `work` is done. */
export async function withFinishedVideo(
  core: Core,
  chats: ReadonlyMap<string, Chat>,
  draftId: string,
  tools: { signal: AbortSignal; linkTo: LinkTo },
  work: (video: FinishedVideo) => Promise<void>,
): Promise<void> {
  await usingFiles(core, draftId, async () => {
    const shown = await loadShown(core, draftId, Number.POSITIVE_INFINITY)
    const place = await placeOf(core.db.fork(), draftId)
    const chat = place && chats.get(place.surface)
    if (!shown?.video || !place || !chat) return work({ video: null, sent: null, link: null })
    const { channelId, threadId } = place
    const spot = { channelId, threadId }
    const sent = await sendable({ core, chat, shown, spot, signal: tools.signal }, shown.video)
    const at = await whereFilmIs(core, draftId, spot, shown.video.job.jobId)
    const link = at ? await tools.linkTo(chat, at.spot, at.messageId) : null
    await work({ video: shown.video, sent, link })
  })
}

/**
 * The address of a render's video: null if its platform has no addresses, `coming` while it isn't posted yet. The render
 * may be about to end: those notified of it look as soon as its video is recorded.
 */
export async function filmLink(
  core: Core,
  chats: ReadonlyMap<string, Chat>,
  { draftId, render }: { draftId: string; render: string },
  linkTo: LinkTo,
): Promise<string | null | 'coming'> {
  const em = core.db.fork()
  const place = await placeOf(em, draftId)
  const chat = place && chats.get(place.surface)
  const rendered = await em.findOne(JobEntity, { draftId, jobId: render })
  if (!place || !chat || !rendered) return null
  const { channelId, threadId } = place
  const at = await whereFilmIs(core, draftId, { channelId, threadId }, render)
  return at ? linkTo(chat, at.spot, at.messageId) : 'coming'
}

/** The message with a render's film; null if there is none. */
async function whereFilmIs(
  core: Core,
  draftId: string,
  spot: Spot,
  render: string,
): Promise<{ spot: Spot; messageId: string } | null> {
  const messages = await messagesOf(core, draftId)
  const inChannel = [messages.get('film'), messages.get('announcement')].find(hasFiles)
  const inThread = messages.get(readySlot(render))
  const at = inChannel ?? (hasFiles(inThread) ? inThread : undefined)
  const { channelId, threadId } = spot
  const where = inChannel && isOwnThread(messages, threadId) ? { channelId, threadId: null } : spot
  return at ? { spot: where, messageId: at.messageId } : null
}

function hasFiles(message: { files: Record<string, string> } | undefined): boolean {
  return Object.keys(message?.files ?? {}).length > 0
}
