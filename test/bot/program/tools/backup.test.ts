import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../../../src/db/database.ts'
import { AuditEntity } from '../../../../src/db/entities/audit.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { insertJob } from '../../../../src/jobs/job-rows.ts'
import { lockFolder } from '../../../../src/jobs/lock.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { runTool } from '../../../factories/tool.ts'

const run = promisify(execFile)

/** As a separate process. */
function tool(name: 'backup' | 'restore', folder: string, args: string[]) {
  return run(process.execPath, [`src/bot/program/tools/${name}.ts`, ...args], {
    env: { ...process.env, DATA_DIR: folder },
  })
}

/** A folder with a database that contains one recorded act. */
async function used(): Promise<string> {
  const folder = await temporaryFolder()
  const db = await openDatabase(path.join(folder, 'rushes.sqlite'))
  await db.fork().insert(AuditEntity, {
    ...{ surface: 's', workspace: 'w', channelId: '', threadId: null, draftId: 'draft_1', actorId: null },
    ...{ actorName: null, act: 'created', facts: {}, createdAt: new Date() },
  })
  await db.close()
  return folder
}

describe('npm run backup and npm run restore', () => {
  it('write a file beside a running bot, and bring it back where nothing is', async () => {
    const [folder, elsewhere, target] = [await used(), await temporaryFolder(), await temporaryFolder()]
    const file = path.join(target, 'rushes.tar.gz')
    const bot = lockFolder(folder, 'the bot')
    const { stdout } = await tool('backup', folder, [file])
    bot.release()
    expect(stdout).toContain(`Wrote a backup to ${file}: the database and 0 files that drafts need`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const first = await readFile(file)
    await expect(tool('backup', folder, [file])).rejects.toMatchObject({
      ...{ code: 2, stderr: `${file} already exists. Use --force to replace it.\n` },
    })
    expect((await readFile(file)).equals(first)).toBe(true)
    await tool('backup', folder, [file, '--force'])
    expect(await readdir(target)).toEqual(['rushes.tar.gz'])
    expect((await tool('restore', elsewhere, [file])).stdout).toMatch(
      /^Restored the backup from .* with 0 files to .*\n$/,
    )
    const db = await openDatabase(path.join(elsewhere, 'rushes.sqlite'))
    expect(await db.fork().count(AuditEntity, { draftId: 'draft_1' })).toBe(1)
    await db.close()
    const other = lockFolder(elsewhere, 'the bot')
    await expect(tool('restore', elsewhere, [file, '--force'])).rejects.toMatchObject({
      ...{ code: 2, stderr: expect.stringMatching(/is in use by the bot .*\. Stop it first, .*\n$/) },
    })
    other.release()
  })

  it('say in one line what is wrong, with a code', async () => {
    const folder = await used()
    const text = path.join(folder, 'text')
    await writeFile(text, 'no archive')
    for (const [name, args, code, line] of [
      ['backup', [], 2, /^Name one file\. Allowed: npm run backup -- FILE \[--force\]\n$/],
      ['backup', [path.join(folder, 'none/file')], 2, /^.*none\/file cannot be written \(ENOENT\)\.\n$/],
      [
        'restore',
        ['x', '--all'],
        2,
        /^Unknown option '--all'\. Allowed: npm run restore -- FILE \[--force\]\n$/,
      ],
      ['restore', [text], 2, /^.* is not empty\. Use --force to replace what is there with the backup\.\n$/],
      [
        'restore',
        [text, '--force'],
        2,
        /^The backup is damaged: it is cut short or is not an archive\. Nothing was changed\.\n$/,
      ],
    ] as const)
      expect(await runTool(name, [...args], { DATA_DIR: folder })).toEqual({
        ...{ code, stdout: '', stderr: expect.stringMatching(line) },
      })
  })

  it.runIf(process.platform === 'linux')(
    'end with a line when there is no room for what they write',
    async () => {
      const [folder, target] = [await used(), await temporaryFolder()]
      const file = path.join(target, 'rushes.tar.gz')
      const db = await openDatabase(path.join(folder, 'rushes.sqlite'))
      const em = db.fork()
      const job = { kind: 'finalize', key: 'k', draftId: null, workspace: 'w', requester: null } as const
      const jobId = await insertJob(em, job, new Date())
      await em.nativeUpdate(JobEntity, { jobId }, { outputVideoPath: 'videos/large.mp4' })
      await db.close()
      await mkdir(path.join(folder, 'videos'))
      await writeFile(path.join(folder, 'videos/large.mp4'), randomBytes(2 ** 21))
      // A file size limit stands in for a full disk; our code reports both in the same way.
      const limited = run(
        'bash',
        [
          ...[
            '-c',
            'ulimit -f 1000; trap "" XFSZ; exec "$0" "$@"',
            process.execPath,
            'src/bot/program/tools/backup.ts',
            file,
          ],
        ],
        { env: { ...process.env, DATA_DIR: folder } },
      )
      await expect(limited).rejects.toMatchObject({
        ...{ code: 1, stderr: `${file} cannot be written: the disk is full.\n` },
      })
      expect(await readdir(target)).toEqual([])
      expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
    },
  )
})
