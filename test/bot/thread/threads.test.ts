import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { LocalEvents } from '../../../src/bot/program/local/events.ts'
import { BusyError, type Chat, GoneError } from '../../../src/bot/thread/chat.ts'
import { forgetMessages } from '../../../src/bot/thread/messages.ts'
import { insertSegment, moveSegment, removeSegment } from '../../../src/core/draft/arrange.ts'
import type { Core } from '../../../src/core/draft/core.ts'
import { placeDraft, requestDraft } from '../../../src/core/draft/create.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { removeExpired } from '../../../src/core/draft/expire.ts'
import { undo } from '../../../src/core/draft/history.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { reopenDraft } from '../../../src/core/draft/render.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { ThreadMessageEntity } from '../../../src/db/entities/thread-message.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { SMALL, scope, sharedProgram } from '../../factories/program.ts'
import { jobRow } from '../../factories/rows.ts'
import { buttonsIn, fakeChat, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram()

/** From now on its video exists. */
async function finished(core: Core, draftId: string, again = ''): Promise<void> {
  const outputVideoPath = `videos/${draftId}${again}.mp4`
  await mkdir(onDisk(core.store, 'videos'), { recursive: true })
  await writeFile(onDisk(core.store, outputVideoPath), 'a film')
  const { id, ...job } = jobRow({
    jobId: `job_of_${draftId}${again}`,
    draftId,
    outputVideoPath,
    createdAt: core.clock(),
  })
  await core.db.fork().insert(JobEntity, job)
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'finalized' })
}

/** A draft of three segments with its thread on a separate platform. */
async function ready(options: Partial<Chat> = {}) {
  const { core, threads, ready, load, queue } = program()
  // Work left over from the previous test would show up on this test's platform.
  await queue.idle()
  await threads.settled()
  const chat = fakeChat(options)
  threads.register(chat)
  const draftId = await ready()
  const settled = async () => {
    await queue.idle(draftId)
    await threads.settled()
  }
  await settled()
  const { draft, segments } = await load(draftId)
  const threadId = draft.threadId
  const ids = segments.map(({ id }) => id)
  chat.calls.length = 0
  return {
    ...{ core, threads, chat, draftId, threadId, settled, ids, scope: scope(draftId) },
    id: (place: number) => ids[place] ?? 0,
    /** The calls since this was last called. */
    calls: () => chat.calls.splice(0),
    /** The first word of each message in the thread below the top one. */
    shown: () =>
      chat
        .inThread(threadId)
        .slice(chat.threadOpensWithTop ? 0 : 1, -1)
        .map(({ view }) => /\n(\S+) /.exec(saidIn(view))?.[1]),
  }
}

