import { describe, expect, it } from 'vitest'
import { refetchFootage, revoiceSegment } from '../../../src/core/draft/arrange.ts'
import { footageChoices } from '../../../src/core/draft/choose-footage.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { requestRender } from '../../../src/core/draft/render.ts'
import { retryAssets } from '../../../src/core/draft/retry-assets.ts'
import { rewriteText } from '../../../src/core/draft/rewrite.ts'
import { ProviderError } from '../../../src/core/model/errors.ts'
import { PaidCallEntity } from '../../../src/db/entities/paid-call.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, testProgram } from '../../factories/program.ts'
import { billed, fakeProviders } from '../../fakes/providers.ts'

const HOUR = 3_600_000

async function paidProgram(env: NodeJS.ProcessEnv = {}) {
  let passed = 0
  const fakes = billed(fakeProviders())
  const clock = () => new Date(Date.now() + passed)
  const program = await testProgram({ fakes, env, clock })
  const calls = async () => {
    const rows = await program.core.db.fork().find(PaidCallEntity, {})
    return rows.reduce((sum, row) => sum + row.calls, 0)
  }
  /** How many more calls are counted after this. */
  const counted = async (act: () => Promise<unknown>) => {
    const before = await calls()
    await act()
    await program.queue.idle()
    return (await calls()) - before
  }
  const first = async (draftId: string) => (await program.load(draftId)).segments[0]?.id ?? 0
  const pass = (milliseconds: number) => {
    passed += milliseconds
  }
  return { ...program, calls, counted, first, pass }
}

describe('paid calls', () => {
  it('are counted for whatever asks paid services for something, once each', async () => {
    const { core, draft, counted, first, queue } = await paidProgram()
    // A script, plus a voice and footage for each of three segments.
    expect(await counted(() => draft())).toBe(7)
    const draftId = await draft()
    const segmentId = await first(draftId)
    const on = scope(draftId, BEN)
    const edit = (text: string) => counted(() => editSegment(core, on, { segmentId, change: { text } }))
    expect(await edit('And so it is.')).toBe(1)
    // The new text is searched for as well.
    expect(await edit('A harbour at dawn.')).toBe(2)
    expect(await counted(() => revoiceSegment(core, on, segmentId))).toBe(1)
    expect(await counted(() => refetchFootage(core, on, segmentId))).toBe(1)
    expect(await counted(() => rewriteText(core, on, segmentId, 'calmer'))).toBe(1)
    expect(await counted(() => footageChoices(core, on, segmentId, AbortSignal.timeout(10_000)))).toBe(1)
    expect(await counted(() => editSettings(core, on, { voiceSpeed: 1.5 }))).toBe(3)
    expect(await counted(() => editSettings(core, on, { title: 'Another title' }))).toBe(0)
    const script = 'One sentence. Another sentence.'
    expect(await counted(() => requestDraft(core, { script, collect: false }, ANN, PLACE))).toBe(0)
    await queue.idle()
  })

  it('are not counted again for what the program tries again, or what is running already', async () => {
    const { core, fakes, draft, counted, first, load } = await paidProgram()
    let failures = 1
    fakes.onVoice = async () => {
      if (failures-- > 0) throw new Error('the process has a problem')
    }
    expect(await counted(() => draft())).toBe(7)
    const draftId = await draft()
    const segmentId = await first(draftId)
    const gate = Promise.withResolvers<void>()
    fakes.onVoice = () => gate.promise
    await editSegment(core, scope(draftId), { segmentId, change: { text: 'Spoken slowly.' } })
    expect(
      await counted(async () => {
        // The voice of the segment is still being made.
        await editSettings(core, scope(draftId), { title: 'Another title' })
        gate.resolve()
      }),
    ).toBe(0)
    expect((await load(draftId)).segments[0]?.ttsLocalPath).not.toBeNull()
  })

  it('are counted for Retry and for what Render has to make', async () => {
    const { core, fakes, draft, counted, first } = await paidProgram()
    fakes.onVoice = async () => {
      throw new ProviderError('fake-voice', 'unavailable', 'The voice service is away.')
    }
    const draftId = await draft()
    expect(await counted(() => retryAssets(core, scope(draftId), 0).catch(() => {}))).toBe(0)
    expect(await counted(async () => retryAssets(core, scope(draftId), await first(draftId)))).toBe(1)
    expect(await counted(() => requestRender(core, scope(draftId)))).toBe(3)
  })

  it('are refused above the limit, in all workspaces of a person, until an hour has passed', async () => {
    const { core, draft, first, pass, load } = await paidProgram({ MAX_PAID_CALLS_PER_HOUR: '7' })
    const draftId = await draft()
    const segmentId = await first(draftId)
    const change = { text: 'Words that are not spoken.' }
    await expect(editSegment(core, scope(draftId), { segmentId, change })).rejects.toMatchObject({
      code: 'limit_paid_calls',
      message: expect.stringMatching(
        /7 requests for .* per hour per person\. .* raises MAX_PAID_CALLS_PER_HOUR\.$/,
      ),
    })
    expect((await load(draftId)).segments[0]?.text).toBe('One two three.')
    await expect(rewriteText(core, scope(draftId), segmentId, 'calmer')).rejects.toMatchObject({
      code: 'limit_paid_calls',
    })
    const elsewhere = { ...PLACE, workspace: 'test:dm:ann' }
    await expect(requestDraft(core, { topic: 'Tea' }, ANN, elsewhere)).rejects.toMatchObject({
      code: 'limit_paid_calls',
    })
    await editSegment(core, scope(draftId, BEN), { segmentId, change })
    pass(HOUR)
    await rewriteText(core, scope(draftId), segmentId, 'calmer')
  })

  it('hold for a whole workspace too, and are not given back with a draft that is deleted', async () => {
    const { core, draft, queue } = await paidProgram({ MAX_PAID_CALLS_PER_HOUR_PER_WORKSPACE: '14' })
    for (const actor of [ANN, BEN])
      await deleteDraft(core, scope(await draft({ topic: 'Tea' }, actor), actor))
    await queue.idle()
    await expect(requestDraft(core, { topic: 'Tea' }, ANN, PLACE)).rejects.toMatchObject({
      message: expect.stringContaining('MAX_PAID_CALLS_PER_HOUR_PER_WORKSPACE'),
    })
    await requestDraft(core, { topic: 'Tea' }, ANN, { ...PLACE, workspace: 'test:2' })
  })

  it('let in as many of those who ask at once as are allowed', async () => {
    const { core, draft, first } = await paidProgram({ MAX_PAID_CALLS_PER_HOUR: '9' })
    const draftId = await draft()
    const segmentId = await first(draftId)
    const asked = [1, 2, 3, 4, 5].map(() => rewriteText(core, scope(draftId), segmentId, 'calmer'))
    const results = await Promise.allSettled(asked)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  })

  it('are not counted where nothing is paid for', async () => {
    const program = await testProgram({ env: { MAX_PAID_CALLS_PER_HOUR: '1' } })
    await program.draft()
    const em = program.core.db.fork()
    expect(await em.count(PaidCallEntity)).toBe(0)
    expect(await em.count(SegmentEntity)).toBe(3)
  })
})
