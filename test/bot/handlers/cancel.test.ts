import { afterEach, describe, expect, it, vi } from 'vitest'
import { cancelWork } from '../../../src/core/draft/cancel.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { requestRender } from '../../../src/core/draft/render.ts'
import type { ScriptProvider } from '../../../src/core/model/providers.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { desk as deskOf } from '../../factories/desk.ts'
import { gate } from '../../factories/gate.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram, testProgram } from '../../factories/program.ts'
import { buttonsIn, fakeChat, saidIn } from '../../fakes/chat.ts'
import { quickProviders } from '../../fakes/providers.ts'

const program = sharedProgram({ fakes: quickProviders(['One two.', 'Three four.']) })

afterEach(async () => {
  const { fakes, threads, queue } = program()
  fakes.onScript = async () => {}
  fakes.onVoice = async () => {}
  await queue.idle()
  await threads.settled()
})

const never = () => new Promise<never>(() => {})
const soon = (condition: () => boolean | Promise<boolean>) =>
  vi.waitUntil(condition, { timeout: 30_000, interval: 10 })

/** Starts a draft by command and opens its thread. */
async function started(fields = {}) {
  const { command, press, chat } = deskOf(program)
  await command('create', { topic: 'Tea', format: 'square' }, fields)
  const thread = async () => {
    await program().threads.settled()
    return chat.inThread(chat.posted.find(({ threadId }) => threadId !== null)?.threadId ?? '')
  }
  const top = async () => (await thread())[0]?.view
  return { press, thread, top, button: async (label: string) => buttonsIn(await top())[label] }
}

describe('Cancel', () => {
  it('while the script is written ends it, says so, and lets it be tried again', async () => {
    const { fakes, core, queue } = program()
    const drafts = await core.db.fork().count(DraftEntity)
    fakes.onScript = never
    const { press, top, button } = await started()
    await press(await button('Cancel'), { actor: BEN })
    expect(saidIn(await top())).toContain('Cancelled.')
    await queue.idle()
    expect(await core.db.fork().count(DraftEntity)).toBe(drafts)
    expect((await press(await button('Cancel'))).said).toContain('/draft show')
    fakes.onScript = async () => {}
    await press(await button('Retry'))
    await queue.idle()
    expect(saidIn(await top())).toContain('Ready to render')
  })

  it('while assets are collected ends that, and says so where they are missing', async () => {
    const { fakes, queue } = program()
    fakes.texts = ['Never spoken.', 'Nor this.']
    fakes.onVoice = never
    const { press, top, thread, button } = await started()
    await soon(async () => (await button('Cancel')) !== undefined && (await thread()).length === 4)
    const pressed = await button('Cancel')
    await press(pressed)
    const [, first, second] = await thread()
    for (const message of [first, second]) {
      expect(saidIn(message?.view)).toContain('Cancelled.')
      expect(saidIn(message?.view)).not.toContain('Recording the voice')
    }
    expect(await button('Cancel')).toBeUndefined()
    expect((await press(pressed)).said).toBe(
      'Nothing is in progress for this draft, so there is nothing to cancel.',
    )
    fakes.onVoice = async () => {}
    for (const message of [first, second]) await press(buttonsIn(message?.view).Retry)
    await queue.idle()
    expect(saidIn(await top())).toContain('Ready to render')
  })

  it('that comes when the script is there already still prevents the draft', async () => {
    const fakes = quickProviders()
    const [writer] = fakes.providers.script
    const { promise, resolve } = Promise.withResolvers<void>()
    let asked = false
    // As if the service's answer arrived at the very moment of the cancellation.
    const deaf: ScriptProvider = {
      name: 'deaf',
      write: async (request) => {
        asked = true
        await promise
        return writer?.write(request, new AbortController().signal) ?? Promise.reject(new Error('none'))
      },
    }
    fakes.providers.script = [deaf]
    const { core, queue } = await testProgram({ fakes })
    const { draftId } = await requestDraft(core, { topic: 'Tea' }, ANN, PLACE)
    await soon(() => asked)
    const elsewhere = cancelWork(core, scope(draftId, BEN, 'test:2'))
    await expect(elsewhere).rejects.toMatchObject({ code: 'draft_not_found' })
    const cancelled = cancelWork(core, scope(draftId))
    await soon(async () => (await core.db.fork().count(JobEntity, { state: 'cancelled' })) === 1)
    resolve()
    await cancelled
    await queue.idle()
    expect(await core.db.fork().count(DraftEntity)).toBe(0)
  })
})

describe('a stop of the program', () => {
  it('ends the making of a smaller copy of a video', async () => {
    // Enough words that there is something to shrink.
    const { core, queue, threads, draft } = await testProgram({
      fakes: quickProviders(['Every harbour has boats, and every boat has a name.']),
    })
    const draftId = await draft({ topic: 'Tea', format: 'square' })
    await requestRender(core, scope(draftId))
    await queue.idle()
    const job = await core.db.fork().findOneOrFail(JobEntity, { kind: 'finalize' })
    const bytes = (await core.store.size(job.outputVideoPath ?? '')) ?? 0
    const { waiting } = gate(core.ffmpeg, 'render')
    const chat = fakeChat()
    chat.uploadLimit = async () => bytes - 1
    threads.register(chat)
    threads.refresh(draftId)
    await soon(() => waiting() > 0)
    await threads.stop()
    expect(chat.posted.some(({ view }) => view.summary.includes('is ready'))).toBe(false)
  })
})
