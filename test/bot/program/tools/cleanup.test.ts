import { execFile } from 'node:child_process'
import { mkdir, readdir, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { usingFiles } from '../../../../src/core/draft/draft-files.ts'
import { requestRender } from '../../../../src/core/draft/render.ts'
import { CACHES } from '../../../../src/core/model/folders.ts'
import { openDatabase } from '../../../../src/db/database.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { lockFolder } from '../../../../src/jobs/lock.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { gate } from '../../../factories/gate.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import { scope, testProgram } from '../../../factories/program.ts'
import { QUICK_FFMPEG } from '../../../factories/quick-ffmpeg.ts'
import { runTool } from '../../../factories/tool.ts'
import { fakeProviders } from '../../../fakes/providers.ts'

const run = promisify(execFile)

function cleanup(folder: string, args: string[] = [], env: Record<string, string> = {}) {
  return runTool('cleanup', args, { ...QUICK_FFMPEG, DATA_DIR: folder, ...env })
}

/** As a separate process. */
function cleanupProcess(folder: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  return run(process.execPath, ['src/bot/program/tools/cleanup.ts', ...args], {
    env: { ...process.env, ...QUICK_FFMPEG, DATA_DIR: folder, ...env },
  })
}

const HOUR = 3_600_000

/** A folder with one unreferenced file and one left by a dead process. */
async function soiled(): Promise<string> {
  const folder = await temporaryFolder()
  await (await openDatabase(path.join(folder, 'rushes.sqlite'))).close()
  const old = new Date(Date.now() - 48 * HOUR)
  for (const file of ['footage/aa/orphan.mp4', 'tmp/1-left.part']) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true })
    await writeFile(path.join(folder, file), 'x'.repeat(2 ** 20))
    await utimes(path.join(folder, file), old, old)
  }
  return folder
}

