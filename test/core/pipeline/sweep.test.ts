import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadSettings } from '../../../src/bot/program/config.ts'
import { createProviders } from '../../../src/bot/program/providers.ts'
import { usingFiles } from '../../../src/core/draft/draft-files.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { FOLDERS } from '../../../src/core/model/folders.ts'
import { cleanUp } from '../../../src/core/pipeline/cleanup.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { KeptFormEntity } from '../../../src/db/entities/kept-form.ts'
import { onDisk } from '../../factories/on-disk.ts'
import { scope, sharedProgram, type TestProgram } from '../../factories/program.ts'
import { PIXABAY_TEST_KEY, startPixabay } from '../../servers/pixabay.ts'
import { HD } from '../../servers/stock/library.ts'

const HOUR = 3_600_000
const program = sharedProgram()

async function aged(file: string, hours: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, 'x')
  const at = new Date(Date.now() - hours * HOUR)
  await utimes(file, at, at)
}

function clean({ core }: TestProgram, later = 0) {
  const { db, store, events, log, jobs } = core
  const limits = {
    draftTtlDays: 30,
    outputTtlDays: 90,
    auditTtlDays: 365,
    assetGraceHours: 24,
    cacheMaxBytes: 1e9,
  }
  const clock = () => new Date(Date.now() + later)
  return cleanUp({ db, store, events, log, jobs, clock, limits })
}

describe('every folder of the store', () => {
  it.each(Object.keys(FOLDERS))('is cleaned of what nobody knows, once it is old: %s', async (folder) => {
    const { core } = program()
    const file = (name: string) => path.join(folder, name)
    const strays = [file('ab/stray.bin'), file('loose.txt'), file('.hidden'), file('ab/.deep.part')]
    for (const name of strays) await aged(onDisk(core.store, name), 25)
    // Written before the clock was set back.
    strays.push(file('ab/ahead.bin'))
    await aged(onDisk(core.store, file('ab/ahead.bin')), -1000)
    const fresh = file('ab/fresh.bin')
    await aged(onDisk(core.store, fresh), 0)
    await clean(program())
    for (const name of strays) expect([name, await core.store.has(name)]).toEqual([name, false])
    expect(await core.store.has(fresh)).toBe(true)
  })

  it('keeps what a draft has used that is there, and nothing of one that is gone', async () => {
    const { core, ready } = program()
    const [here, gone] = [await ready(), await ready()]
    const shared = 'clips/ab/shared.mp4'
    const [kept, left] = ['sounds/ab/kept.m4a', 'sounds/ab/left.m4a']
    for (const file of [shared, kept, left]) await aged(onDisk(core.store, file), 0)
    const use = (draftId: string, files: string[]) =>
      usingFiles(core, draftId, () => Promise.all(files.map((file) => core.store.touch(file))))
    await use(here, [shared, kept])
    await use(gone, [shared, left])
    for (const file of [shared, kept, left]) await aged(onDisk(core.store, file), 25)
    await clean(program())
    const present = () => Promise.all([shared, kept, left].map((file) => core.store.has(file)))
    expect(await present()).toEqual([true, true, true])
    await deleteDraft(core, scope(gone), { keepFiles: true })
    expect(await present()).toEqual([true, true, true])
    await clean(program())
    expect(await present()).toEqual([true, true, false])
    await deleteDraft(core, scope(here))
    expect(await present()).toEqual([false, false, false])
  })

  it('lets the answers of a stock site go with the last draft that asked for them', async () => {
    const { core, ready, folder } = program()
    const pixabay = await startPixabay()
    onTestFinished(() => pixabay.close())
    pixabay.videos = [{ id: 1, duration: 9, sizes: [HD], words: 'sea' }]
    const env = { DATA_DIR: folder, PIXABAY_API_KEY: PIXABAY_TEST_KEY, PIXABAY_API_URL: pixabay.origin }
    const { providers, close } = await createProviders(loadSettings(env), {
      ffmpeg: core.ffmpeg,
      store: core.store,
    })
    onTestFinished(close)
    const [provider] = providers.footage
    const query = { query: 'sea', keyword: '', format: 'shorts', minDuration: 1, seed: '', index: 0 } as const
    const search = (draftId: string) =>
      usingFiles(core, draftId, async () =>
        provider?.search({ ...query, limit: 3, insist: false }, AbortSignal.timeout(20_000)),
      )
    const answers = async () => (await core.store.list('answers')).filter(({ path }) => /pixabay/.test(path))
    const [one, two] = [await ready(), await ready()]
    await search(one)
    await search(two)
    const kept = (await answers()).length
    expect(kept).toBeGreaterThan(0)
    await deleteDraft(core, scope(one))
    expect(await answers()).toHaveLength(kept)
    await deleteDraft(core, scope(two))
    expect(await answers()).toEqual([])
  })
})

