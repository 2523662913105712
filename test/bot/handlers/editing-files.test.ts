import { readFile, rm } from 'node:fs/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { requestBundle } from '../../../src/core/draft/editing/request-bundle.ts'
import { payloadOf } from '../../../src/core/draft/payloads.ts'
import { reopenDraft } from '../../../src/core/draft/render.ts'
import { ENDING, framesOf } from '../../../src/core/model/formats.ts'
import { newJobId } from '../../../src/core/model/ids.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { readZip } from '../../core/media/editing/read-zip.ts'
import { apiOf, clientOf, tokenOf } from '../../factories/api.ts'
import { desk } from '../../factories/desk.ts'
import { finishDraft } from '../../factories/finished-draft.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { PATIENCE } from '../../factories/patience.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { SMALL, scope, sharedProgram, testProgram } from '../../factories/program.ts'
import { jobRow } from '../../factories/rows.ts'
import { buttonsIn, saidIn } from '../../fakes/chat.ts'
import { quickProviders } from '../../fakes/providers.ts'

// As little to render as possible.
const program = sharedProgram({ fakes: quickProviders(['Bees dance.']) })

/** A finished draft with its voices and footage. */
async function finished() {
  const { core, threads, queue, ready } = program()
  const draftId = await ready()
  const at = desk(program)
  const { render } = await finishDraft(core, draftId, PLACE.workspace)
  await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputDuration: null })
  await threads.settled()
  const done = async () => {
    await queue.idle(draftId)
    core.events.changed(draftId)
    await threads.settled()
  }
  const bundles = () => at.chat.posted.filter(({ view }) => /files for editing/i.test(view.summary))
  const ask = () => at.press(encodeAction('bundle', draftId))
  const bundlePath = async () => {
    const job = await core.db.fork().findOneOrFail(JobEntity, { draftId, kind: 'bundle' })
    return payloadOf('bundle', job).file ?? ''
  }
  return { ...at, draftId, render, done, bundles, ask, core, bundlePath }
}

