import { execFile } from 'node:child_process'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { lockFolder } from '../../src/jobs/lock.ts'
import { temporaryFolder } from '../factories/program.ts'

const run = promisify(execFile)

function cleanup(folder: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
  return run(process.execPath, ['src/bot/cleanup-cli.ts', ...args], {
    env: { ...process.env, DATA_DIR: folder, ...env },
  })
}

/** A folder with one file that nobody refers to, and one that a dead process has left. */
async function soiled(): Promise<string> {
  const folder = await temporaryFolder()
  await (await openDatabase(path.join(folder, 'rushes.sqlite'))).close()
  const old = new Date(Date.now() - 48 * 3_600_000)
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
    expect(stdout).toContain('Files without an owner that would be removed: 1 (1.0 MB)')
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

  it('leaves beside a running bot what is the bot’s', async () => {
    const folder = await soiled()
    const bot = lockFolder(folder, 'the bot')
    const { stdout } = await cleanup(folder)
    bot.release()
    expect(stdout).toContain('The bot is running.')
    expect(stdout).toContain('Files without an owner that were removed: 1 (1.0 MB)')
  })

  it('says in one line what is wrong', async () => {
    const folder = await temporaryFolder()
    expect((await cleanup(path.join(folder, 'none'))).stdout).toMatch(/^There is nothing to clean: .*\n$/)
    for (const [args, env, line] of [
      [['--everything'], {}, 'Allowed: npm run cleanup [-- --dry-run]'],
      [[], { ASSET_GRACE_HOURS: 'soon' }, 'ASSET_GRACE_HOURS must be a whole number from 0 to 8760.'],
    ] as const)
      await expect(cleanup(folder, [...args], env)).rejects.toMatchObject({ code: 2, stderr: `${line}\n` })
  })
})
