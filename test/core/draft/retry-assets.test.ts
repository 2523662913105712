import { expect, it, vi } from 'vitest'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { undo } from '../../../src/core/draft/history.ts'
import { retryAssets } from '../../../src/core/draft/retry-assets.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { BEN } from '../../factories/people.ts'
import { scope, testProgram } from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

it('is one job, however many press Retry', async () => {
  const fakes = fakeProviders(['Said by nobody.'])
  fakes.onVoice = async () => {
    throw new Error('a bug in a provider')
  }
  const { core, draft, load, queue } = await testProgram({ fakes })
  const draftId = await draft()
  const segment = async () => (await load(draftId)).segments[0]
  const segmentId = (await segment())?.id ?? 0
  expect((await segment())?.voiceError).toMatch(/^Something went wrong/)
  fakes.onVoice = () => new Promise(() => {})
  const spoken = fakes.spoken.length
  await Promise.all([
    retryAssets(core, scope(draftId), segmentId),
    retryAssets(core, scope(draftId, BEN), segmentId),
  ])
  await vi.waitUntil(() => fakes.spoken.length > spoken, { timeout: 30_000, interval: 5 })
  await retryAssets(core, scope(draftId), segmentId)
  const active = { kind: 'collect', state: { $in: ['queued', 'running'] } } as const
  expect(await core.db.fork().count(JobEntity, active)).toBe(1)
  expect(fakes.spoken).toHaveLength(spoken + 1)

  // A retried segment stays retried, even when an edit is undone.
  fakes.onVoice = async () => {}
  await editSegment(core, scope(draftId), { segmentId, change: { text: 'Other words.' } })
  await undo(core, scope(draftId))
  await queue.cancelDraft(draftId)
  expect(await segment()).toMatchObject({ text: 'Said by nobody.', retries: 1 })
})
