import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { payloadOf } from '../../../src/core/draft/payloads.ts'
import { changeUploaded } from '../../../src/core/draft/upload/change-uploaded.ts'
import { requestUpload, type UploadInput } from '../../../src/core/draft/upload/request-upload.ts'
import { runUpload } from '../../../src/core/pipeline/upload.ts'
import { AccountEntity } from '../../../src/db/entities/account.ts'
import { AuditEntity } from '../../../src/db/entities/audit.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { claimJob } from '../../../src/jobs/job-rows.ts'
import { finishDraft, finishedDraft, POSTER } from '../../factories/finished-draft.ts'
import { type Linked, linkedAccount, withGoogle } from '../../factories/google.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope } from '../../factories/program.ts'
import { CLIENT, SCOPES } from '../../servers/google/index.ts'

const INPUT: UploadInput = {
  ...{ title: 'Bees', description: 'They dance.', tags: ['bees', 'dance floor'], privacy: 'private' },
  ...{ publishAt: null, madeForKids: false, syntheticMedia: true },
}

/** Works on an upload as its job does. */
async function workOn({ program }: Linked, jobId: string, signal = new AbortController().signal) {
  const { core } = program
  await claimJob(core.db, jobId, core.clock())
  const job = await core.db.fork().findOneOrFail(JobEntity, { jobId })
  await runUpload(core, job, payloadOf('upload', job), { signal })
  await core.db.fork().nativeUpdate(JobEntity, { jobId }, { state: 'done' })
  return payloadOf('upload', await core.db.fork().findOneOrFail(JobEntity, { jobId }))
}

/** The number of the newest upload. */
async function newest({ db }: Linked['program']['core']): Promise<number> {
  const [job] = await db.fork().find(JobEntity, { kind: 'upload' }, { orderBy: { id: 'desc' }, limit: 1 })
  return job?.id ?? 0
}

async function stage() {
  const linked = await withGoogle()
  await linkedAccount(linked)
  const { core } = linked.program
  const draft = await finishedDraft(core)
  return {
    linked,
    core,
    draft,
    google: linked.google,
    ask: (input = INPUT) => requestUpload(core, scope(draft.draftId), input),
  }
}