describe('Files for editing', () => {
  it('are offered with the video, made when somebody asks, and come into the thread', async () => {
    const { press, draftId, done, bundles, core, chat } = await finished()
    const offered = await press(encodeAction('download', draftId))
    const files = offered.view?.blocks.flatMap((block) => (block.type === 'files' ? block.files : []))
    expect(files?.map(({ name }) => name.slice(name.lastIndexOf('.')))).toEqual(['.mp4', '.srt', '.jpg'])
    const button = buttonsIn(offered.view)['Files for editing']
    expect((await press(button)).said).toBe(
      'The files for editing are being made. They will appear in the thread.',
    )
    await done()
    const [posted, ...others] = bundles()
    expect(others).toEqual([])
    expect(posted?.threadId).not.toBeNull()
    expect(saidIn(posted?.view)).toContain('Unzip them first.')
    const [file] = posted?.view.blocks.flatMap((block) => (block.type === 'files' ? block.files : [])) ?? []
    expect(file?.name).toMatch(/^draft-[\w-]+\.zip$/)
    const zip = await readZip(onDisk(core.store, file?.path ?? ''))
    expect([...zip.keys()].map((name) => name.replace(/-.+\./, '-….'))).toEqual([
      ...['captions.srt', 'timeline.otio', 'timeline.fcpxml', 'README.txt'],
      ...['clips/01-….mp4', 'voices/01-….wav'],
    ])
    const readme = zip.get('README.txt')?.toString()
    expect(readme).toContain('Files for editing programs, made by Rushes\r\n')
    // There is no music.
    expect([readme?.includes('music/'), saidIn(posted?.view).includes('music')]).toEqual([false, false])

    // Requested again, they are found, and their message replaces the previous one.
    await rm(onDisk(core.store, 'clips'), { recursive: true })
    await press(button)
    await done()
    expect(bundles().map(({ messageId }) => messageId)).not.toEqual([posted?.messageId])
    expect(bundles()).toHaveLength(1)
    expect(await core.store.list('clips')).toEqual([])
    // A message that someone deletes isn't posted again.
    chat.deleteMessage(bundles()[0]?.messageId ?? '')
    program().threads.refresh(draftId)
    await program().threads.settled()
    await done()
    expect(bundles()).toEqual([])
  })

  it('that are too large say where they are, and lead to the studio where there is one', async () => {
    const { ask, done, bundles, chat, core, draftId, bundlePath } = await finished()
    chat.uploadLimit = async () => 1000
    await ask()
    await done()
    expect(saidIn(bundles()[0]?.view)).toMatch(
      /They are \d+\.\d MB, which is over the 0\.0 MB limit here\. Ask an admin for this file, which is saved on the server: bundles\/../,
    )
    const { links } = program().core
    const before = links.studio
    links.studio = (draftId) => `https://studio.test/${draftId}`
    try {
      await ask()
      await done()
      expect(saidIn(bundles()[0]?.view)).toContain('Get them in the studio <https://studio.test/draft_')
    } finally {
      links.studio = before
    }
    // The studio has them.
    const call = await clientOf(await apiOf(program()), await tokenOf(program()))
    const params = { draft_id: draftId }
    const { video } = (await call('getDraft', { params })).body
    expect(video).toMatchObject({ bundle: { state: 'done', error: null } })
    expect(video.bundle_url).toContain(`/api/draft/${draftId}/bundle?v=`)
    const fetched = await call('getBundleFile', { params })
    expect(fetched.headers.get('content-disposition')).toBe('attachment')
    expect(fetched.body).toEqual(await readFile(onDisk(core.store, await bundlePath())))
  })

  it('can be had from the API and the studio, where nobody has asked in the chat', async () => {
    const { draftId, render, done, bundles, core } = await finished()
    const call = await clientOf(await apiOf(program()), await tokenOf(program()))
    const params = { draft_id: draftId }
    expect((await call('getDraft', { params })).body.video).toMatchObject({ bundle_url: null, bundle: null })
    expect((await call('getBundleFile', { params })).status).toBe(404)
    const made = await call('makeEditingFiles', { params })
    expect([made.status, made.body.data.job.state]).toEqual([200, 'done'])
    expect((await call('getDraft', { params })).body.video.bundle_url).toBe(made.body.data.bundle_url)
    expect((await call('getBundleFile', { params })).body.toString('latin1', 0, 2)).toBe('PK')
    const later = await call('makeEditingFiles', { params, headers: { prefer: 'respond-async' } })
    expect([later.status, later.body.data.bundle_url]).toEqual([202, null])
    expect(later.headers.get('location')).toBe(`/api/draft/${draftId}/jobs/${later.body.data.job_id}`)
    await done()
    expect(bundles()).toHaveLength(1)
    // Only the newest video's files are served.
    await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputVideoPath: null })
    expect((await call('getBundleFile', { params })).status).toBe(404)
    const refused = await call('makeEditingFiles', { params: { draft_id: await program().ready() } })
    expect([refused.status, refused.body.code]).toEqual([409, 'bundle_not_finished'])
  })

  it('are not made of what is no film, and not while they are being made', async () => {
    const { press, draftId, ask, core, done, bundles } = await finished()
    const open = await program().ready()
    const refused = await press(encodeAction('bundle', open), { words: wordsFor('ko') })
    expect(refused.said).toBe('편집용 파일은 완성 영상으로 만듭니다. 먼저 초안을 렌더링해 주세요.')
    const { pool } = core.ffmpeg
    const gate = Promise.withResolvers<void>()
    const { run } = pool
    let atGate = 0
    pool.run = async (...given) => {
      atGate += 1
      await gate.promise
      return run(...given)
    }
    try {
      await rm(onDisk(core.store, 'bundles'), { recursive: true, force: true })
      await ask()
      expect((await ask()).said).toBe(
        'The files for editing are already being made. They will appear in the thread.',
      )
      await vi.waitUntil(() => atGate > 0, PATIENCE)
      // The draft becomes another film.
      const reopened = reopenDraft(core, scope(draftId))
      gate.resolve()
      await reopened
    } finally {
      pool.run = run
    }
    await done()
    expect(saidIn(bundles()[0]?.view)).toBe(
      'The files for editing were not made, because the draft is being changed.',
    )
    expect(await core.store.list('bundles')).toEqual([])
  })

  it('are not made where the draft was reopened before their turn came', async () => {
    const { ask, core, draftId, done, bundles } = await finished()
    const { cancelDraft } = core.jobs
    // As if the process that reopened it had been killed at that point.
    core.jobs.cancelDraft = async () => {
      throw new Error('killed')
    }
    try {
      await expect(reopenDraft(core, scope(draftId))).rejects.toThrow('killed')
    } finally {
      core.jobs.cancelDraft = cancelDraft
    }
    expect((await ask()).said).toContain('Render the draft first')
    const render = (await core.db.fork().findOneOrFail(JobEntity, { draftId, kind: 'finalize' })).jobId
    const asked = {
      kind: 'bundle',
      key: 'bundle',
      draftId,
      workspace: PLACE.workspace,
      requester: ANN,
    } as const
    await core.jobs.enqueue({ ...asked, payload: { render } })
    await done()
    const { state, error } = await core.db.fork().findOneOrFail(JobEntity, { draftId, kind: 'bundle' })
    expect([state, error, bundles()]).toEqual(['cancelled', null, []])
  })

  it('say what is missing, and can be asked for again', async () => {
    const { core, draftId, ask, done, bundles, press } = await finished()
    const em = core.db.fork()
    const { ttsLocalPath } = await em.findOneOrFail(SegmentEntity, { draftId })
    await em.nativeUpdate(SegmentEntity, { draftId }, { ttsLocalPath: 'voices/aa/gone.wav' })
    await ask()
    await program().queue.idle(draftId)
    await core.db.fork().nativeUpdate(SegmentEntity, { draftId }, { ttsLocalPath })
    await done()
    const failed = bundles()[0]
    expect(saidIn(failed?.view)).toContain(
      'The files for editing could not be made. Footage or a voice of this video is gone',
    )
    await press(buttonsIn(failed?.view).Retry)
    await done()
    expect(saidIn(bundles()[0]?.view)).toContain('are ready.')
    expect(await core.db.fork().count(JobEntity, { draftId, kind: 'bundle' })).toBe(2)
  })

  it('of an earlier video do not stay below another one', async () => {
    const { core, draftId, ask, done, bundles } = await finished()
    await ask()
    await done()
    expect(bundles()).toHaveLength(1)
    await finishDraft(core, draftId, PLACE.workspace)
    await done()
    expect(bundles()).toEqual([])
  })

  it('are not made of a film that earlier versions have given another length', async () => {
    const { core, draftId, ask, done, bundles, render } = await finished()
    await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputDuration: 12.34 })
    await ask()
    await done()
    expect(saidIn(bundles()[0]?.view)).toContain(
      'This video was rendered by an earlier version of Rushes, and the files for editing would not match it. Press Make changes',
    )
    // Exactly, to the frame, the length of its timeline.
    const [segment] = await core.db.fork().find(SegmentEntity, { draftId })
    const outputDuration =
      (framesOf((segment?.duration ?? 0) || (segment?.ttsDuration ?? 0)) + 30 * ENDING) / 30
    await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputDuration })
    await ask()
    await done()
    expect(saidIn(bundles()[0]?.view)).toContain('are ready.')
  })

  it('are made after all when the process that made them was killed', async () => {
    const { core, draftId, done, bundles, render } = await finished()
    const { queue } = program()
    const { id: _, ...row } = jobRow({
      ...{ jobId: newJobId(core.clock()), kind: 'bundle', key: `bundle:${render}`, draftId },
      ...{
        workspace: PLACE.workspace,
        state: 'running',
        attempts: 1,
        outputVideoPath: null,
        payload: { render },
      },
    })
    await core.db.fork().insert(JobEntity, row)
    core.events.changed(draftId)
    await program().threads.settled()
    expect(JSON.stringify(bundles().map(({ view }) => view.blocks))).toContain('Making the files for editing')
    // As the next start does.
    await queue.start()
    await done()
    expect(bundles().map(({ view }) => saidIn(view))).toEqual([expect.stringContaining('are ready.')])
  })

  it('go on where a process was killed in the middle of a clip, of which nothing is left', async () => {
    const folder = await temporaryFolder()
    const fakes = quickProviders(['Bees dance.'])
    const killed = await testProgram({ folder, fakes })
    const draftId = await killed.draft(SMALL)
    const { render } = await finishDraft(killed.core, draftId, PLACE.workspace)
    await killed.core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputDuration: null })
    const { pool } = killed.core.ffmpeg
    const { run } = pool
    const passing = () => killed.core.store.list('tmp')
    const [ended, dead] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()]
    onTestFinished(() => dead.reject(new Error('it was killed')))
    // What ffmpeg has started to write stays as it is, and the first process does nothing more.
    pool.run = async (urgency, _signal, work) => {
      const kill = new AbortController()
      const running = run(urgency, kill.signal, work).finally(ended.resolve)
      running.catch(() => undefined)
      await vi.waitUntil(async () => (await passing()).length > 0, { ...PATIENCE, interval: 5 })
      kill.abort()
      return dead.promise
    }
    await requestBundle(killed.core, scope(draftId))
    await ended.promise
    pool.run = run
    expect(await passing()).not.toEqual([])

    const next = await testProgram({ folder, fakes, locksFolder: true })
    await next.queue.idle(draftId)
    const [job] = await next.core.db.fork().find(JobEntity, { draftId, kind: 'bundle' })
    expect(job).toMatchObject({ state: 'done', attempts: 2 })
    const zip = await readZip(onDisk(next.core.store, (job && payloadOf('bundle', job).file) ?? ''))
    expect(zip.size).toBe(6)
    expect(await passing()).toEqual([])
  })
})