describe('the thread of a draft', () => {
  it('has an announcement in the channel, the top message and one for each segment', async () => {
    const { chat, threadId, shown } = await ready()
    expect(saidIn(chat.inThread(null)[0]?.view)).toBe('Ann started a draft: Tea')
    expect(saidIn(chat.inThread(threadId)[0]?.view)).toContain('Ready to render')
    expect(shown()).toEqual(['One', 'Four', 'Seven'])
  })

  it('opens with the top message itself where the platform wants that', async () => {
    const { chat, threadId, shown } = await ready({ threadOpensWithTop: true })
    expect(saidIn(chat.inThread(null)[0]?.view)).toContain('Ready to render')
    expect(threadId).toBe(chat.inThread(null)[0]?.messageId)
    expect(shown()).toEqual(['One', 'Four', 'Seven'])
  })

  it('is brought up to date soon although the clock was put back by an hour', async () => {
    const { core, calls, id, scope } = await ready()
    vi.useFakeTimers({ now: Date.now() - 3_600_000, toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const change = { text: 'Later words.' }
    await editSegment(core, scope, { segmentId: id(0), change })
    await expect.poll(calls).not.toEqual([])
  })

  it('is sent nothing when nothing has changed', async () => {
    const { threads, draftId, calls } = await ready()
    await threads.sync(draftId)
    await threads.sync(draftId)
    expect(calls()).toEqual([])
  })

  it('has one message edited for one edit', async () => {
    const { core, scope, id, settled, calls, chat, threadId } = await ready()
    await editSegment(core, scope, { segmentId: id(1), change: { keyword: 'leaf' } })
    await settled()
    const [, , second, , last] = chat.inThread(threadId)
    // The last message offers Undo now.
    expect(calls()).toEqual([`edit ${second?.messageId}`, `edit ${last?.messageId}`])
    expect(saidIn(second?.view)).toContain('leaf')
  })

  it('stays in the order of the segments, whatever is moved, inserted, removed and undone', async () => {
    const { core, scope, id, settled, shown, draftId } = await ready()
    await moveSegment(core, scope, id(2), 'up')
    await settled()
    expect(shown()).toEqual(['One', 'Seven', 'Four'])
    await insertSegment(core, scope, null, { text: 'Before all.' })
    await settled()
    expect(shown()).toEqual(['Before', 'One', 'Seven', 'Four'])
    await removeSegment(core, scope, id(0))
    await removeSegment(core, scope, id(2))
    await settled()
    expect(shown()).toEqual(['Before', 'Four'])
    for (const expected of [3, 4]) {
      // The messages come back although the same ones were sent and removed only just before.
      await undo(core, scope)
      await settled()
      expect(shown()).toHaveLength(expected)
    }
    expect(shown()).toEqual(['Before', 'One', 'Seven', 'Four'])
    expect(await core.db.fork().count(DraftEntity, { draftId })).toBe(1)
  })

  it('does not come out of a thread of others, which may have been a private one, when that is deleted', async () => {
    const { chat, core, threads, draftId } = await ready()
    await forgetMessages(core, { draftId })
    await core.db.transaction((em) => placeDraft(em, draftId, { channelId: 'channel', threadId: 'closed' }))
    const told = chat.inThread(null).length
    await threads.sync(draftId)
    expect(chat.inThread('closed')).toHaveLength(5)
    await finished(core, draftId)
    await threads.sync(draftId)
    expect(chat.inThread('closed')).toHaveLength(6)
    chat.deleteThread('closed')
    await expect(threads.sync(draftId)).rejects.toThrow(GoneError)
    await expect(threads.sync(draftId)).rejects.toThrow(GoneError)
    // None of it was posted in the surrounding channel.
    expect(chat.inThread(null)).toHaveLength(told)
    await threads.sync(draftId, { channelId: 'channel', threadId: 'other' })
    expect(chat.inThread('other')).toHaveLength(6)
    expect(chat.inThread(null)).toHaveLength(told)
  })

  it('gets a message back that somebody deleted, in its place', async () => {
    const { chat, threads, draftId, threadId, settled, shown } = await ready()
    const second = chat.inThread(threadId)[2]?.messageId ?? ''
    chat.deleteMessage(second)
    await threads.messageDeleted(second)
    await settled()
    expect(shown()).toEqual(['One', 'Four', 'Seven'])
    const first = chat.inThread(threadId)[1]?.messageId ?? ''
    chat.deleteMessage(first)
    threads.refresh(draftId)
    await settled()
    expect(shown()).toEqual(['One', 'Four', 'Seven'])
    await threads.messageDeleted('of somebody else')
  })

  it('notices with an edit that a message is gone', async () => {
    const { core, scope, id, chat, threadId, settled, shown } = await ready()
    chat.deleteMessage(chat.inThread(threadId)[1]?.messageId ?? '')
    await editSegment(core, scope, { segmentId: id(0), change: { keyword: 'leaf' } })
    await settled()
    expect(shown()).toEqual(['One', 'Four', 'Seven'])
  })

  it('is started again only when somebody asks for it', async () => {
    const { core, chat, threads, draftId, threadId, settled, id, scope, calls } = await ready()
    chat.deleteThread(threadId ?? '')
    await editSegment(core, scope, { segmentId: id(0), change: { keyword: 'leaf' } })
    threads.refresh(draftId)
    await settled()
    expect(calls()).toEqual([])
    expect(chat.inThread(threadId)).toEqual([])
    await threads.sync(draftId)
    const { draft } = await program().load(draftId)
    expect(draft.threadId).not.toBe(threadId)
    expect(chat.inThread(draft.threadId)).toHaveLength(5)
    expect(await threads.link(draftId)).toContain(draft.threadId)
  })

  it('takes many changes at once for one', async () => {
    const { core, chat, draftId, settled, calls } = await ready()
    for (let number = 0; number < 50; number += 1) {
      await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { title: `Title ${number}` })
      core.events.changed(draftId)
    }
    await settled()
    expect(calls().length).toBeLessThanOrEqual(3)
    expect(saidIn(chat.posted.at(-5)?.view)).toContain('Title 49')
  })

  it('is brought up to date once a platform that failed is back', async () => {
    const { core, chat, threads, scope, id, settled, draftId } = await ready()
    const failures = [new Error('502'), new BusyError(1)]
    chat.onCall = async () => {
      const failure = failures.shift()
      if (failure) throw failure
    }
    await editSegment(core, scope, { segmentId: id(0), change: { keyword: 'leaf' } })
    // settled() doesn't wait for the pauses between attempts.
    await settled()
    expect(failures).toEqual([])
    expect(chat.posted.some(({ view }) => saidIn(view).includes('leaf'))).toBe(true)
    const before = chat.calls.length
    await threads.sync(draftId)
    expect(chat.calls).toHaveLength(before)
  })

  it('posts nothing twice when the answer to a message was lost', async () => {
    const { chat, core, scope, settled, shown } = await ready()
    const { send } = chat
    let lost = 0
    chat.send = async (...given) => {
      const sent = await send(...given)
      lost += 1
      if (lost === 1) throw new Error('the connection broke')
      return sent
    }
    await insertSegment(core, scope, null, { text: 'Before all.' })
    await settled()
    expect(lost).toBeGreaterThan(1)
    expect(shown()).toEqual(['Before', 'One', 'Four', 'Seven'])
  })

  it('has its messages taken away when the draft is deleted, and says so', async () => {
    const { core, chat, scope, settled, threadId, draftId } = await ready()
    await deleteDraft(core, scope)
    await settled()
    expect(chat.inThread(threadId).map(({ view }) => saidIn(view))).toEqual(['This draft was deleted.'])
    expect(await core.db.fork().count(ThreadMessageEntity, { draftId })).toBe(0)
  })

  it.each([
    ['en', 'Nobody edited this draft for 30 days, so it was deleted.'],
    ['ko', '30일 동안 아무도 수정하지 않아 초안이 삭제되었습니다.'],
  ])(
    'says in the language of the draft (%s) that nobody touched it, also after a restart',
    async (language, sentence) => {
      const { core, chat, threads, settled, threadId, draftId } = await ready()
      const now = core.clock()
      const long = new Date(now.getTime() - 40 * 24 * 3_600_000)
      await core.db
        .fork()
        .nativeUpdate(DraftEntity, { draftId }, { language, updatedAt: long, expiryNoticeAt: long })
      // As if the process died before the thread learned of it.
      const silent = new LocalEvents()
      await removeExpired({ ...core, events: silent }, { now, ttlDays: 30 })
      await threads.recover()
      await settled()
      expect(chat.inThread(threadId).map(({ view }) => saidIn(view))).toEqual([sentence])
    },
  )

  it('has its controls in the last message, which makes way for a segment and takes no other place', async () => {
    const { core, scope, id, settled, chat, threadId, calls } = await ready()
    const isControls = () => buttonsIn(chat.inThread(threadId).at(-1)?.view).Render !== undefined
    const before = chat.inThread(threadId).map(({ messageId }) => messageId)
    expect(isControls()).toBe(true)
    await insertSegment(core, scope, null, { text: 'Before all.' })
    await settled()
    // The last message becomes the new last segment's, and another one is posted: no message is removed.
    expect(calls().filter((call) => !call.startsWith('edit'))).toEqual(['send'])
    expect(chat.inThread(threadId).map(({ messageId }) => messageId)).toEqual([...before, expect.any(String)])
    expect(isControls()).toBe(true)
    await removeSegment(core, scope, id(0))
    await settled()
    expect(calls().filter((call) => !call.startsWith('edit'))).toEqual([`remove ${before.at(-1)}`])
    expect(isControls()).toBe(true)
    await undo(core, scope)
    await undo(core, scope)
    await settled()
    expect(isControls()).toBe(true)
  })

  it('has its controls below what people write, once they change', async () => {
    const { core, scope, id, settled, chat, threadId, calls } = await ready()
    const last = chat.inThread(threadId).at(-1)?.messageId
    chat.isLast = (_spot, messageId) => messageId !== last
    await core.db.fork().nativeUpdate(DraftEntity, { draftId: scope.draftId }, { notice: 'Other.' })
    core.events.changed(scope.draftId)
    await settled()
    // Nothing that they show has changed.
    expect(calls()).toHaveLength(1)
    await editSegment(core, scope, { segmentId: id(1), change: { keyword: 'leaf' } })
    await settled()
    expect(calls().filter((call) => !call.startsWith('edit'))).toEqual([`remove ${last}`, 'send'])
    expect(chat.inThread(threadId)).toHaveLength(5)
    await editSegment(core, scope, { segmentId: id(1), change: { keyword: 'stem' } })
    await settled()
    expect(calls().filter((call) => !call.startsWith('edit'))).toEqual([])
  })

  it('shows the finished video in the message that announced it, and tells who waits for it once', async () => {
    const { core, chat, threads, settled, threadId, draftId, scope, calls } = await ready()
    const [announcement] = chat.inThread(null)
    await finished(core, draftId)
    await threads.sync(draftId)
    const sent = calls()
    expect(sent.filter((call) => call === 'send')).toHaveLength(1)
    await threads.sync(draftId)
    await threads.sync(draftId)
    expect(calls()).toEqual([])
    expect(chat.inThread(null)).toEqual([announcement])
    expect(saidIn(announcement?.view)).toContain('Credits: Author')
    expect(Object.keys(buttonsIn(announcement?.view))).toEqual(['Watch', 'Download', 'Make changes'])
    const ready_ = chat.inThread(threadId).at(-1)
    expect(saidIn(ready_?.view)).toContain(
      `@Ann The video “Tea” is ready. Go to the video <https://chat.test/null/${announcement?.messageId}>`,
    )
    expect(chat.posted.filter(({ view }) => view.notifies)).toEqual([ready_])

    // When work on the draft resumes, the message that announced the video gets the controls, and the channel says so.
    await reopenDraft(core, scope)
    await settled()
    expect(calls().filter((call) => !call.startsWith('edit'))).toEqual([])
    expect(buttonsIn(chat.inThread(threadId).at(-1)?.view).Render).toBeDefined()
    expect(saidIn(announcement?.view)).toContain('Changes are being made.')
    expect(Object.keys(buttonsIn(announcement?.view))).toEqual(['Watch', 'Download'])

    // The next render replaces the last one.
    await finished(core, draftId, 'again')
    await threads.sync(draftId)
    expect(chat.inThread(null)).toEqual([announcement])
    expect(JSON.stringify(announcement?.view)).toContain(`videos/${draftId}again.mp4`)
    expect(chat.inThread(threadId)).toHaveLength(5)
    expect(chat.inThread(threadId).at(-1)?.view.notifies).toEqual(['ann'])
  })

  it('posts the video once more where its message was deleted, and then in the thread', async () => {
    const { core, chat, threads, threadId, draftId, scope, settled } = await ready()
    chat.deleteMessage(chat.inThread(null)[0]?.messageId ?? '')
    await finished(core, draftId)
    await threads.sync(draftId)
    const [posted, ...others] = chat.inThread(null)
    expect(JSON.stringify(posted?.view)).toContain(`videos/${draftId}.mp4`)
    expect(others).toEqual([])
    chat.deleteMessage(posted?.messageId ?? '')
    await threads.messageDeleted(posted?.messageId ?? '')
    await settled()
    expect(chat.inThread(null)).toEqual([])
    await reopenDraft(core, scope)
    await settled()
    await finished(core, draftId, 'again')
    for (const _ of [1, 2]) await threads.sync(draftId)
    expect(chat.inThread(null)).toEqual([])
    const films = chat.inThread(threadId).filter(({ view }) => JSON.stringify(view).includes('again.mp4'))
    expect(films).toHaveLength(1)
    expect(films[0]?.view.notifies).toEqual(['ann'])
  })

  it('leaves alone what an earlier version posted of a finished video', async () => {
    const { core, chat, threads, threadId, draftId, calls } = await ready()
    await finished(core, draftId)
    const place = { draftId, surface: chat.surface, channelId: 'channel', threadId }
    const film = await chat.send(
      { channelId: 'channel', threadId },
      { summary: '', tone: 'good', blocks: [] },
      'before',
    )
    const row = { ...place, viewHash: 'x', farewell: null, updatedAt: core.clock() }
    await core.db.fork().insertMany(ThreadMessageEntity, [
      { ...row, slot: `video:job_of_${draftId}`, messageId: film.messageId, files: { 'videos/a.mp4': '1' } },
      { ...row, slot: `done:job_of_${draftId}`, messageId: 'line', threadId: null, files: {} },
    ])
    calls()
    await threads.sync(draftId)
    expect(calls().filter((call) => call === 'send' || call.includes(film.messageId))).toEqual([])
    expect(saidIn(chat.inThread(null)[0]?.view)).toBe('Ann started a draft: Tea')
    expect(chat.inThread(threadId)).toHaveLength(6)
  })

  it('is shown once although the voice of a finished draft is gone from the disk, or damaged, which the log says', async () => {
    const { core, threads, draftId, settled, calls, chat } = await ready()
    const warned = vi.spyOn(core.log, 'warn')
    onTestFinished(() => warned.mockRestore())
    const gone = { ttsLocalPath: 'voices/gone.wav' }
    await core.db.fork().nativeUpdate(SegmentEntity, { draftId, segmentIndex: 1 }, gone)
    await finished(core, draftId)
    await threads.sync(draftId)
    expect(calls()).toContain('send')
    core.events.changed(draftId)
    await settled()
    expect(calls()).toEqual([])
    expect(saidIn(chat.posted.at(-1)?.view)).toContain('is ready')
    expect(warned.mock.calls).toEqual([])
    await writeFile(onDisk(core.store, 'voices/gone.wav'), 'no voice')
    core.events.changed(draftId)
    await settled()
    expect(calls()).toEqual([])
    expect(warned).toHaveBeenCalledWith(
      { draft: draftId, err: expect.anything() },
      'the name of a preview could not be found, so it is not shown',
    )
  })

  it('waits for its platform', async () => {
    const { core, threads, queue } = program()
    const there = { ...PLACE, surface: 'elsewhere' }
    const { draftId } = await requestDraft(core, { ...SMALL, collect: false }, ANN, there)
    await queue.idle(draftId)
    await threads.sync(draftId)
    expect(await threads.link(draftId)).toBeNull()
    const chat = { ...fakeChat(), surface: 'elsewhere' }
    threads.register(chat)
    await core.db.transaction((em) => placeDraft(em, draftId, { channelId: 'other', threadId: null }))
    await threads.sync(draftId)
    expect(chat.posted).toHaveLength(6)
  })
})
