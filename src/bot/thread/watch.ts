import type { Core } from '../../core/draft/core.ts'
import { usingFiles } from '../../core/draft/draft-files.ts'
import { loadToRender } from '../../core/draft/load.ts'
import { makeWatchable } from '../../core/draft/watch.ts'
import { UserError } from '../../core/model/errors.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { newestJob } from '../../db/queries/jobs.ts'
import type { FileRef, MessageView } from '../view/types.ts'
import { type Words, wordsFor } from '../words/index.ts'
import { type Chat, FileTooLargeError } from './chat.ts'
import { forgetMessages, messageOf, noteSending, recordMessage } from './messages.ts'
import { hashOf, nonceOf } from './nonce.ts'
import { quietLink } from './quiet-link.ts'
import { removeQuietly } from './remove-quietly.ts'
import { notice } from './sentences.ts'
import { copyWithin } from './smaller.ts'

/** Time limit in milliseconds. Discord requires a private answer within fifteen minutes. */
const PATIENCE = 10 * 60_000
/** The slot of a thread's single preview message, used where a private answer cannot carry a file. */
export const PREVIEW_SLOT = 'preview'
/** How many files may be refused as too large. */
const REFUSALS = 2

export interface Watcher {
  workspace: string
  draftId: string
  /** In the language of the person who asked. */
  words: Words
  /** Shows a view to that person. */
  say: (view: MessageView) => Promise<void>
  stopping: AbortSignal
  /** Runs work on the thread while nothing else changes it. */
  inLine: (work: () => Promise<void>) => Promise<void>
}

/**
 * Joins a draft as it is now, without changing its status, and shows it to the person who asked: privately, or in the
 * thread's preview message where a private answer cannot carry a file. For a finished draft, shows the video.
 */
export async function watchFilm(
  core: Core,
  chats: ReadonlyMap<string, Chat>,
  watcher: Watcher,
  refusals = REFUSALS,
): Promise<void> {
  const { words, say } = watcher
  const { draft, segments } = await loadToRender(core.db.fork(), watcher.workspace, watcher.draftId)
  const { draftId } = draft
  const chat = chats.get(draft.surface)
  if (!chat) throw new UserError('draft_not_found', { draftId })
  const signal = AbortSignal.any([watcher.stopping, AbortSignal.timeout(PATIENCE)])
  const limit = await chat.uploadLimit(draft)
  const video = draft.status === 'finalized' ? await videoOf(core, draftId) : null
  if (video && !chat.showsFilesPrivately)
    return say(await placeOf(core, chat, draftId, `video:${video.jobId}`, words))
  // Protects the file from cleanup until it is sent.
  await usingFiles(core, draftId, async () => {
    const path = video
      ? await within(core, video.path, limit, signal)
      : await makeWatchable(core, draft, segments, {
          limit,
          signal,
          onMaking: (places) => say(notice(words.private.watchMaking(places.join(', ')), 'busy')),
        })
    await requireThere(core, draftId)
    try {
      if (chat.showsFilesPrivately) await say(filmView(draft, path, video !== null, words))
      else await watcher.inLine(() => post(core, chat, draft, path))
    } catch (error) {
      // The refusal has lowered the upload limit, so the next file is smaller.
      if (!(error instanceof FileTooLargeError) || refusals === 0) throw error
      return watchFilm(core, chats, watcher, refusals - 1)
    }
    if (!chat.showsFilesPrivately) await say(await placeOf(core, chat, draftId, PREVIEW_SLOT, words))
  })
}

/** Posts the preview, replacing the previous one unless that shows the same film. */
async function post(core: Core, chat: Chat, draft: Draft, path: string): Promise<void> {
  const { draftId } = draft
  await requireThere(core, draftId)
  const view = filmView(draft, path, false, wordsFor(draft.language))
  const viewHash = hashOf(view)
  const before = await messageOf(core, draftId, PREVIEW_SLOT)
  if (before && Object.hasOwn(before.files, path)) {
    const present = await chat.present(before, [before.messageId])
    if (present.has(before.messageId)) {
      if (before.viewHash === viewHash) return
      const sent = await chat.edit(before, before.messageId, view, before.files)
      return recordMessage(core, chat, draftId, PREVIEW_SLOT, before, sent, viewHash)
    }
  }
  if (before) {
    await removeQuietly(chat, before, before.messageId)
    await forgetMessages(core, { id: before.id })
  }
  const { since, triedAt } = await noteSending(core, chat, draftId, PREVIEW_SLOT, draft, viewHash)
  const sent = await chat.send(draft, view, nonceOf([draftId, PREVIEW_SLOT, since]), triedAt)
  await recordMessage(core, chat, draftId, PREVIEW_SLOT, draft, sent, viewHash)
}

function filmView({ title, revision }: Draft, path: string, isFinished: boolean, words: Words): MessageView {
  const summary = isFinished ? title : words.private.preview(revision)
  const name = isFinished ? 'video.mp4' : `preview-${revision}.mp4`
  const file: FileRef = { path, name, kind: 'video', alt: title }
  return {
    summary,
    tone: 'neutral',
    blocks: [
      { type: 'note', text: summary },
      { type: 'files', files: [file] },
    ],
  }
}

/** A view that says where a message of the thread is. */
async function placeOf(
  core: Core,
  chat: Chat,
  draftId: string,
  slot: string,
  words: Words,
): Promise<MessageView> {
  const message = await messageOf(core, draftId, slot)
  const sentence = words.private.watchInThread
  const link = message && (await quietLink(core, chat, message, message.messageId))
  const text = link ? [`${sentence} `, { link, label: words.draft.goTo }] : [sentence]
  return { summary: sentence, tone: 'good', blocks: [{ type: 'text', text }] }
}

/** The newest video of a draft; null if its file is gone. */
async function videoOf(core: Core, draftId: string): Promise<{ jobId: string; path: string } | null> {
  const done = { draftId, kind: 'finalize', state: 'done', outputVideoPath: { $ne: null } } as const
  const job = await newestJob(core.db.fork(), done)
  const path = job?.outputVideoPath ?? null
  return job && path !== null && (await core.store.has(path)) ? { jobId: job.jobId, path } : null
}

async function within(core: Core, path: string, limit: number, signal: AbortSignal): Promise<string> {
  if (((await core.store.size(path)) ?? 0) <= limit) return path
  const copy = await copyWithin(core, path, limit, { signal, urgency: 'asked' })
  if (copy === null) throw new UserError('watch_too_long', { megabytes: Math.floor(limit / 1024 ** 2) })
  return copy
}

/** Someone may have deleted the draft while its film was being made. */
async function requireThere({ db }: Core, draftId: string): Promise<void> {
  if ((await db.fork().count(DraftEntity, { draftId })) === 0)
    throw new UserError('draft_not_found', { draftId })
}
