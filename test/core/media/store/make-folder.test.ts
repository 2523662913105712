import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder } from '../../../../src/core/media/store/make-folder.ts'
import { temporaryFolder } from '../../../factories/folder.ts'

describe('makeFolder', () => {
  it('makes all that is missing, also when several do so at once', async () => {
    const folder = path.join(await temporaryFolder(), 'a', 'b', 'c')
    await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(path.join(folder, 'd'))])
    expect((await stat(path.join(folder, 'd'))).isDirectory()).toBe(true)
    await makeFolder(folder)
  })

  it('says so where there is a file', async () => {
    const file = path.join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeFolder(path.join(file, 'below'))).rejects.toMatchObject({ code: 'EEXIST' })
  })

  it.runIf(process.platform === 'linux')('returns where the system makes no folders', async () => {
    await expect(makeFolder('/proc/rushes/data')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
