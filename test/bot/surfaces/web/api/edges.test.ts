import { beforeEach, expect, it } from 'vitest'
import { sayMissing } from '../../../../../src/core/draft/say-missing.ts'
import { UserError } from '../../../../../src/core/model/errors.ts'
import { storedFailure } from '../../../../../src/core/model/failure.ts'
import { apiOf, type Client, clientOf, tokenOf } from '../../../../factories/api.ts'
import { SMALL, sharedProgram } from '../../../../factories/program.ts'

const program = sharedProgram()
let origin: string
let call: Client

beforeEach(async () => {
  origin = await apiOf(program())
  call = await clientOf(origin, await tokenOf(program()))
})

it('makes voices and footage once more also where there are none or they have failed', async () => {
  const draft_id = await program().draft({ ...SMALL, collect: false })
  const { segments } = await program().load(draft_id)
  const [first, second] = segments
  // As after Cancel.
  const cancelled = storedFailure(new UserError('cancelled'))
  for (const segment of [first, second]) await sayMissing(program().core, segment?.id ?? 0, cancelled)
  const update = (index: number, body: object) => call('updateSegment', { params: { draft_id, index }, body })
  const stateOf = async (index: number) => {
    await program().queue.idle(draft_id)
    const { voice, footage } = (await call('getDraft', { params: { draft_id } })).body.segments[index]
    return [voice.state, voice.error === null, footage.state, footage.error === null]
  }
  await update(0, { regenerate_tts: true })
  expect(await stateOf(0)).toEqual(['ready', true, 'missing', false])
  await update(0, { refetch_video: true })
  expect(await stateOf(0)).toEqual(['ready', true, 'ready', true])
  await update(1, { keyword: 'leaves', regenerate_tts: true, refetch_video: true })
  expect(await stateOf(1)).toEqual(['ready', true, 'ready', true])
  // What an edit has spoken again in any case is not spoken twice.
  const { spoken } = program().fakes
  await update(2, { text: 'Only once, please.', regenerate_tts: true })
  await program().queue.idle(draft_id)
  expect(spoken.filter((text) => text === 'Only once, please.')).toHaveLength(1)
})

it('does not render what the caller has not seen', async () => {
  const params = { draft_id: await program().ready() }
  const now = { prefer: 'respond-async' }
  const { version } = (await call('getDraft', { params })).body
  const other = await call('finalize', {
    params,
    headers: now,
    body: { version: version + 98, upload: false },
  })
  expect(other.body).toMatchObject({
    status: 409,
    code: 'stale',
    mine: { upload: false },
    theirs: { version },
  })
  expect(other.body.mine).not.toHaveProperty('version')
  const title = await call('patchDraft', { params, body: { title: 'Leaves' } })
  expect((await call('finalize', { params, headers: now, body: { version } })).status).toBe(409)
  const body = { version: title.body.data.version }
  expect((await call('finalize', { params, headers: now, body })).status).toBe(202)
  await call('cancel', { params })
})

it('makes only what an edit has touched of a draft whose voices and footage are left for later', async () => {
  const params = { draft_id: await program().draft({ ...SMALL, collect: false }) }
  const waiting = (await call('getDraft', { params })).body
  expect(waiting.status_text).toBe('Something is missing. Render makes it first.')
  expect(waiting.segments[0].voice.state).toBe('missing')
  await call('updateSegment', { params: { ...params, index: 1 }, body: { text: 'Tea cools.' } })
  await program().queue.idle(params.draft_id)
  const { segments } = (await call('getDraft', { params })).body
  const states = segments.map(({ voice, footage }: Made) => [voice.state, footage.state])
  expect(states).toEqual([
    ['missing', 'missing'],
    ['ready', 'ready'],
    ['missing', 'missing'],
  ])
})

type Made = { voice: { state: string }; footage: { state: string } }