describe('an upload', () => {
  it('brings film, poster and what was said of it to the channel, and writes down where it is', async () => {
    const { linked, core, draft, google, ask } = await stage()
    const payload = await workOn(linked, await ask())
    const [video] = google.world.videos
    expect(
      createHash('sha256')
        .update(video?.bytes ?? '')
        .digest('hex'),
    ).toBe(draft.sha256)
    expect(video).toMatchObject({
      snippet: {
        ...{ title: 'Bees', tags: ['bees', 'dance floor'], defaultLanguage: 'en' },
        description:
          'They dance.\n\n0:00 part 0\n0:12 part 1\n0:24 part 2\n\nCredits\nKim (Pexels)\nLee (Pexels)',
      },
      status: { privacyStatus: 'private', selfDeclaredMadeForKids: false, containsSyntheticMedia: true },
      thumbnail: POSTER,
      captions: [],
    })
    const url = `https://youtu.be/${video?.id}`
    const rows = await core.db.fork().find(JobEntity, { youtubeUrl: url })
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['finalize', 'upload'])
    expect(payload).toMatchObject({
      sealedSession: null,
      video: { id: video?.id, privacy: 'private' },
      troubles: [],
    })
    const acts = await core.db.fork().find(AuditEntity, { draftId: draft.draftId })
    expect(acts.map(({ act, actorId }) => [act, actorId])).toEqual([
      ['upload_asked', 'ann'],
      ['uploaded', 'ann'],
    ])
    await expect(ask()).rejects.toMatchObject({ code: 'upload_done_already' })
  })

  it('adds captions where the access allows it', async () => {
    const { linked, core, google, ask } = await stage()
    const scopes = [SCOPES.manage, SCOPES.forceSsl]
    for (const token of google.world.tokens.values()) token.scopes = scopes
    await core.db.fork().nativeUpdate(AccountEntity, {}, { scopes: scopes.join(' ') })
    await workOn(linked, await ask())
    expect(google.world.videos[0]?.captions).toMatchObject([
      { language: 'en', text: expect.stringContaining('Bees.') },
    ])
  })

  it('is whole without a poster that YouTube does not take, and says so', async () => {
    const { linked, google, ask } = await stage()
    google.fault = ({ path: where }) =>
      where.includes('thumbnails')
        ? { kind: 'status', status: 403, body: { error: { errors: [{ reason: 'forbidden' }] } } }
        : null
    const { troubles, hasPoster } = await workOn(linked, await ask())
    expect(hasPoster).toBe(true)
    expect(troubles).toMatchObject([
      { what: 'poster', error: expect.stringContaining('does not allow this') },
    ])
    expect(google.world.videos).toHaveLength(1)
  })

  it('is continued by another process, and makes one video, wherever the first one ended', async () => {
    const { linked, core, google, ask } = await stage()
    const jobId = await ask()
    // The process ends after the film has arrived and before that is recorded.
    const killed = new AbortController()
    google.fault = ({ method, headers }) => {
      if (method !== 'PUT' || !headers['content-range']?.includes('-')) return null
      google.fault = null
      return { kind: 'truncated', bytes: 0, until: async () => killed.abort(new Error('killed')) }
    }
    await expect(workOn(linked, jobId, killed.signal)).rejects.toThrow('killed')
    const between = payloadOf('upload', await core.db.fork().findOneOrFail(JobEntity, { jobId }))
    expect(between).toMatchObject({ video: null, sealedSession: expect.stringMatching(/^v1\./) })
    await core.db.fork().nativeUpdate(JobEntity, { jobId }, { state: 'queued' })
    const before = google.requests.length
    await workOn(linked, jobId)
    const puts = google.requests.slice(before).filter(({ method }) => method === 'PUT')
    expect(puts.map(({ headers }) => headers['content-range'])).toEqual(['bytes */300000'])
    expect(google.world.videos).toHaveLength(1)
    expect(google.world.videos[0]?.thumbnail).not.toBeNull()
  })

  it('that was given up is continued by the next one, which may say something else of the video', async () => {
    const { linked, core, google, ask } = await stage()
    const jobId = await ask()
    const killed = new AbortController()
    google.fault = ({ method }) => {
      if (method !== 'PUT') return null
      google.fault = null
      return { kind: 'truncated', bytes: 0, until: async () => killed.abort(new Error('cancelled')) }
    }
    await expect(workOn(linked, jobId, killed.signal)).rejects.toThrow('cancelled')
    await core.db.fork().nativeUpdate(JobEntity, { jobId }, { state: 'cancelled' })
    await workOn(linked, await ask({ ...INPUT, title: 'Other words' }))
    expect(google.world.videos).toMatchObject([{ snippet: { title: 'Other words' } }])
    expect(google.world.sessions.size).toBe(1)
  })

  it('says what is wrong before it is asked for, and of what it meets later', async () => {
    const { linked, core, draft, google, ask } = await stage()
    await expect(ask({ ...INPUT, title: 'a < b' })).rejects.toMatchObject({ code: 'has_angle_brackets' })
    await expect(ask({ ...INPUT, description: '벌'.repeat(1700) })).rejects.toMatchObject({
      code: 'too_many_bytes',
    })
    await expect(ask({ ...INPUT, privacy: 'public', publishAt: Date.now() * 2 })).rejects.toMatchObject({
      code: 'schedule_needs_private',
    })
    const jobId = await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'upload_going_on' })
    google.world.revoked.add(1)
    await expect(workOn(linked, jobId)).rejects.toMatchObject({ code: 'access_ended' })
    await core.db.fork().nativeUpdate(JobEntity, { jobId }, { state: 'failed' })
    await expect(ask()).rejects.toMatchObject({ code: 'access_ended' })
    await linkedAccount(linked)
    const again = await ask()
    await core.store.remove(draft.film)
    await expect(workOn(linked, again)).rejects.toMatchObject({ code: 'no_film_to_upload' })
    expect(google.world.videos).toEqual([])
  })

  it('needs a finished video and a channel', async () => {
    const linked = await withGoogle()
    const { core } = linked.program
    const { draftId, render } = await finishedDraft(core)
    await expect(requestUpload(core, scope(draftId), INPUT)).rejects.toMatchObject({
      code: 'upload_not_configured',
    })
    await linkedAccount(linked)
    await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputVideoPath: null })
    await expect(requestUpload(core, scope(draftId), INPUT)).rejects.toMatchObject({
      code: 'no_film_to_upload',
    })
  })

  it('leaves no token and no session in the database', async () => {
    const { linked, google, ask } = await stage()
    const killed = new AbortController()
    const jobId = await ask()
    google.fault = ({ method }) => {
      if (method === 'PUT') killed.abort(new Error('killed'))
      return null
    }
    await expect(workOn(linked, jobId, killed.signal)).rejects.toThrow('killed')
    const names = (await readdir(linked.program.folder)).filter((name) => name.startsWith('rushes.sqlite'))
    const stored = await Promise.all(
      names.map((name) => readFile(path.join(linked.program.folder, name), 'latin1')),
    )
    expect(google.world.sessions.size).toBe(1)
    for (const secret of google.world.secrets()) expect(stored.join('').includes(secret)).toBe(false)
    expect(stored.join('')).not.toContain(CLIENT.secret)
  })
})

