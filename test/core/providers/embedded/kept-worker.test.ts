import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { keptWorker } from '../../../../src/core/providers/embedded/kept-worker.ts'
import { temporaryFolder } from '../../../factories/folder.ts'

async function setUp() {
  const folder = await temporaryFolder()
  const worker = keptWorker(new URL('../late-worker.ts', import.meta.url))
  onTestFinished(() => worker.close())
  const store = new LocalStore(folder)
  const cancel = new AbortController()
  /** A task that is cancelled once the worker has started it. */
  async function cancelled() {
    let file = ''
    const making = store.put('music/ke/key.wav', (temporary) => {
      file = temporary
      return worker.run({ file }, cancel.signal)
    })
    making.catch(() => undefined)
    while (!existsSync(`${file}.begun`)) await setTimeout(5)
    cancel.abort(new Error('enough'))
    await expect(making).rejects.toThrow('enough')
    await writeFile(`${file}.go`, '')
  }
  const left = async () =>
    (await readdir(path.join(folder, 'tmp'))).filter((name) => !/\.(begun|go)$/.test(name))
  return { folder, worker, cancelled, left }
}

it('removes what it wrote for somebody who has cancelled meanwhile', async () => {
  const { folder, worker, cancelled, left } = await setUp()
  await cancelled()
  // Tasks run one after another: when this one is done, so is the first.
  await writeFile(path.join(folder, 'next.go'), '')
  await worker.run({ file: path.join(folder, 'next') }, new AbortController().signal)
  expect(existsSync(path.join(folder, 'next'))).toBe(true)
  expect(await left()).toEqual([])
})

it('leaves nothing of that when it is closed', async () => {
  const { worker, cancelled, left } = await setUp()
  await cancelled()
  await worker.close()
  await setTimeout(200)
  expect(await left()).toEqual([])
})
