import { expect, it, vi } from 'vitest'
import { youtubeOf } from '../../../../../src/bot/surfaces/web/youtube-of.ts'
import { wordsFor } from '../../../../../src/bot/words/index.ts'
import { emptySegment } from '../../../../../src/core/draft/create.ts'
import { DraftEntity } from '../../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../../src/db/entities/job.ts'
import { SegmentEntity } from '../../../../../src/db/entities/segment.ts'
import { apiOf, clientOf, tokenOf } from '../../../../factories/api.ts'
import { finishedDraft } from '../../../../factories/finished-draft.ts'
import { linkChannel, linkedAccount, quickGoogle, withGoogle } from '../../../../factories/google.ts'
import { PATIENCE } from '../../../../factories/patience.ts'
import { PLACE } from '../../../../factories/people.ts'
import { testProgram } from '../../../../factories/program.ts'
import { draftRow } from '../../../../factories/rows.ts'

it('declares what is uploaded as it was asked for, and says where nothing can be', async () => {
  const linked = await withGoogle()
  const { program } = linked
  const call = await clientOf(await apiOf(program), await tokenOf(program))
  const { id, version, ...row } = draftRow()
  const { draftId } = row
  const em = program.core.db.fork()
  await em.insert(DraftEntity, row)
  await em.insert(SegmentEntity, { ...emptySegment(draftId, new Date()), segmentIndex: 0, text: 'Words.' })
  const finalize = async (upload: unknown) => {
    const headers = { prefer: 'respond-async' }
    const { status, body } = await call('finalize', {
      params: { draft_id: draftId },
      headers,
      body: { upload },
    })
    if (status !== 202) return [status, body.code]
    await call('cancel', { params: { draft_id: draftId } })
    const job = await em.fork().findOneOrFail(JobEntity, { jobId: body.data.job_id })
    return [status, job.payload.upload]
  }
  expect(await finalize(true)).toEqual([422, 'upload_not_configured'])
  await linkedAccount(linked)
  const plain = { privacy: 'private', publishAt: null, madeForKids: false, syntheticMedia: false }
  expect(await finalize(true)).toEqual([202, plain])
  // The draft's earlier declarations stay.
  expect(await finalize(null)).toEqual([202, plain])
  expect(await finalize('kids')).toEqual([202, { ...plain, madeForKids: true }])
  expect(await finalize(false)).toEqual([202, null])
  expect(await finalize('everything')).toEqual([422, 'not_a_choice'])
})

