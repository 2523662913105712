import { mkdir, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { LockedError, PermissionError } from '../../../src/bot/thread/chat.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { newDraftId } from '../../../src/core/model/ids.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { ThreadMessageEntity } from '../../../src/db/entities/thread-message.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { fakeChat, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram()

/** A draft with its thread, following Slack's rule: its top message opens the thread. */
async function ready() {
  const { core, threads, ready, load, queue } = program()
  const chat = fakeChat({ threadOpensWithTop: true })
  threads.register(chat)
  const draftId = await ready()
  const settled = async () => {
    await queue.idle(draftId)
    await threads.settled()
  }
  await settled()
  const { draft, segments } = await load(draftId)
  const shown = () => chat.inThread(draft.threadId).map(({ view }) => saidIn(view))
  const where = { draftId, slot: 'top' }
  const { messageId: top } = await core.db.fork().findOneOrFail(ThreadMessageEntity, where)
  const ids = segments.map(({ id }) => id)
  const edit = (place: number, keyword: string) =>
    editSegment(core, scope(draftId), { segmentId: ids[place] ?? 0, change: { keyword } })
  return { core, threads, chat, draftId, draft, settled, shown, top, edit }
}

/** Makes the draft's video appear as rendered. */
async function render(core: Awaited<ReturnType<typeof ready>>['core'], draftId: string): Promise<void> {
  const outputVideoPath = 'videos/film.mp4'
  await mkdir(onDisk(core.store, 'videos'), { recursive: true })
  await writeFile(onDisk(core.store, outputVideoPath), 'a film')
  const now = core.clock()
  await core.db.fork().insert(JobEntity, {
    ...{ jobId: `job_of_${draftId}`, kind: 'finalize', key: draftId, draftId, workspace: PLACE.workspace },
    ...{ state: 'done', progress: 1, requesterId: 'ann', requesterName: 'Ann', payload: {}, priority: 0 },
    ...{ attempts: 1, outputVideoPath, outputDuration: 3, youtubeUrl: null, error: null },
    ...{ runAfter: now, createdAt: now, startedAt: now, finishedAt: now, updatedAt: now },
  })
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'finalized' })
  core.events.changed(draftId)
}

it('posts the video and edits the other messages when one cannot be edited', async () => {
  const { core, threads, chat, draftId, settled, shown, top, edit } = await ready()
  let isRefused = true
  chat.onCall = async (call) => {
    if (isRefused && call === `edit ${top}`) throw new PermissionError('msg_too_long')
  }
  await edit(1, 'leaf')
  await render(core, draftId)
  await expect(threads.sync(draftId)).rejects.toThrow('msg_too_long')
  expect(shown().some((text) => text.includes('leaf'))).toBe(true)
  expect(shown().at(-1)).toMatch(/@Ann .*is ready[\s\S]*Credits/)
  // Only what was rejected is tried again.
  isRefused = false
  chat.calls.length = 0
  await threads.sync(draftId)
  expect(chat.calls).toEqual([`edit ${top}`])
  await settled()
})

it('keeps the order when a message cannot be sent', async () => {
  const { core, threads, chat, draftId, settled, shown, edit, draft } = await ready()
  for (const { messageId } of chat.inThread(draft.threadId).slice(0, 2)) chat.deleteMessage(messageId)
  let sends = 0
  chat.onCall = async (call) => {
    if (call !== 'send') return
    sends += 1
    if (sends === 2) throw new PermissionError('channel_is_limited_access')
  }
  await edit(2, 'leaf')
  core.events.changed(draftId)
  await expect(threads.sync(draftId)).rejects.toThrow('channel_is_limited_access')
  await settled()
  expect(shown().map((text) => /Segment (\d)/.exec(text)?.[1])).toEqual(['1', '2', '3', undefined])
})

it('shows changes though the platform does not say which messages are there', async () => {
  const { threads, chat, draftId, settled, shown, edit } = await ready()
  const before = chat.posted.length
  chat.onCall = async (call) => {
    if (call === 'present') throw new PermissionError('channels:history')
  }
  await edit(0, 'leaf')
  await threads.sync(draftId)
  await settled()
  expect(shown()[0]).toContain('leaf')
  expect(chat.posted).toHaveLength(before)
})

it('says that a video is ready though there is no address of it', async () => {
  const { core, chat, draftId, settled } = await ready()
  chat.link = async () => {
    throw new Error('getPermalink failed')
  }
  await render(core, draftId)
  await settled()
  expect(chat.posted.at(-1)?.view.summary).toBe('The video “Tea” is ready.')
  expect(saidIn(chat.inThread(null).at(-1)?.view)).toContain('Finished')
})

it('posts a message again that can no longer be edited, and not with every change', async () => {
  const { core, threads, chat, draftId, settled, shown, top } = await ready()
  chat.onCall = async (call) => {
    if (call === `edit ${top}`) throw new LockedError()
  }
  const rename = async (title: string) => {
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { title })
    core.events.changed(draftId)
  }
  await rename('Other')
  await expect(threads.sync(draftId)).rejects.toThrow('cannot be edited')
  expect(shown()).toHaveLength(4)
  const longAgo = new Date(core.clock().getTime() - 6 * 60_000)
  const where = { draftId, slot: 'top' }
  await core.db.fork().nativeUpdate(ThreadMessageEntity, where, { updatedAt: longAgo })
  await threads.sync(draftId)
  await settled()
  expect(shown()).toHaveLength(5)
  expect(shown().at(-1)).toContain('Ready to render')
  expect(chat.inThread(null).some(({ messageId }) => messageId === top)).toBe(true)
  await rename('Another')
  await settled()
  expect(shown()).toHaveLength(5)
})

it('opens one thread when the program ends before it is known where', async () => {
  const { core, threads, queue } = program()
  const chat = fakeChat({ threadOpensWithTop: true })
  threads.register(chat)
  const draftId = newDraftId(core.clock())
  const opening = threads.open(draftId, async (nonce) => {
    await requestDraft(core, { topic: 'Tea' }, ANN, PLACE, draftId)
    const announcement = { summary: 'Tea', tone: 'neutral', blocks: [], noThread: '' } as const
    await chat.openThread(PLACE.channelId, 'Tea', { ...announcement, blocks: [] }, nonce)
    throw new Error('killed')
  })
  await expect(opening).rejects.toThrow('killed')
  threads.refresh(draftId)
  await queue.idle(draftId)
  await threads.settled()
  const { draft } = await program().load(draftId)
  expect(chat.inThread(null).map(({ messageId }) => messageId)).toEqual([draft.threadId])
})