it('removes rows of drafts that are gone: what a dead process left, and renders that count no more', async () => {
  const { core, ready } = program()
  const here = await ready()
  const at = core.clock()
  const em = core.db.fork()
  const job = async (draftId: string, fields: object) => {
    const jobId = `job_${Math.random()}`
    await em.insert(JobEntity, {
      ...{
        jobId,
        key: jobId,
        draftId,
        workspace: 'w',
        state: 'done',
        progress: 1,
        payload: { said: 'words' },
      },
      ...{ requesterId: 'ann', requesterName: 'Ann', priority: 0, attempts: 1, outputVideoPath: null },
      ...{ outputDuration: 3, youtubeUrl: null, error: 'words', startedAt: at, finishedAt: at },
      ...{ runAfter: at, createdAt: at, updatedAt: at, kind: 'clip' },
      ...fields,
    })
    return jobId
  }
  const form = { workspace: 'w', userId: 'ann', form: 'f', values: {}, createdAt: at }
  await em.insert(KeptFormEntity, { ...form, draftId: 'draft_gone' })
  await em.insert(KeptFormEntity, { ...form, draftId: here })
  const clip = await job('draft_gone', {})
  const render = await job('draft_gone', { kind: 'finalize' })
  const film = await job('draft_gone', { kind: 'finalize', outputVideoPath: 'videos/film.mp4' })
  const own = await job(here, { kind: 'finalize' })
  const rows = async () => {
    const found = await core.db
      .fork()
      .find(JobEntity, { jobId: { $in: [clip, render, film, own] } }, { orderBy: { id: 'asc' } })
    return found.map(({ jobId, requesterId, requesterName, error }) => [
      jobId,
      requesterId,
      requesterName,
      error,
    ])
  }
  await clean(program())
  expect(await core.db.fork().count(KeptFormEntity, { userId: 'ann', workspace: 'w' })).toBe(1)
  // They may still count against Ann's render quota for today.
  expect(await rows()).toEqual([
    [render, 'ann', null, null],
    [film, 'ann', null, null],
    [own, 'ann', 'Ann', 'words'],
  ])
  await clean(program(), 25 * HOUR)
  expect(await rows()).toEqual([
    [film, null, null, null],
    [own, 'ann', 'Ann', 'words'],
  ])
})

it('removes what a backup or a restore that was killed has left, and nothing that one works with', async () => {
  const { folder } = program()
  const left = ['.backup-1-a', '.restore-1-b'].map((name) => path.join(folder, name))
  const atWork = path.join(folder, '.backup-1-c')
  for (const each of [...left, atWork]) {
    await mkdir(each)
    await writeFile(path.join(each, '0'), 'words')
  }
  const old = new Date(Date.now() - 25 * HOUR)
  for (const each of left) await utimes(each, old, old)
  expect((await clean(program())).foreign).toEqual([])
  expect((await readdir(folder)).filter((name) => /^\.(backup|restore)-/.test(name))).toEqual(['.backup-1-c'])
  await rm(atWork, { recursive: true })
})
