import { expect, it } from 'vitest'
import { apiOf, clientOf, tokenOf } from '../../../../factories/api.ts'
import { PLACE } from '../../../../factories/people.ts'
import { sharedProgram } from '../../../../factories/program.ts'
import { fakeChat } from '../../../../fakes/chat.ts'

const program = sharedProgram()

it('what a program begins is shown in the channel of its token', async () => {
  const chat = fakeChat()
  program().bot.threads.register(chat)
  const origin = await apiOf(program())
  const call = await clientOf(origin, await tokenOf(program(), { name: 'a program' }))
  const body = { script: 'Tea is old. It warms.', collect_assets: false }
  const { body: draft } = await call('createDraft', { headers: { prefer: 'wait=60' }, body })
  expect(draft.segments.length).toBeGreaterThan(0)
  expect(draft.segments[0]).toMatchObject({ tts_local_path: null, video_local_path: null })
  await program().threads.settled()
  expect(chat.posted.some(({ channelId }) => channelId === PLACE.channelId)).toBe(true)
  const posted = chat.posted.length
  const nowhere = await clientOf(origin, await tokenOf(program(), { home: { ...PLACE, channelId: '' } }))
  await nowhere('createDraft', { body })
  await program().threads.settled()
  expect(chat.posted).toHaveLength(posted)
})

it('a program makes, edits, renders and fetches a film with a client made from the document', async () => {
  const origin = await apiOf(program())
  const call = await clientOf(origin, await tokenOf(program(), { name: 'the story' }))
  const created = await call('createDraft', {
    headers: { 'idempotency-key': 'one' },
    body: { topic: 'Tea', format: 'square', bgm_settings: { enabled: false }, preset: false },
  })
  expect(created.status).toBe(200)
  const draft = created.body
  expect(draft).toMatchObject({ topic: 'Tea', format: 'square', target_duration: 30, author: 'the story' })
  expect(draft.segments.map((each: { segment_index: number }) => each.segment_index)).toEqual([0, 1, 2])
  expect(created.headers.get('location')).toBe(`/api/draft/${draft.draft_id}`)
  const params = { draft_id: draft.draft_id }

  // Repeating the request returns the same draft; with another body the key is rejected.
  const body = { topic: 'Tea', format: 'square', bgm_settings: { enabled: false }, preset: false }
  const again = await call('createDraft', { headers: { 'idempotency-key': 'one' }, body })
  expect(again.body.draft_id).toBe(draft.draft_id)
  const reused = await call('createDraft', {
    headers: { 'idempotency-key': 'one' },
    body: { topic: 'Coffee' },
  })
  expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_key_reused'])

  await program().queue.idle(draft.draft_id)
  const [first, , third] = (await call('getDraft', { params })).body.segments
  const edit = { text: 'Tea warms.', duration: 1.5, version: first.version }
  const edited = await call('updateSegment', { params: { ...params, index: 0 }, body: edit })
  expect(edited.body.data).toMatchObject({ text: 'Tea warms.', duration: 1.5, voice: { state: 'making' } })
  const stale = await call('updateSegment', {
    params: { ...params, index: 0 },
    body: { text: 'Late.', version: first.version },
  })
  expect(stale.status).toBe(409)
  expect(stale.body).toMatchObject({
    ...{ code: 'stale', changed_by: 'the story', mine: { text: 'Late.' } },
    theirs: { text: 'Tea warms.', version: edited.body.data.version },
  })
  const removed = await call('removeSegment', { params: { ...params, segment_id: third.segment_id } })
  expect(removed.body.data.segments).toHaveLength(2)
  await call('undo', { params })
  const moved = await call('moveSegment', {
    params: { ...params, segment_id: third.segment_id },
    body: { to: 0 },
  })
  expect(moved.body.data.segments[0].segment_id).toBe(third.segment_id)
  const history = await call('getHistory', { params, query: { limit: 1 } })
  expect(history.body).toMatchObject([{ is_current: true, by: 'the story' }])
  expect(Number(history.headers.get('x-total-count'))).toBeGreaterThan(1)
  expect(history.headers.get('link')).toContain('rel="next"')
  await call('addNote', { params: { ...params, segment_id: first.segment_id }, body: { text: 'Nice.' } })

  await program().queue.idle(draft.draft_id)
  const look = { template: 'minimal', music: { enabled: false } }
  expect((await call('patchDraft', { params, body: look })).body.data.template).toBe('minimal')
  expect((await call('getFilmFile', { params })).status).toBe(404)
  const { url } = (await call('watch', { params })).body.data
  expect(url).toContain(`/api/draft/${draft.draft_id}/film?v=`)
  expect((await call('getFilmFile', { params })).body.toString('latin1', 4, 8)).toBe('ftyp')
  const played = await call('play', { params: { ...params, segment_id: first.segment_id } })
  const shown = (await call('getDraft', { params })).body.segments[1]
  expect([shown.segment_id, shown.clip_url]).toEqual([first.segment_id, played.body.data.url])

  const asked = await call('finalize', {
    params,
    headers: { prefer: 'respond-async', 'idempotency-key': 'render' },
    body: { template: 'minimal', bgm_settings: { enabled: false } },
  })
  expect([asked.status, asked.headers.get('preference-applied')]).toEqual([202, 'respond-async'])
  expect(asked.body.data).toMatchObject({ status: 'converting', output_video_path: null, youtube_url: null })
  const { job_id } = asked.body.data
  expect(asked.headers.get('location')).toBe(`/api/draft/${draft.draft_id}/jobs/${job_id}`)
  const busy = await call('updateSegment', { params: { ...params, index: 0 }, body: { text: 'Now.' } })
  expect([busy.status, busy.body.code]).toEqual([409, 'draft_busy'])

  // Asking again with the same key waits for the same render.
  const done = await call('finalize', {
    params,
    headers: { 'idempotency-key': 'render' },
    body: { template: 'minimal', bgm_settings: { enabled: false } },
  })
  expect(done.status).toBe(200)
  expect(done.body.data).toMatchObject({
    draft_id: draft.draft_id,
    job_id,
    status: 'finalized',
    youtube_url: null,
  })
  expect(done.body.data.output_video_path).toMatch(/^videos\//)
  const video = await call('getVideoFile', { params })
  expect(video.body.toString('latin1', 4, 8)).toBe('ftyp')
  const part = await call('getVideoFile', { params, headers: { range: 'bytes=4-7' } })
  expect([part.status, part.body.toString()]).toEqual([206, 'ftyp'])
  expect((await call('getVideoVttFile', { params })).body.toString()).toContain('Tea warms.')
  expect((await call('getJob', { params: { ...params, job_id } })).body.state).toBe('done')
  expect((await call('watch', { params })).body.data.url).toBe(done.body.data.video_url)
  expect((await call('getNotes', { params })).body).toMatchObject([{ text: 'Nice.', is_own: true }])

  const list = await call('listDrafts', { query: { status: 'finalized' } })
  expect([list.headers.get('x-total-count'), list.body[0].draft_id]).toEqual(['1', draft.draft_id])
  const gone = await call('deleteDraft', { params })
  expect(gone.body.success).toBe(true)
  expect((await call('getDraft', { params })).status).toBe(404)
}, 60_000)