describe('a video that is on YouTube', () => {
  it('can be described differently and made public, keeping what was declared', async () => {
    const { linked, core, draft, google, ask } = await stage()
    await workOn(linked, await ask())
    await changeUploaded(core, scope(draft.draftId, BEN), await newest(core), {
      title: 'Dancing bees',
      privacy: 'public',
    })
    expect(google.world.videos).toMatchObject([
      {
        snippet: {
          title: 'Dancing bees',
          description: expect.stringContaining('They dance.\n\n0:00 part 0'),
        },
        status: { privacyStatus: 'public', selfDeclaredMadeForKids: false, containsSyntheticMedia: true },
      },
    ])
    const acts = await core.db.fork().find(AuditEntity, { act: 'upload_changed' })
    expect(acts).toMatchObject([{ actorId: 'ben', facts: { privacy: 'public' } }])
  })

  it('keeps its schedule while other words are said of it, and counts as public once that has passed', async () => {
    const { linked, core, draft, google, ask } = await stage()
    const publishAt = core.clock().getTime() + 3_600_000
    await workOn(linked, await ask({ ...INPUT, publishAt }))
    await changeUploaded(core, scope(draft.draftId), await newest(core), { title: 'Other words' })
    const scheduled = { privacyStatus: 'private', publishAt: new Date(publishAt).toISOString() }
    expect(google.world.videos).toMatchObject([{ status: scheduled }])
    linked.clock.pass(3_600_001)
    await changeUploaded(core, scope(draft.draftId), await newest(core), { title: 'Later words' })
    expect(google.world.videos).toMatchObject([
      { snippet: { title: 'Later words' }, status: { privacyStatus: 'public' } },
    ])
    expect(google.world.videos[0]?.status).not.toHaveProperty('publishAt')
  })

  it('is made public by a second person where approvals are required', async () => {
    const { linked, core: open, draft, google } = await stage()
    const core = { ...open, approvalsNeeded: async () => 1 }
    const ask = (input: UploadInput) => requestUpload(core, scope(draft.draftId, ANN), input)
    const alone = { code: 'publish_needs_second' }
    await expect(ask({ ...INPUT, privacy: 'public' })).rejects.toMatchObject(alone)
    const publishAt = core.clock().getTime() + 3_600_000
    await expect(ask({ ...INPUT, publishAt })).rejects.toMatchObject(alone)
    await workOn(linked, await ask({ ...INPUT, privacy: 'unlisted' }))
    const publish = async (actor: typeof ANN) =>
      changeUploaded(core, scope(draft.draftId, actor), await newest(core), { privacy: 'public' })
    await expect(publish(ANN)).rejects.toMatchObject(alone)
    // Editing the words doesn't take a second person.
    await changeUploaded(core, scope(draft.draftId, ANN), await newest(core), { title: 'Other words' })
    expect(await publish(BEN)).toMatchObject({ privacy: 'public' })
    expect(google.world.videos).toMatchObject([{ status: { privacyStatus: 'public' } }])
  })

  it('stays private where the Google project is not audited, which is written down', async () => {
    const { linked, core, draft, google, ask } = await stage()
    google.world.isAudited = false
    const payload = await workOn(linked, await ask({ ...INPUT, privacy: 'unlisted' }))
    expect(payload.video?.privacy).toBe('private')
    expect(
      await changeUploaded(core, scope(draft.draftId), await newest(core), { privacy: 'public' }),
    ).toMatchObject({
      privacy: 'private',
    })
  })

  it('is the one that was meant, also when the draft was rendered and uploaded again', async () => {
    const { linked, core, draft, google, ask } = await stage()
    await workOn(linked, await ask())
    const first = await newest(core)
    await finishDraft(core, draft.draftId, PLACE.workspace)
    await workOn(linked, await ask({ ...INPUT, title: 'Second' }))
    await changeUploaded(core, scope(draft.draftId), first, { privacy: 'public' })
    const seen = google.world.videos.map(({ snippet, status }) => [snippet.title, status.privacyStatus])
    expect(seen).toEqual([
      ['Bees', 'public'],
      ['Second', 'private'],
    ])
    const other = await finishedDraft(core)
    await expect(
      changeUploaded(core, scope(other.draftId), first, { privacy: 'public' }),
    ).rejects.toMatchObject({ code: 'not_uploaded' })
  })

  it('that somebody deleted there is said to be gone', async () => {
    const { linked, core, draft, google, ask } = await stage()
    await workOn(linked, await ask())
    google.world.videos.length = 0
    await expect(
      changeUploaded(core, scope(draft.draftId), await newest(core), { title: 'x' }),
    ).rejects.toThrow('no longer on YouTube')
  })
})
