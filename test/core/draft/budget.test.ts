import { describe, expect, it } from 'vitest'
import { failureText } from '../../../src/bot/words/failures.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import { writersFor } from '../../../src/core/draft/budget.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { rewriteText } from '../../../src/core/draft/rewrite.ts'
import { ProviderError } from '../../../src/core/model/errors.ts'
import type { ScriptRequest } from '../../../src/core/model/providers.ts'
import { SpendingEntity } from '../../../src/db/entities/spending.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { scope, testProgram } from '../../factories/program.ts'
import { billed, fakeProviders } from '../../fakes/providers.ts'

const DAY = 86_400_000
const REQUEST: ScriptRequest = {
  topic: 'Tea',
  style: null,
  language: 'en',
  format: 'square',
  targetDuration: 10,
  charactersPerSecond: 15,
}
const never = new AbortController().signal

async function budgetProgram(env: NodeJS.ProcessEnv, prices = { script: 1, voice: 0.1 }) {
  let passed = 0
  const fakes = billed(fakeProviders(), prices)
  const program = await testProgram({ fakes, env, clock: () => new Date(Date.now() + passed) })
  const { core } = program
  const spent = async (workspace = PLACE.workspace) => {
    const rows = await core.db.fork().find(SpendingEntity, { workspace })
    return rows.reduce((sum, { usd }) => sum + usd, 0)
  }
  /** A script from the service that charges for it. */
  const write = (workspace = PLACE.workspace, signal = never) =>
    writersFor(core, workspace)[0]?.write(REQUEST, signal)
  const pass = (milliseconds: number) => {
    passed += milliseconds
  }
  return { ...program, spent, write, pass }
}

describe('the budget of a day', () => {
  it('stops paid services, and free ones stand in with a sentence that says until when', async () => {
    const { draft, load, spent, core, pass } = await budgetProgram({ MAX_USD_PER_DAY: '1.15' })
    const draftId = await draft()
    // The script and one of the three voices.
    expect(await spent()).toBeCloseTo(1.1)
    const { draft: first, segments } = await load(draftId)
    expect(first.notice).toBeNull()
    const providers = segments.map(({ ttsProvider }) => ttsProvider)
    expect(providers.toSorted()).toEqual(['fake-voice', 'free-voice', 'free-voice'])
    const remark = segments.find(({ ttsProvider }) => ttsProvider === 'free-voice')?.voiceError ?? ''
    expect(remark).toMatch(
      /^Paid services have used up the daily budget of \$1\.15 for everyone\. They are available again from .* UTC, or once an admin raises MAX_USD_PER_DAY\./,
    )
    expect(failureText(ko, remark)).toMatch(/하루 예산 \$1\.15를 모두 사용하여 .* UTC부터/)
    const second = await load(await draft({ topic: 'Coffee' }))
    expect(second.draft.notice).toContain('Paid services have used up')
    const rewriting = () => rewriteText(core, scope(draftId), segments[0]?.id ?? 0, 'calmer')
    await expect(rewriting()).rejects.toMatchObject({ code: 'budget_spent' })
    pass(DAY)
    expect(await rewriting()).toContain('Calmly')
  })

  it('counts what is under way, so that many at once do not overshoot', async () => {
    const { write, fakes, spent } = await budgetProgram({ MAX_USD_PER_DAY: '3' })
    const gate = Promise.withResolvers<void>()
    fakes.onScript = () => gate.promise
    const asked = Array.from({ length: 10 }, () => write())
    const results = Promise.allSettled(asked)
    while ((await spent()) < 3) await new Promise(setImmediate)
    gate.resolve()
    expect((await results).filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await spent()).toBeCloseTo(3)
  })

  it('is one for each workspace as well', async () => {
    const { write } = await budgetProgram({ MAX_USD_PER_DAY_PER_WORKSPACE: '1', MAX_USD_PER_DAY: '2' })
    await write('test:1')
    await expect(write('test:1')).rejects.toMatchObject({
      message: expect.stringMatching(/for this workspace\. .* MAX_USD_PER_DAY_PER_WORKSPACE/),
    })
    await write('test:2')
    await expect(write('test:3')).rejects.toMatchObject({ params: { usd: 2, whose: 'bot' } })
  })

  it('lets go of what failed, but not of what was used or may be billed all the same', async () => {
    const { write, fakes, spent } = await budgetProgram({})
    const used = [{ provider: 'openai', model: 'gpt-4.1', outputTokens: 25_000 }]
    const fail = async (usage: typeof used) => {
      fakes.onScript = async () => {
        throw new ProviderError('fake-script', 'unavailable', 'Away.', { usage })
      }
      await expect(write()).rejects.toThrow('Away.')
      return spent()
    }
    expect(await fail([])).toBe(0)
    expect(await fail(used)).toBeCloseTo(0.2)
    const cancelled = new AbortController()
    fakes.onScript = async () => {
      cancelled.abort(new Error('cancelled'))
      await new Promise(() => {})
    }
    await expect(write(PLACE.workspace, cancelled.signal)).rejects.toThrow('cancelled')
    expect(await spent()).toBeCloseTo(1.2)
  })

  it('says so where one call alone is too much, and 0 lets nothing be spent', async () => {
    for (const MAX_USD_PER_DAY of ['0.5', '0']) {
      const { write, fakes, spent } = await budgetProgram({ MAX_USD_PER_DAY })
      fakes.onScript = async () => expect.fail('nothing is asked for')
      await expect(write()).rejects.toMatchObject({ message: expect.stringMatching(/^This would cost more/) })
      expect(await spent()).toBe(0)
    }
  })

  it('is why a script fails that nothing free can write', async () => {
    const { core, queue, fakes, load } = await budgetProgram({ MAX_USD_PER_DAY: '0' })
    fakes.providers.script.splice(1)
    core.providers.script.splice(1)
    const { draftId, jobId } = await requestDraft(core, { topic: 'Tea' }, ANN, PLACE)
    await queue.idle()
    const [row] = await core.db
      .fork()
      .getConnection()
      .execute('select error from job_history where job_id = ?', [jobId])
    expect(failureText(ko, row?.error)).toContain('MAX_USD_PER_DAY')
    await expect(load(draftId)).rejects.toMatchObject({ code: 'draft_not_found' })
  })
})
