import { describe, expect, it } from 'vitest'
import { handleAction } from '../../../src/bot/handlers/router.ts'
import type { Chat } from '../../../src/bot/thread/chat.ts'
import { FileTooLargeError } from '../../../src/bot/thread/chat.ts'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import type { FileRef, MessageView } from '../../../src/bot/view/types.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { undo } from '../../../src/core/draft/history.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { requestRender } from '../../../src/core/draft/render.ts'
import { probeMedia } from '../../../src/core/media/ffmpeg/probe.ts'
import { sweepUnused } from '../../../src/core/pipeline/sweep.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { BEN } from '../../factories/people.ts'
import { sharedProgram } from '../../factories/program.ts'
import { renderable } from '../../factories/renderable.ts'
import { fakeChat, fakeRequest, saidIn } from '../../fakes/chat.ts'
import { quickProviders } from '../../fakes/providers.ts'

/** One short segment. */
const program = sharedProgram({ fakes: quickProviders(['Ready?']) })

function filesIn(view: MessageView | undefined): FileRef[] {
  return (view?.blocks ?? []).flatMap((block) => (block.type === 'files' ? block.files : []))
}

/** A draft in a platform's thread, and Watch's answers there. */
async function stage(kind: Partial<Pick<Chat, 'showsFilesPrivately'>>) {
  const { bot, threads, core } = program()
  const chat = fakeChat(kind)
  threads.register(chat)
  const draft = await renderable(program())
  await threads.sync(draft.draftId)
  const watch = async (fields: Parameters<typeof fakeRequest>[1] = {}) => {
    const { request, answers } = fakeRequest(chat, fields)
    await handleAction(bot, request, encodeAction('watch', draft.draftId))
    return answers.privately
  }
  const previews = () => chat.posted.filter(({ view }) => filesIn(view)[0]?.name.startsWith('preview'))
  return { ...draft, chat, watch, previews, core, threads, bot }
}

