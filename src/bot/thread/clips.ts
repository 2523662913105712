import type { Core } from '../../core/draft/core.ts'
import { usingFiles } from '../../core/draft/draft-files.ts'
import { findSegment, getDraft } from '../../core/draft/load.ts'
import { makePreview } from '../../core/draft/preview.ts'
import { previewName } from '../../core/draft/ready-files.ts'
import { edgesOf, isRenderable, renderSegmentOf } from '../../core/draft/storyboard.ts'
import { hashOf } from '../../core/media/store/hash.ts'
import { UserError } from '../../core/model/errors.ts'
import type { Draft } from '../../db/entities/draft.ts'
import type { Segment } from '../../db/entities/segment.ts'
import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import { shorten } from '../view/shorten.ts'
import type { FileRef, MessageView } from '../view/types.ts'
import { wordsFor } from '../words/index.ts'
import { type Chat, FileTooLargeError, GoneError } from './chat.ts'
import { forgetMessages, messageOf, noteSending, recordMessage } from './messages.ts'
import { nonceOf } from './nonce.ts'
import { removeQuietly } from './remove-quietly.ts'
import { copyWithin } from './smaller.ts'
import type { Clips } from './threads-port.ts'

/** Time limit for making one clip, in milliseconds. */
const PATIENCE = 5 * 60_000

/** A clip that someone asked for. */
interface Asked {
  chat: Chat
  draft: Draft
  segments: Segment[]
  segment: Segment
}

/** Clips of all drafts, made if they don't exist yet. `stopping` cancels the ones being made. */
export class ThreadClips implements Clips {
  readonly #core: Core
  readonly #chats: ReadonlyMap<string, Chat>
  readonly #stopping: AbortSignal
  /** Posts in progress, by segment and version. */
  readonly #posting = new Map<string, Promise<void>>()

  constructor(core: Core, chats: ReadonlyMap<string, Chat>, stopping: AbortSignal) {
    this.#core = core
    this.#chats = chats
    this.#stopping = stopping
  }

  async post(workspace: string, draftId: string, segmentId: number): Promise<void> {
    const asked = await this.#asked(workspace, draftId, segmentId)
    const { id, version } = asked.segment
    // A second request while the clip is being made and sent shares its result.
    const key = `${id}:${version}`
    const before = this.#posting.get(key)
    if (before) return before
    const posting = this.#post(asked)
    this.#posting.set(key, posting)
    await posting.finally(() => this.#posting.delete(key))
  }

  /** Posts the clip and removes the one posted before, which the segment no longer shows. */
  async #post(asked: Asked): Promise<void> {
    const core = this.#core
    const { chat, draft, segment } = asked
    const { draftId } = draft
    const slot = clipSlot(segment)
    const before = await messageOf(core, draftId, slot)
    // Protects the clip from cleanup until it is sent.
    await usingFiles(core, draftId, async () => {
      const path = await this.#make(asked)
      const viewHash = hashOf(path)
      const { since, triedAt } = await noteSending(core, chat, draftId, slot, draft, viewHash)
      const nonce = nonceOf([draftId, slot, since, viewHash])
      const sent = await chat.send(draft, clipView(asked, path), nonce, triedAt)
      await recordMessage(core, chat, draftId, slot, draft, sent, viewHash)
    })
    if (before)
      await removeQuietly(chat, before, before.messageId).catch((error: unknown) =>
        core.log.warn({ draft: draftId, err: error }, 'a clip that was replaced could not be removed'),
      )
  }

  async posted(workspace: string, draftId: string, segmentId: number): Promise<string | null> {
    const core = this.#core
    const asked = await this.#asked(workspace, draftId, segmentId)
    const { chat, draft, segment } = asked
    const posted = await messageOf(core, draftId, clipSlot(segment))
    if (!posted || posted.threadId !== draft.threadId) return null
    const path = await clipPath(core, asked)
    if (path === null || posted.viewHash !== hashOf(path)) return null
    if (await isThere(core, asked, posted)) return chat.link(draft, posted.messageId)
    await forgetMessages(core, { id: posted.id })
    return null
  }

  async show(
    workspace: string,
    draftId: string,
    segmentId: number,
    soon: () => Promise<void>,
    show: (view: MessageView) => Promise<void>,
  ): Promise<void> {
    const core = this.#core
    const asked = await this.#asked(workspace, draftId, segmentId)
    await usingFiles(core, draftId, async () => {
      const known = await clipPath(core, asked)
      if (known === null || !(await core.store.has(known))) await soon()
      await show(clipView(asked, await this.#fitting(asked, await this.#make(asked))))
    })
  }

  async #fitting({ chat, draft }: Asked, path: string): Promise<string> {
    const limit = await chat.uploadLimit(draft)
    if (((await this.#core.store.size(path)) ?? 0) <= limit) return path
    const copy = await copyWithin(this.#core, path, limit, { signal: this.#stopping, urgency: 'asked' })
    if (copy === null) throw new FileTooLargeError()
    return copy
  }

  #make({ draft, segment, segments }: Asked): Promise<string> {
    const signal = AbortSignal.any([this.#stopping, AbortSignal.timeout(PATIENCE)])
    return makePreview(this.#core, draft, segment, edgesOf(segments), { signal })
  }

  /** @throws UserError if there is no such segment, or its platform is not connected. */
  async #asked(workspace: string, draftId: string, segmentId: number): Promise<Asked> {
    const { draft, segments } = await getDraft(this.#core, workspace, draftId)
    const chat = this.#chats.get(draft.surface)
    if (!chat) throw new UserError('draft_not_found', { draftId })
    return { chat, draft, segments, segment: findSegment(segments, segmentId) }
  }
}

/** The path of the clip once it is made; null while one of its assets is missing. */
async function clipPath(core: Core, { draft, segment, segments }: Asked): Promise<string | null> {
  const edges = edgesOf(segments)
  if (!isRenderable(segment, edges)) return null
  return previewName(core, draft, renderSegmentOf(draft, segment, edges))
}

function clipView({ draft, segment }: Asked, path: string): MessageView {
  const place = segment.segmentIndex + 1
  const summary = wordsFor(draft.language).segment.preview(place, shorten(segment.text, 100))
  const file: FileRef = { path, name: `segment-${place}.mp4`, kind: 'video', alt: summary }
  return {
    summary,
    tone: 'neutral',
    blocks: [
      { type: 'note', text: summary },
      { type: 'files', files: [file] },
    ],
  }
}

/** If the platform doesn't say, the message counts as present: a dead link is better than the same clip twice. */
async function isThere(core: Core, { chat, draft }: Asked, { messageId }: ThreadMessage): Promise<boolean> {
  try {
    return (await chat.present(draft, [messageId])).has(messageId)
  } catch (error) {
    if (error instanceof GoneError) return false
    core.log.warn({ err: error }, 'could not check whether a clip is still there')
    return true
  }
}

/** Named by segment id, independent of position. */
function clipSlot({ id }: Pick<Segment, 'id'>): string {
  return `clip:${id}`
}
