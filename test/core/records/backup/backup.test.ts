import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { editSegment } from '../../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../../src/core/draft/edit-settings.ts'
import { undo } from '../../../../src/core/draft/history.ts'
import { forgetLostFiles } from '../../../../src/core/draft/lost-files.ts'
import { requestRender } from '../../../../src/core/draft/render.ts'
import { type BackupReport, makeBackup } from '../../../../src/core/records/backup/backup.ts'
import { inventoryOf, measure } from '../../../../src/core/records/backup/inventory.ts'
import { pinTogether } from '../../../../src/core/records/backup/pin.ts'
import { restoreBackup } from '../../../../src/core/records/backup/restore.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import { scope, sharedProgram, testProgram } from '../../../factories/program.ts'

const program = sharedProgram()

async function backUp(): Promise<BackupReport & { archive: string; folder: string }> {
  const root = program().folder
  const folder = await temporaryFolder()
  const archive = path.join(folder, 'backup.tar.gz')
  const scratch = path.join(folder, 'scratch')
  await mkdir(scratch)
  const database = path.join(root, 'rushes.sqlite')
  const report = await makeBackup({ root, database, archive, scratch, now: new Date() })
  return { ...report, archive, folder }
}

async function restore(archive: string) {
  const root = await temporaryFolder()
  const database = path.join(root, 'rushes.sqlite')
  const manifest = await restoreBackup({ root, database, archive, force: false })
  return { root, database, manifest }
}

describe('a backup', () => {
  it('that is made while the program writes brings back drafts that need nothing', async () => {
    const { core, ready, load, queue } = program()
    const draftId = await ready()
    const before = await load(draftId)
    const segmentId = before.segments[0]?.id ?? 0
    await editSegment(core, scope(draftId), { segmentId, change: { text: 'Words after the first.' } })
    await queue.idle()
    let titles = 0
    let during = 0
    const writing = async () => {
      while (during === 0) {
        titles += 1
        await editSettings(core, scope(draftId), { title: `Title ${titles}` })
        // Gives the backup, which runs in the same process here, its turn.
        await setTimeout(10)
      }
    }
    const backup = backUp().finally(() => {
      during = titles
    })
    const [{ archive, missing }] = await Promise.all([backup, writing()])
    expect(during).toBeGreaterThan(1)
    expect(missing).toEqual([])
    expect((await stat(archive)).mode & 0o777).toBe(0o600)
    // No temporary file is left where it was made.
    expect((await readdir(onDisk(core.store, ''))).filter((name) => name.startsWith('.'))).toEqual([])

    const { root, database, manifest } = await restore(archive)
    const { files } = await inventoryOf(database)
    expect(files.length).toBeGreaterThanOrEqual(4)
    expect(manifest.files.map((file) => file.path)).toEqual(files)
    for (const file of files) {
      expect(await measure(path.join(root, file))).toEqual(await measure(onDisk(core.store, file)))
      expect((await stat(path.join(root, file))).mode & 0o777).toBe(0o600)
    }
    const again = await testProgram({ folder: root })
    const restored = await again.load(draftId)
    expect(restored.draft.title).toMatch(/^Title \d+$/)
    expect(restored.draft.status).toBe('assets_ready')
    const title = Number(restored.draft.title.slice(6))
    await undo(again.core, scope(draftId))
    expect((await again.load(draftId)).draft.title).toBe(
      title === 1 ? before.draft.title : `Title ${title - 1}`,
    )
    for (let steps = title; steps > 0; steps -= 1) await undo(again.core, scope(draftId))
    expect((await again.load(draftId)).segments.map(({ text }) => text)).toEqual(
      before.segments.map(({ text }) => text),
    )
    await requestRender(again.core, scope(draftId))
    await again.queue.idle()
    expect((await again.load(draftId)).draft.status).toBe('finalized')
    // Neither undo nor the render had to collect anything.
    expect([again.fakes.spoken, again.fakes.fetched, again.fakes.searched]).toEqual([[], [], []])
  })

  it('says which files were not there, and leaves out what can be made again', async () => {
    const { core, fakes, draft, load } = program()
    const { texts } = fakes
    // Texts of unique lengths, since tones of equal length share a file, and one of these files is lost.
    fakes.texts = [
      'Nobody else says as much.',
      'Nobody else says as much as this.',
      'Much more than these two. '.repeat(2),
    ]
    const draftId = await draft({ topic: 'Tea', format: 'square' })
    fakes.texts = texts
    const lost = (await load(draftId)).segments[2]?.ttsLocalPath ?? ''
    const voice = await readFile(onDisk(core.store, lost))
    await rm(onDisk(core.store, lost))
    onTestFinished(() => writeFile(onDisk(core.store, lost), voice))
    for (const file of ['clips/aa/clip.mp4', 'previews/aa/still.jpg', 'voices/aa/nobodys.wav']) {
      await mkdir(path.dirname(onDisk(core.store, file)), { recursive: true })
      await writeFile(onDisk(core.store, file), 'x')
    }
    const { archive, missing } = await backUp()
    expect(missing).toEqual([lost])
    const { root, manifest } = await restore(archive)
    expect(manifest.missing).toEqual([lost])
    expect((await readdir(root)).toSorted()).toEqual(['footage', 'rushes.sqlite', 'voices'])
    const again = await testProgram({ folder: root, start: false })
    await forgetLostFiles(again.core, draftId)
    const voices = (await again.load(draftId)).segments.map(({ ttsLocalPath }) => ttsLocalPath !== null)
    expect(voices).toEqual([true, true, false])
  })

  it('holds a finished video', async () => {
    const { core, ready } = program()
    const draftId = await ready()
    const video = 'videos/finished-one.mp4'
    await mkdir(onDisk(core.store, 'videos'), { recursive: true })
    await writeFile(onDisk(core.store, video), 'a film')
    const jobs = core.db.fork()
    await jobs.nativeUpdate(JobEntity, { draftId, kind: 'create' }, { outputVideoPath: video })
    const { root } = await restore((await backUp()).archive)
    expect(await readFile(path.join(root, video), 'utf8')).toBe('a film')
    await jobs.nativeUpdate(JobEntity, { draftId }, { outputVideoPath: null })
  })
})

describe('the files of a copy', () => {
  it('are those that it names, also when some go while it is made', async () => {
    const [root, pins] = [await temporaryFolder(), await temporaryFolder()]
    await mkdir(path.join(root, 'voices'))
    for (const name of ['stays', 'goes']) await writeFile(path.join(root, `voices/${name}.wav`), name)
    const named = [['voices/goes.wav', 'voices/gone.wav', 'voices/stays.wav'], ['voices/stays.wav']]
    let looks = 0
    const { pinned, missing } = await pinTogether(root, pins, async () => {
      looks += 1
      // The other two files' draft was deleted after the first copy.
      return { files: named[looks - 1] ?? [], migrations: [] }
    })
    expect(looks).toBe(2)
    expect(missing).toEqual([])
    await rm(path.join(root, 'voices'), { recursive: true })
    expect([...pinned.keys()]).toEqual(['voices/stays.wav'])
    expect(await readFile(pinned.get('voices/stays.wav') ?? '', 'utf8')).toBe('stays')
  })

  it('are in the store, or there is no backup', async () => {
    const [root, pins] = [await temporaryFolder(), await temporaryFolder()]
    await expect(
      pinTogether(root, pins, async () => ({ files: ['../outside'], migrations: [] })),
    ).rejects.toThrow('The database refers to a file outside the data folder: ../outside')
  })
})
