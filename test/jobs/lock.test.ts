import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LockError, lockFolder } from '../../src/jobs/lock.ts'
import { temporaryFolder } from '../factories/folder.ts'
import { testProgram } from '../factories/program.ts'

/** A process that locks the folder, reports it, and does nothing else. */
const HOLDER = `
  import { lockFolder } from './src/jobs/lock.ts'
  lockFolder(process.argv[1], 'the bot')
  console.log('held')
  setInterval(() => {}, 1000)
`

async function holder(folder: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  await once(child.stdout, 'data')
  return child
}

describe('the lock on DATA_DIR', () => {
  it('tells a second process in one line who holds it', async () => {
    const folder = await temporaryFolder()
    const child = await holder(folder)
    const error = refusal(folder)
    expect(error.message).toContain(`process ${child.pid} on ${os.hostname()}, since 20`)
    expect(error.message).toMatch(/is in use by the bot .* UTC\)\. Stop it first, or set DATA_DIR/)
    expect(error.message).not.toContain('\n')
  })

  it('is free again when its holder was killed', async () => {
    const folder = await temporaryFolder()
    const child = await holder(folder)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    lockFolder(folder, 'npm run demo').release()
  })

  it('is kept from a second program in the same process, until the first has stopped', async () => {
    const folder = await temporaryFolder()
    const first = await testProgram({ folder, locksFolder: true, what: 'npm run demo' })
    await expect(testProgram({ folder, locksFolder: true })).rejects.toThrow(/in use by npm run demo/)
    await first.stop()
    await testProgram({ folder, locksFolder: true })
  })

  it('says what is wrong with a folder that cannot be used', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, 'file'), '')
    expect(refusal(path.join(folder, 'file')).message).toMatch(/DATA_DIR .*file cannot be used: /)
    await chmod(folder, 0o500)
    // Root may write everywhere.
    if (process.getuid?.() !== 0) expect(refusal(folder).message).toContain('cannot be used')
    await chmod(folder, 0o700)
  })
})

function refusal(folder: string): LockError {
  try {
    lockFolder(folder, 'a test').release()
  } catch (error) {
    if (error instanceof LockError) return error
    throw error
  }
  throw new Error('the folder was taken')
}
