import { beforeEach, expect, it } from 'vitest'
import { sayMissing } from '../../../../../src/core/draft/say-missing.ts'
import { UserError } from '../../../../../src/core/model/errors.ts'
import { storedFailure } from '../../../../../src/core/model/failure.ts'
import { ApiRequestEntity } from '../../../../../src/db/entities/api-request.ts'
import { JobEntity } from '../../../../../src/db/entities/job.ts'
import { apiOf, type Client, clientOf, tokenOf } from '../../../../factories/api.ts'
import { finishDraft } from '../../../../factories/finished-draft.ts'
import { PLACE } from '../../../../factories/people.ts'
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
  // A voice that an edit will request anyway isn't requested twice.
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

it('says also in Korean what does not reach core', async () => {
  const draft_id = await program().ready()
  const path = `/api/draft/${draft_id}`
  const authorization = `Bearer ${await tokenOf(program())}`
  const reading = `Bearer ${await tokenOf(program(), { scopes: ['read'] })}`
  const json = { 'content-type': 'application/json' }
  const requests: [number, string, RequestInit][] = [
    [401, path, {}],
    [403, path, { method: 'DELETE', headers: { authorization: reading } }],
    [404, '/api/nothing', { headers: { authorization } }],
    [404, `${path}/update-segment/x`, { method: 'POST', headers: { authorization, ...json }, body: '{}' }],
    [415, `${path}/update-segment/0`, { method: 'POST', headers: { authorization }, body: '{}' }],
    [
      422,
      `${path}/update-segment/0`,
      { method: 'POST', headers: { authorization, ...json }, body: '{"a":1}' },
    ],
    [
      413,
      `${path}/finalize`,
      { method: 'POST', headers: { authorization, ...json }, body: 'x'.repeat(1_000_001) },
    ],
  ]
  for (const [status, to, init] of requests) {
    const said = async (language: string) => {
      const headers = { ...Object(init.headers), 'accept-language': language }
      const answer = await fetch(origin + to, { ...init, headers })
      expect([to, answer.status]).toEqual([to, status])
      return ((await answer.json()) as { detail: string }).detail
    }
    expect(await said('ko')).toMatch(/\p{Script=Hangul}/u)
    expect(await said('en')).not.toMatch(/\p{Script=Hangul}/u)
  }
})

it('counts segments from 0', async () => {
  const params = { draft_id: await program().ready(), index: 3 }
  const none = await call('regenerateTts', { params })
  expect(none.body).toMatchObject({ status: 404, code: 'no_such_segment', field: 'index' })
  expect(none.body.detail).toBe('There is no segment 3. This draft has 3, counted from 0.')
})

type Named = 'NewDraft' | 'Finalize' | 'SettingsChange' | 'MusicSettings'

interface Described {
  paths: Record<string, { post: { responses: object } }>
  components: { schemas: Record<string, { properties: Record<string, { enum?: unknown[] }> }> }
}

it('says in the document that null is as good as nothing, and what may go wrong', async () => {
  const document = (await (await fetch(`${origin}/api/openapi.json`)).json()) as Described
  const { NewDraft, Finalize, SettingsChange, MusicSettings } = document.components.schemas as Record<
    Named,
    Described['components']['schemas'][string]
  >
  const ref = { $ref: '#/components/schemas/MusicSettings' }
  for (const { properties } of [NewDraft, Finalize])
    expect(properties.bgm_settings).toEqual({ anyOf: [ref, { type: 'null' }] })
  expect(SettingsChange.properties.music).toEqual({ anyOf: [ref, { type: 'null' }] })
  const { format, language, template } = NewDraft.properties
  for (const each of [
    format,
    language,
    template,
    Finalize.properties.template,
    MusicSettings.properties.mood,
  ])
    expect(each?.enum).toContain(null)
  const { responses } = document.paths['/api/draft/{draft_id}/finalize']?.post ?? {}
  for (const status of [400, 500, 502, 503, 504, 'default']) expect(responses).toHaveProperty(String(status))
})

it('answers a key with its own render after a later one, also where the program ended before it noted that', async () => {
  const { core } = program()
  const params = { draft_id: await program().ready() }
  const ask = (prefer: string) => {
    const headers = { prefer, 'idempotency-key': 'once' }
    return call('finalize', { params, headers, body: { upload: false } })
  }
  const { job_id } = (await ask('respond-async')).body.data
  await call('cancel', { params })
  // As if its video had arrived, and someone had rendered again.
  const output_video_path = 'videos/first.mp4'
  const em = core.db.fork()
  const done = { state: 'done', error: null, outputVideoPath: output_video_path } as const
  await em.nativeUpdate(JobEntity, { jobId: job_id }, done)
  const { requesterId } = await em.findOneOrFail(JobEntity, { jobId: job_id })
  const { render } = await finishDraft(core, params.draft_id, PLACE.workspace)
  await em.nativeUpdate(JobEntity, { jobId: render }, { requesterId, createdAt: new Date() })
  for (const jobId of [job_id, null]) {
    await em.nativeUpdate(ApiRequestEntity, { key: 'once' }, { jobId })
    const replayed = await ask('wait=30')
    // The draft shows the later video.
    const data = { job_id, output_video_path, video_url: null, status: 'finalized' }
    expect([replayed.status, replayed.body.data]).toMatchObject([200, data])
  }
  expect(await em.count(JobEntity, { draftId: params.draft_id, kind: 'finalize' })).toBe(2)
})
