import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { requestUpload, type UploadInput } from '../../../src/core/draft/upload/request-upload.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { finishedDraft } from '../../factories/finished-draft.ts'
import { linkedAccount, withGoogle } from '../../factories/google.ts'
import { nodeEnv } from '../../factories/node-env.ts'
import { scope, testProgram } from '../../factories/program.ts'

const SCRIPT = path.join(import.meta.dirname, 'upload-process.ts')
const INPUT: UploadInput = {
  ...{ title: 'Bees', description: '', tags: [], privacy: 'private', publishAt: null },
  ...{ madeForKids: false, syntheticMedia: false },
}

it('makes one whole video when the process is killed in the middle of a film', async () => {
  const linked = await withGoogle()
  const { google, program } = linked
  await linkedAccount(linked)
  // The process uses the real clock.
  google.world.now = Date.now
  const draft = await finishedDraft(program.core, {}, 17 * 1024 ** 2 + 77)
  await requestUpload(program.core, scope(draft.draftId), INPUT)
  await program.stop()

  const child = spawn(process.execPath, [SCRIPT, program.folder], {
    env: { ...nodeEnv(), ...google.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const received = () => [...google.world.sessions.values()][0]?.received.length ?? 0
  while (received() === 0) {
    if (child.exitCode !== null) throw new Error(output)
    await sleep(2)
  }
  child.kill('SIGKILL')
  await once(child, 'close')
  const before = received()
  expect(before).toBeLessThan(17 * 1024 ** 2)
  expect(google.world.videos).toEqual([])

  const next = await testProgram({ folder: program.folder, env: google.env })
  await next.queue.idle(draft.draftId)
  expect(google.world.sessions.size).toBe(1)
  expect(google.world.videos).toHaveLength(1)
  expect(
    createHash('sha256')
      .update(google.world.videos[0]?.bytes ?? '')
      .digest('hex'),
  ).toBe(draft.sha256)
  const rows = await next.core.db.fork().find(JobEntity, { kind: 'upload' })
  expect(rows).toMatchObject([
    { state: 'done', youtubeUrl: `https://youtu.be/${google.world.videos[0]?.id}` },
  ])
})
