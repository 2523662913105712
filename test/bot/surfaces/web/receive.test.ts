import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ReadableStream as Body } from 'node:stream/web'
import { expect, it } from 'vitest'
import { receiveFile } from '../../../../src/bot/surfaces/web/material/receive.ts'
import { temporaryFolder } from '../../../factories/folder.ts'

const never = new AbortController().signal

/** A body that arrives in these pieces; null is where it goes silent. */
function body(...pieces: (string | null)[]): Body<Uint8Array> {
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else if (piece === null) await new Promise(() => {})
      else controller.enqueue(Buffer.from(piece))
    },
  })
  return stream as Body<Uint8Array>
}

async function received(from: Body<Uint8Array> | null, stated: number | null = null, options = {}) {
  const file = path.join(await temporaryFolder(), 'file')
  const done = receiveFile(from, stated, file, { maxBytes: 10, signal: never, ...options })
  return { file, done }
}

it('writes what comes', async () => {
  const { file, done } = await received(body('abc', 'def'), 6)
  await done
  expect(await readFile(file, 'utf8')).toBe('abcdef')
  const empty = await received(null)
  await empty.done
  expect(await readFile(empty.file, 'utf8')).toBe('')
})

it('takes no more than it may, whether or not the headers tell', async () => {
  const untold = await received(body('12345', '67890', 'x'))
  await expect(untold.done).rejects.toMatchObject({ code: 'file_too_large' })
  expect((await stat(untold.file)).size).toBeLessThanOrEqual(10)
  const told = await received(body('1'), 11)
  await expect(told.done).rejects.toMatchObject({ code: 'file_too_large' })
  await expect(stat(told.file)).rejects.toThrow()
})

it('refuses what does not arrive whole', async () => {
  const broken = { code: 'upload_broken_off' }
  await expect((await received(body('abc'), 6)).done).rejects.toMatchObject(broken)
  await expect((await received(body('abc', null), 6, { idle: 20 })).done).rejects.toMatchObject(broken)
  const gone = { signal: AbortSignal.abort() }
  await expect((await received(body('abc'), 3, gone)).done).rejects.toMatchObject(broken)
})