describe('Watch', () => {
  it('shows the whole draft to the person who asked, makes what is missing, and leaves the status alone', async () => {
    const { watch, draft, core, chat, threads, draftId, scope } = await stage({})
    // No other draft looks like this, so its clip has not been made yet.
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { template: 'news' })
    const before = (await draft()).status
    const posted = chat.posted.length
    const [making, film, ...more] = await watch({ words: wordsFor('ko') })
    expect(making?.summary).toBe('1번 장면의 클립을 먼저 만들고 있습니다. 다 되면 여기에 보여 드립니다.')
    expect(film?.summary).toBe('미리 보기 · 1번 시점')
    expect(more).toEqual([])
    const [file] = filesIn(film)
    const media = await probeMedia(core.ffmpeg, onDisk(core.store, file?.path ?? ''))
    expect(media).toMatchObject({ width: 1080, height: 1080, hasVideo: true, hasAudio: true })
    // The same for everyone who asks at once; nothing has to be made again.
    const answers = await Promise.all([watch(), watch({ actor: BEN })])
    for (const [only, ...rest] of answers) {
      expect([only?.summary, filesIn(only)[0]?.path, rest]).toEqual(['Preview · revision 1', file?.path, []])
    }
    await threads.settled()
    expect([(await draft()).status, chat.posted.length]).toEqual([before, posted])
    // It belongs to the draft, and is removed with it.
    await sweepUnused(core.db, core.store, Date.now() + 1)
    expect(await core.store.has(file?.path ?? '')).toBe(true)
    await deleteDraft(core, scope)
    expect(await core.store.has(file?.path ?? '')).toBe(false)
    expect((await watch()).map(({ summary }) => summary)).toEqual([`There is no draft “${draftId}” here.`])
  })

  it('uses one message of the thread where a private answer cannot carry a file', async () => {
    const { watch, previews, scope, core, chat, threads, draftId } = await stage({
      showsFilesPrivately: false,
    })
    const [said] = (await watch()).slice(-1)
    expect(saidIn(said)).toMatch(/^You can watch it in the thread\. Go to the draft <https:/)
    const [first, ...others] = previews()
    expect([first?.view.summary, others]).toEqual(['Preview · revision 1', []])
    // It is already there, so it isn't posted again.
    const calls = chat.calls.length
    await Promise.all([watch(), watch({ actor: BEN })])
    expect(chat.calls.length).toBe(calls)
    // The same film under another title: only its text changes.
    await editSettings(core, scope, { title: 'Another title' })
    await watch()
    expect(previews().map(({ messageId, view }) => [messageId, view.summary])).toEqual([
      [first?.messageId, 'Preview · revision 2'],
    ])
    await editSettings(core, scope, { template: 'minimal' })
    await watch()
    expect(previews().map(({ view }) => view.summary)).toEqual(['Preview · revision 3'])
    expect(previews()[0]?.messageId).not.toBe(first?.messageId)
    // Someone deletes it: the next one is posted.
    chat.deleteMessage(previews()[0]?.messageId ?? '')
    await watch()
    expect(previews()).toHaveLength(1)
    await deleteDraft(core, scope)
    await threads.settled()
    expect(previews()).toEqual([])
    expect(chat.posted.some(({ view }) => saidIn(view).includes(draftId))).toBe(false)
  })

  it('shows the video of a finished draft', async () => {
    const { watch, start, settled, threads, job, chat, core } = await stage({})
    await start()
    await settled()
    await threads.settled()
    const { outputVideoPath } = await job()
    const [only] = await watch()
    expect([only?.summary, filesIn(only)[0]?.path]).toEqual([expect.any(String), outputVideoPath])
    const posted = chat.posted.length
    const elsewhere = fakeChat({ showsFilesPrivately: false })
    Object.assign(elsewhere, { link: chat.link })
    threads.register(elsewhere)
    const [link] = await watch()
    expect(saidIn(link)).toContain('You can watch it in the thread. Go to the draft')
    expect([chat.posted.length, elsewhere.posted]).toEqual([posted, []])
    expect(core.smallUploads.size).toBe(0)
  })

  it('says what is missing instead of making something up', async () => {
    const { watch, segments, core, draftId, scope } = await stage({})
    const [segment] = await segments()
    const id = segment?.id ?? 0
    program().fakes.onVoice = () => new Promise(() => {})
    await editSegment(core, scope, { segmentId: id, change: { text: 'Not yet.' } })
    expect((await watch()).map(({ summary }) => summary)).toEqual([
      'Segment 1 is still getting a voice or footage. Press Watch again when everything is there.',
    ])
    await core.jobs.cancelDraft(draftId)
    expect((await watch()).map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^Footage or a voice is missing in segment 1\. Press Retry there/),
    ])
    program().fakes.onVoice = async () => {}
    await undo(core, scope)
    expect((await watch()).at(-1)?.summary).toBe('Preview · revision 1')
    // A render at the same time uses the same clips.
    await requestRender(core, scope)
    expect((await watch()).at(-1)?.summary).toBe('Preview · revision 1')
    await program().queue.idle(draftId)
  })

  it('sends a smaller one where the platform takes less than it said', async () => {
    const { bot, threads, core } = program()
    const chat = fakeChat()
    threads.register(chat)
    const { draftId } = await renderable(program())
    const { request, answers } = fakeRequest(chat)
    let limit = 10_000_000
    chat.uploadLimit = async () => limit
    const refused: string[] = []
    const { privately } = request.reply
    const reply = {
      ...request.reply,
      privately: async (view: MessageView) => {
        const [file] = filesIn(view)
        const bytes = file ? ((await core.store.size(file.path)) ?? 0) : 0
        if (file && refused.length === 0) {
          refused.push(file.path)
          limit = Math.floor(bytes * 0.8)
          throw new FileTooLargeError()
        }
        await privately(view)
      },
    }
    await handleAction(bot, { ...request, reply }, encodeAction('watch', draftId))
    const [file] = filesIn(answers.privately.at(-1))
    expect(refused).not.toContain(file?.path)
    expect(await core.store.size(file?.path ?? '')).toBeLessThanOrEqual(limit)
  })
})
