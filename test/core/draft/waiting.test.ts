import { expect, it, vi } from 'vitest'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { testProgram } from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

it('does not hold up a second draft while all of a first one waits for a site', async () => {
  const fakes = fakeProviders(Array.from({ length: 20 }, (_, index) => `Number ${index}.`))
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  fakes.onFootage = () => answered
  const { core, queue, draft, load } = await testProgram({ fakes })
  const { draftId: first } = await requestDraft(core, { topic: 'One' }, ANN, PLACE)
  // As many as one draft may have running: one requested later would be answered at once.
  await vi.waitUntil(() => fakes.searched.length >= 5, { timeout: 30_000 })

  fakes.texts = ['Short.', 'Short too.']
  fakes.onFootage = async () => {}
  const second = await load(await draft({ topic: 'Two' }))
  expect(second.draft.status).toBe('assets_ready')
  expect((await load(first)).segments.filter(({ videoLocalPath }) => videoLocalPath !== null)).toEqual([])

  answer()
  await queue.idle(first)
  expect((await load(first)).draft.status).toBe('assets_ready')
})
