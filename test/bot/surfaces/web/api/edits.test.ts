import { beforeEach, expect, it } from 'vitest'
import { DraftEntity } from '../../../../../src/db/entities/draft.ts'
import { SegmentEntity } from '../../../../../src/db/entities/segment.ts'
import { apiOf, type Client, clientOf, tokenOf } from '../../../../factories/api.ts'
import { sharedProgram } from '../../../../factories/program.ts'

const program = sharedProgram()
let origin: string
let call: Client

beforeEach(async () => {
  origin = await apiOf(program())
  call = await clientOf(origin, await tokenOf(program()))
})

it('sends files whole, in ranges, and not again to those who have them', async () => {
  const params = { draft_id: await program().ready() }
  const { voice, footage, segment_id } = (await call('getDraft', { params })).body.segments[0]
  const ofSegment = { ...params, segment_id }
  const whole = await call('getVoiceFile', { params: ofSegment })
  expect(whole.headers.get('content-type')).toBe('audio/wav')
  const { length } = whole.body
  for (const [range, from, to] of [
    ['bytes=0-3', 0, 3],
    ['bytes=4-', 4, length - 1],
    ['bytes=-5', length - 5, length - 1],
    [`bytes=10-${length * 2}`, 10, length - 1],
  ] as const) {
    const part = await call('getVoiceFile', { params: ofSegment, headers: { range } })
    expect([range, part.status, part.headers.get('content-range')]).toEqual([
      range,
      206,
      `bytes ${from}-${to}/${length}`,
    ])
    expect(part.body.equals(whole.body.subarray(from, to + 1))).toBe(true)
  }
  const beyond = await call('getVoiceFile', { params: ofSegment, headers: { range: `bytes=${length}-` } })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${length}`])
  const odd = await call('getVoiceFile', { params: ofSegment, headers: { range: 'bytes=5-2,7' } })
  expect([odd.status, odd.body.length]).toEqual([200, length])
  const etag = whole.headers.get('etag') ?? ''
  const known = await call('getVoiceFile', { params: ofSegment, headers: { 'if-none-match': etag } })
  expect([known.status, known.body.length]).toEqual([304, 0])
  const other = { range: 'bytes=0-3', 'if-range': '"another"' }
  expect((await call('getVoiceFile', { params: ofSegment, headers: other })).status).toBe(200)

  // Addresses with a version may be cached forever; those without are requested each time.
  const authorization = { authorization: `Bearer ${await tokenOf(program())}` }
  const kept = await fetch(origin + voice.url, { method: 'HEAD', headers: authorization })
  expect(kept.headers.get('cache-control')).toContain('immutable')
  expect(kept.headers.get('content-length')).toBe(String(length))
  expect(whole.headers.get('cache-control')).toBe('private, no-cache')
  const picture = await fetch(origin + footage.url, { headers: authorization })
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect((await call('getFilmFile', { params })).status).toBe(404)
})

it('splits where somebody points, and takes back what others did', async () => {
  const params = { draft_id: await program().ready() }
  const [first] = (await call('getDraft', { params })).body.segments
  const ofSegment = { ...params, segment_id: first.segment_id }
  const split = await call('splitSegment', { params: ofSegment, body: { at: first.length } })
  expect(split.body.data.segments.map((each: { text: string }) => each.text).slice(0, 2)).toEqual([
    'One two',
    'three.',
  ])
  const merged = await call('mergeSegment', { params: ofSegment })
  expect(merged.body.data.segments[0].text).toBe('One two three.')
  const undone = await call('undo', { params })
  expect(undone.body.message).toContain('Undid')
  expect(undone.body.data.segments).toHaveLength(4)
  const restored = await call('restore', { params, body: { revision: 1 } })
  expect(restored.body.data.segments[0].voice.state).toBe('ready')
  const changed = await call('patchDraft', { params, body: { title: 'Leaves', music: { volume: 0.4 } } })
  expect(changed.body.data).toMatchObject({ title: 'Leaves', music: { volume: 0.4 } })
  const stale = await call('patchDraft', { params, body: { title: 'Late', version: 1 } })
  expect(stale.body).toMatchObject({ status: 409, code: 'stale', mine: { title: 'Late' } })
  expect(stale.body.theirs.title).toBe('Leaves')
})

it('looks for footage, and takes what is chosen', async () => {
  const params = { draft_id: await program().ready() }
  const [first] = (await call('getDraft', { params })).body.segments
  const ofSegment = { ...params, segment_id: first.segment_id }
  const found = await call('searchCandidates', { params: ofSegment })
  const other = found.body.find((each: { is_current: boolean }) => !each.is_current)
  const chosen = await call('chooseCandidate', { params: { ...ofSegment, key: other.key } })
  expect(chosen.body.data.footage.title).toBe(other.title)
  const again = await call('getCandidates', { params: ofSegment })
  expect(again.body.find((each: { is_current: boolean }) => each.is_current).key).toBe(other.key)
  const none = await call('chooseCandidate', { params: { ...ofSegment, key: '000000000000' } })
  expect([none.status, none.body.code]).toEqual([404, 'candidate_not_found'])
})

it('renders the blanks of an outline as they are, unless it is to ask', async () => {
  const draft_id = await program().ready()
  const em = program().core.db.fork()
  await em.nativeUpdate(DraftEntity, { draftId: draft_id }, { isOutline: true })
  await em.nativeUpdate(
    SegmentEntity,
    { draftId: draft_id, segmentIndex: 1 },
    { text: 'It is [Your fact: what it is.]' },
  )
  const finalize = (body: object) =>
    call('finalize', { params: { draft_id }, headers: { prefer: 'respond-async' }, body })
  const asked = await finalize({ allow_placeholders: false })
  expect([asked.status, asked.body.code]).toEqual([422, 'placeholders_left'])
  expect((await finalize({})).status).toBe(202)
  await call('cancel', { params: { draft_id } })
})

it('says which value was refused, in the words of the reader', async () => {
  const params = { draft_id: await program().ready() }
  const refused = async (body: object, headers: Record<string, string> = {}) => {
    const { status, body: problem } = await call('updateSegment', {
      params: { ...params, index: 0 },
      body,
      headers,
    })
    return [status, problem.code, problem.field]
  }
  expect(await refused({ text: ' ' })).toEqual([422, 'text_empty', 'text'])
  expect(await refused({ image_search_query: 'x'.repeat(600) })).toEqual([
    422,
    'text_too_long',
    'image_search_query',
  ])
  expect(await refused({ duration: 4000 })).toEqual([422, 'duration_out_of_range', 'duration'])
  expect(await refused({ duration: '4' })).toEqual([422, 'invalid_request', 'duration'])
  expect((await refused({ colour: 'red' })).slice(0, 2)).toEqual([422, 'invalid_request'])
  expect((await refused({ text: 'x' }, { 'content-type': 'text/plain' })).slice(0, 2)).toEqual([
    415,
    'unsupported_media_type',
  ])
  const korean = await call('updateSegment', {
    ...{ params: { ...params, index: 0 }, body: { text: '' } },
    headers: { 'accept-language': 'ko-KR,ko;q=0.9' },
  })
  expect(korean.body.detail).toMatch(/\p{Script=Hangul}/u)
  const large = await call('updateSegment', {
    params: { ...params, index: 0 },
    body: { text: 'x'.repeat(1_000_001) },
  })
  expect([large.status, large.body.code]).toEqual([413, 'body_too_large'])
  const created = await call('createDraft', { body: { topic: 'Tea', account_id: 77 } })
  expect([created.status, created.body.code]).toEqual([422, 'account_not_found'])
})