it('uploads a finished video, says something else of it, makes it public, and cancels', async () => {
  const google = await quickGoogle()
  const program = await testProgram({ env: google.env })
  const { core } = program
  const { draftId, render } = await finishedDraft(core)
  const params = { draft_id: draftId }
  const call = await clientOf(await apiOf(program), await tokenOf(program, { name: 'publisher' }))
  const youtube = async () => (await call('getDraft', { params })).body.video.youtube
  const upload = (body: object, headers = {}) => call('uploadVideo', { params, body, headers })
  const refused = async (body: object) => {
    const answer = await upload({ declaration: 'plain', ...body })
    return [answer.status, answer.body.code, answer.body.field]
  }
  expect(await youtube()).toMatchObject({ channel: null, upload: null })
  expect((await youtube()).why_not).toContain('manages this workspace can link one with /draft account link')
  expect(await refused({})).toEqual([422, 'upload_not_configured', undefined])
  // Without a chat, a command links a channel; and where nothing is set up, no one can.
  const { draft } = await program.load(draftId)
  const why = async (at: typeof core, workspace: string) =>
    (await youtubeOf(at, { ...draft, workspace }, render, wordsFor('en'))).why_not
  expect(await why(core, 'web:local')).toContain('npm run account -- link youtube --workspace web:local')
  expect(await why({ ...core, platforms: [] }, PLACE.workspace)).toContain('set GOOGLE_CLIENT_ID and')
  await linkChannel(program, google)
  expect(await youtube()).toEqual({ channel: 'Bee TV', why_not: null, upload: null })
  // Required declarations are never assumed, and input that YouTube would reject is rejected with its field's name.
  expect((await upload({})).body).toMatchObject({ status: 422, field: 'declaration' })
  expect(await refused({ declaration: 'none' })).toEqual([422, 'not_a_choice', 'declaration'])
  expect(await refused({ title: 'a < b' })).toEqual([422, 'has_angle_brackets', 'title'])
  expect(await refused({ description: '꿀'.repeat(1667) })).toEqual([422, 'too_many_bytes', 'description'])
  const tags = Array.from({ length: 16 }, (_, index) => `bee ${index}`)
  expect(await refused({ tags })).toEqual([422, 'too_many_tags', 'tags'])
  for (const publish_at of ['soon', '2100-02-30T18:00Z', '2100-13-01T18:00Z'])
    expect(await refused({ publish_at })).toEqual([422, 'not_a_time', 'publish_at'])
  const scheduled = { privacy: 'public', publish_at: '2100-01-31T18:00:00.000Z' }
  expect(await refused(scheduled)).toEqual([422, 'schedule_needs_private', 'publish_at'])
  expect(google.world.videos).toEqual([])

  const words = { declaration: 'kids', title: 'Bees!', category: '27' }
  const key = { 'idempotency-key': 'once' }
  const first = await upload(words, key)
  const [video] = google.world.videos
  expect([first.status, first.body.data.youtube_url]).toEqual([200, `https://youtu.be/${video?.id}`])
  expect(video).toMatchObject({
    snippet: { title: 'Bees!', tags: ['bees'], categoryId: '27' },
    status: { privacyStatus: 'private', selfDeclaredMadeForKids: true, containsSyntheticMedia: false },
  })
  expect((await upload(words, key)).body.data.job_id).toBe(first.body.data.job_id)
  expect((await upload({ ...words, title: 'Other' }, key)).body.code).toBe('idempotency_key_reused')
  expect(await refused({})).toEqual([409, 'upload_done_already', undefined])
  expect(google.world.videos).toHaveLength(1)

  const { upload: shown } = await youtube()
  expect(shown).toMatchObject({ channel: 'Bee TV', privacy: 'private', status_text: 'Private', notes: [] })
  const one = { ...params, upload_id: shown.upload_id }
  const { body: details } = await call('getUpload', { params: one })
  expect(details).toMatchObject({ title: 'Bees!', description: 'A short film.', declaration: 'kids' })
  expect((await call('getUpload', { params: { ...one, upload_id: 9999 } })).status).toBe(404)
  const { version } = details
  const publishAt = '2100-01-31T18:00:00.000Z'
  const later = { title: 'Bees at six', publish_at: publishAt, version }
  const changed = await call('changeUpload', { params: one, body: later })
  expect(changed.body).toMatchObject({
    message: 'The video on YouTube is updated. Visibility: Private',
    data: { title: 'Bees at six', category: '27', publish_at: publishAt },
  })
  expect((await youtube()).upload.publish_at).toBe(publishAt)
  // A client with an outdated version gets an error, and changes nothing.
  const stale = await call('changeUpload', { params: one, body: { title: 'Mine', version } })
  expect([stale.status, stale.body]).toMatchObject([
    409,
    { code: 'stale', changed_by: 'publisher', mine: { title: 'Mine' }, theirs: { title: 'Bees at six' } },
  ])
  expect(video?.snippet).toMatchObject({ title: 'Bees at six' })
  // Where approvals are required, that takes a second person, as in the chats.
  const { approvalsNeeded } = core
  core.approvalsNeeded = async () => 1
  const alone = await call('publishUpload', { params: one })
  expect([alone.status, alone.body.code]).toEqual([403, 'publish_needs_second'])
  const other = await clientOf(await apiOf(program), await tokenOf(program, { name: 'another' }))
  expect((await other('publishUpload', { params: one })).body.code).toBe('publish_needs_second')
  core.approvalsNeeded = approvalsNeeded
  const published = await call('publishUpload', { params: one })
  expect(published.body.data).toMatchObject({ privacy: 'public', publish_at: null })
  expect([video?.status.privacyStatus, (await youtube()).upload.status_text]).toEqual(['public', 'Public'])

  // A reopened draft no longer has the chapters and credits of its film.
  const reopened = { draft_id: (await finishedDraft(core)).draftId }
  await call('reopen', { params: reopened })
  const late = await call('uploadVideo', { params: reopened, body: { declaration: 'plain' } })
  expect([late.status, late.body.code]).toEqual([409, 'no_film_to_upload'])

  const another = { draft_id: (await finishedDraft(core)).draftId }
  const plain = { params: another, body: { declaration: 'plain' } }
  google.world.refusal = { status: 403, reason: 'quotaExceeded', message: 'The request cannot be completed' }
  expect((await call('uploadVideo', plain)).body).toMatchObject({
    code: 'upload_refused',
    detail: expect.stringContaining('used up its YouTube quota'),
  })
  google.world.refusal = null
  google.fault = ({ method }) => (method === 'PUT' ? { kind: 'silence' } : null)
  const begun = await call('uploadVideo', { ...plain, headers: { prefer: 'respond-async' } })
  expect([begun.status, begun.body.data.youtube_url]).toEqual([202, null])
  await vi.waitUntil(() => google.requests.at(-1)?.method === 'PUT', PATIENCE)
  expect((await call('uploadVideo', plain)).body.code).toBe('upload_going_on')
  expect((await call('cancelUpload', { params: another })).body.message).toBe('The upload was cancelled.')
  google.fault = null
  expect((await call('cancelUpload', { params: another })).status).toBe(409)
  const { body } = await call('getDraft', { params: another })
  expect(body.video.youtube.upload).toMatchObject({ url: null, status_text: 'The upload was cancelled.' })
  expect(body.expiry_text).toBeNull()
  // A day before its end, its thread and the studio say so.
  const past = new Date(Date.now() - 29 * 86_400_000 + 60_000)
  const told = { updatedAt: past, expiryNoticeAt: new Date() }
  await core.db.fork().nativeUpdate(DraftEntity, { draftId: another.draft_id }, told)
  const { expiry_text: text } = (await call('getDraft', { params: another })).body
  expect(text).toContain('It will be deleted in 2 days')
})
