import { chmod, mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { makePrivate } from '../../../src/bot/program/private-files.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { testProgram } from '../../factories/program.ts'

const modeOf = async (file: string) => (await stat(file)).mode & 0o777

it('takes a folder and a database that are there already away from others', async () => {
  const folder = await temporaryFolder()
  const database = path.join(folder, 'rushes.sqlite')
  for (const file of [database, `${database}-wal`]) {
    await writeFile(file, '')
    await chmod(file, 0o664)
  }
  await chmod(folder, 0o755)
  const warnings: string[] = []
  await makePrivate(folder, database, (sentence) => warnings.push(sentence))
  expect(await modeOf(folder)).toBe(0o700)
  expect(await modeOf(database)).toBe(0o600)
  expect(await modeOf(`${database}-wal`)).toBe(0o600)
  expect(warnings).toEqual([])
})

it('leaves what is not its own, and says so', async () => {
  const folder = path.join(await temporaryFolder(), 'everybody')
  await mkdir(folder)
  await chmod(folder, 0o1777)
  const warnings: string[] = []
  // The device belongs to root; for root itself, a file that doesn't exist.
  const others = process.getuid?.() === 0 ? path.join(folder, 'none') : '/dev/null'
  await makePrivate(folder, others, (sentence) => warnings.push(sentence))
  expect(await modeOf(folder)).toBe(0o777)
  expect(warnings[0]).toBe(
    `Other users of this machine can read ${folder}: it is a shared folder. Set DATA_DIR to a folder only for Rushes.`,
  )
  if (others === '/dev/null') expect(warnings[1]).toContain('it belongs to another user.')
})

it('does so when the program starts', async () => {
  const folder = await temporaryFolder()
  await chmod(folder, 0o755)
  await testProgram({ folder, start: false })
  expect(await modeOf(folder)).toBe(0o700)
})
