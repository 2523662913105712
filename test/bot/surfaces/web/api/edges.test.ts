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

it('takes an empty body for one without fields where all are optional', async () => {
  const params = { draft_id: await program().ready() }
  const authorization = `Bearer ${await tokenOf(program())}`
  const json = { authorization, 'content-type': 'application/json', prefer: 'respond-async' }
  const post = (path: string) => fetch(origin + path, { method: 'POST', headers: json, body: '' })
  expect((await post(`/api/draft/${params.draft_id}/finalize`)).status).toBe(202)
  expect((await post(`/api/draft/${params.draft_id}/update-segment/0`)).status).toBe(400)
  await call('cancel', { params })
})

it('takes nothing but digits for a number in an address', async () => {
  const { draft_id } = await program()
    .load(await program().ready())
    .then(({ draft }) => ({ draft_id: draft.draftId }))
  const headers = { authorization: `Bearer ${await tokenOf(program())}`, 'content-type': 'application/json' }
  const statusOf = async (path: string, method = 'GET') =>
    (
      await fetch(`${origin}/api/draft/${path}`, {
        method,
        headers,
        ...(method === 'POST' && { body: '{}' }),
      })
    ).status
  for (const index of ['%20', '0x1', '1e0', '+1', '99999999999999999'])
    expect([index, await statusOf(`${draft_id}/update-segment/${index}`, 'POST')]).toEqual([index, 404])
  expect(await statusOf(`${draft_id}/update-segment/0`, 'POST')).toBe(200)
  for (const query of ['account_id=', 'limit=', 'skip=0x1', 'limit=%201', 'limit=0'])
    expect([query, await statusOf(`?${query}`)]).toEqual([query, 422])
  expect(await statusOf('?limit=1&skip=0')).toBe(200)
})