describe('npm run cleanup', () => {
  it('prints in a dry run what it would remove, and removes nothing', async () => {
    const folder = await soiled()
    const { stdout } = await cleanup(folder, ['--dry-run'])
    expect(stdout).toContain('Files that no draft uses and that would be deleted: 1 (1.0 MB)')
    expect(stdout).toContain('Would free 2.0 MB.')
    expect(await readdir(path.join(folder, 'footage/aa'))).toEqual(['orphan.mp4'])
    expect(await readdir(path.join(folder, 'tmp'))).toEqual(['1-left.part'])
  })

  it('cleans, and has nothing left to do the second time', async () => {
    const folder = await soiled()
    expect((await cleanup(folder)).stdout).toContain('Freed 2.0 MB.')
    expect(await readdir(path.join(folder, 'footage/aa'))).toEqual([])
    expect((await cleanup(folder)).stdout).toContain('Freed 0.0 MB.')
  })

  it('leaves drafts to the bot, since nothing else can tell their threads; names them in a dry run', async () => {
    const program = await testProgram()
    const { db } = program.core
    const due = await program.draft({ topic: 'Old tea', collect: false })
    const told = await program.draft({ topic: '오래된 차', collect: false })
    await program.draft({ topic: 'Fresh coffee', collect: false })
    const ago = (days: number) => new Date(Date.now() - days * 24 * HOUR)
    const em = db.fork()
    await em.nativeUpdate(
      DraftEntity,
      { draftId: due },
      { updatedAt: ago(40), expiryNoticeAt: ago(5), title: 'Old\u001b[31m tea' },
    )
    await em.nativeUpdate(DraftEntity, { draftId: told }, { updatedAt: ago(35) })
    const { stdout } = await cleanup(program.folder, ['--dry-run'])
    const day = (days: number) => ago(days).toISOString().slice(0, 10)
    expect(stdout).toContain(
      `Drafts that the bot would delete because nobody has edited them for 30 days: 1\n  ${due}  last edited ${day(40)}  “Old`,
    )
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain(
      `Drafts that the bot would announce in their threads as due to be deleted in a day: 1\n  ${told}  last edited ${day(35)}  “오래된 차”\n`,
    )
    expect(stdout).not.toContain('coffee')
    expect((await cleanup(program.folder)).stdout).toContain('This does not touch drafts')
    expect((await program.load(told)).draft.expiryNoticeAt).toBeNull()
    expect((await program.load(due)).draft.title).toContain('tea')
  })

  it('names what is not of Rushes, and leaves it alone', async () => {
    const folder = await soiled()
    await mkdir(path.join(folder, 'thumbs/aa'), { recursive: true })
    await writeFile(path.join(folder, 'thumbs/aa/old.jpg'), 'x')
    await writeFile(path.join(folder, 'notes.txt'), 'x')
    const { stdout } = await cleanup(folder)
    expect(stdout).toContain(
      'Files and folders that do not belong to Rushes (left alone): notes.txt, thumbs\n',
    )
    expect(await readdir(path.join(folder, 'thumbs/aa'))).toEqual(['old.jpg'])
  })

  it('leaves a render that a running bot works on what it has looked up, however long ago', async () => {
    const program = await testProgram({
      fakes: fakeProviders(['Ready?']),
      rendersAhead: true,
      locksFolder: true,
    })
    const { core, folder, queue } = program
    const draftId = await program.draft({ topic: 'Tea', format: 'square' })
    const { open, waiting } = gate(core.ffmpeg, 'render')
    await requestRender(core, scope(draftId))
    await vi.waitUntil(() => waiting() > 0, { timeout: 30_000 })
    // As if the render had been running for hours.
    await core.db
      .fork()
      .nativeUpdate(JobEntity, { kind: 'finalize' }, { startedAt: new Date(Date.now() - 3 * HOUR) })
    const caches = async () => (await Promise.all(CACHES.map((kind) => core.store.list(kind)))).flat()
    const before = await caches()
    const old = new Date(Date.now() - 2 * HOUR)
    for (const { path: file } of before) await utimes(onDisk(core.store, file), old, old)
    // Far above the caches' limit, with something that may be removed although a draft has used it.
    for (const [name, hours] of [
      ['fresh', 0],
      ['forgotten', 48],
    ] as const) {
      await usingFiles(core, draftId, () => core.store.touch(`previews/${name}.mp4`))
      const file = onDisk(core.store, `previews/${name}.mp4`)
      await writeFile(file, '')
      await truncate(file, 150 * 2 ** 20)
      const at = new Date(Date.now() - hours * HOUR)
      await utimes(file, at, at)
    }
    const { stdout } = await cleanupProcess(folder, [], { CACHE_MAX_MB: '100' })
    expect(stdout).toContain('Cached files that were deleted: 1 (150.0 MB)')
    expect((await caches()).map(({ path }) => path)).toEqual(
      expect.arrayContaining([...before.map(({ path }) => path), 'previews/fresh.mp4']),
    )
    open()
    await queue.idle()
    expect((await program.load(draftId)).draft.status).toBe('finalized')
  })

  it('needs no lock on the folder, and does not migrate the database of one', async () => {
    const folder = await soiled()
    const bot = lockFolder(folder, 'the bot')
    expect((await cleanupProcess(folder)).stdout).toContain('Freed 2.0 MB.')
    bot.release()
    const file = new SqliteFile(path.join(folder, 'rushes.sqlite'))
    file.exec("delete from mikro_orm_migrations where name = '0002-threads'")
    file.close()
    await expect(cleanupProcess(folder)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^The database .* was written by an older version of Rushes\. .*\n$/),
    })
  })

  it('says in one line what is wrong', async () => {
    const folder = await temporaryFolder()
    expect((await cleanup(path.join(folder, 'none'))).stdout).toMatch(/^There is nothing to clean: .*\n$/)
    for (const [args, env, line] of [
      [['--everything'], {}, 'Allowed: npm run cleanup [-- --dry-run]'],
      [[], { ASSET_GRACE_HOURS: 'soon' }, 'ASSET_GRACE_HOURS must be a whole number from 0 to 8760.'],
    ] as const)
      expect(await cleanup(folder, [...args], env)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` })
  })
})
