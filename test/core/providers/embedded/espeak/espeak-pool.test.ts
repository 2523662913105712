import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createEspeakVoice } from '../../../../../src/core/providers/embedded/espeak/espeak.ts'
import { espeakPool } from '../../../../../src/core/providers/embedded/espeak/espeak-pool.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'espeak-pool-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const task = (text = 'Hello world') => ({
  text,
  voice: 'en-us',
  wordsPerMinute: 150,
  file: path.join(folder, `${Math.random()}.wav`),
})
const never = new AbortController().signal

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

it('keeps one child for several tasks and never has more than its size', async () => {
  const pool = espeakPool({ size: 2 })
  const most: number[] = []
  const running = Array.from({ length: 6 }, () =>
    pool.run(task(), never).then(() => most.push(pool.pids().length)),
  )
  await Promise.all(running)
  expect(Math.max(...most)).toBeLessThanOrEqual(2)
  const before = pool.pids()
  await pool.run(task(), never)
  expect(pool.pids()).toEqual(before)
  pool.close()
})

it('starts another child when one crashed, whether it was idle or busy', async () => {
  const pool = espeakPool()
  await pool.run(task(), never)
  const [first = 0] = pool.pids()
  process.kill(first, 'SIGKILL')
  expect(await pool.run(task(), never)).toMatchObject({ ok: true })

  const [second = 0] = pool.pids()
  expect(second).not.toBe(first)
  const busy = pool.run(task('word and another thing '.repeat(80)), never)
  process.kill(second, 'SIGKILL')
  expect(await busy).toMatchObject({ ok: true })
  pool.close()
})

it('reports a voice that cannot be restarted as one sentence', async () => {
  const pool = espeakPool()
  const voice = createEspeakVoice(pool)
  const killer = setInterval(() => {
    for (const pid of pool.pids()) process.kill(pid, 'SIGKILL')
  }, 5)
  const request = { text: 'Hello', language: 'en', voice: null, speed: 1 }
  await expect(voice.speak(request, task().file, never)).rejects.toMatchObject({
    name: 'ProviderError',
    failure: 'unavailable',
  })
  clearInterval(killer)
  pool.close()
})

it('ends the child of a cancelled task, and a waiting task is cancelled at once', async () => {
  const pool = espeakPool()
  await pool.run(task(), never)
  const [pid = 0] = pool.pids()
  const abort = new AbortController()
  const long = pool.run(task('word and another thing '.repeat(80)), abort.signal)
  const waiting = pool.run(task(), abort.signal)
  // Aborting only kills a child if its task has started.
  await new Promise(setImmediate)
  abort.abort(new Error('stop it'))
  await Promise.all([long, waiting].map((run) => expect(run).rejects.toThrow('stop it')))
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 30_000 })
  expect(await pool.run(task(), never)).toMatchObject({ ok: true })
  pool.close()
})

it('ends an idle child', async () => {
  const pool = espeakPool({ idleMs: 20 })
  await pool.run(task(), never)
  await vi.waitFor(() => expect(pool.pids()).toEqual([]), { timeout: 30_000 })
})

it('lets its parent end, and its child ends with it, even when the parent is killed', async () => {
  const module = new URL('../../../../../src/core/providers/embedded/espeak/espeak-pool.ts', import.meta.url)
    .href
  const script = (after: string) => `
    import { espeakPool } from ${JSON.stringify(module)}
    const pool = espeakPool()
    await pool.run(${JSON.stringify(task())}, new AbortController().signal)
    console.log(pool.pids()[0])
    ${after}`
  for (const [after, kill] of [
    ['', false],
    ['setInterval(() => {}, 1000)', true],
  ] as const) {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script(after)])
    const [output] = await once(parent.stdout, 'data')
    const pid = Number(String(output))
    expect(pid).toBeGreaterThan(0)
    if (kill) parent.kill('SIGKILL')
    if (parent.exitCode === null && parent.signalCode === null) await once(parent, 'exit')
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 30_000 })
  }
})

it('leaves the sound to the caller and writes it where told', async () => {
  const pool = espeakPool()
  const one = task()
  await pool.run(one, never)
  await access(one.file)
  pool.close()
})

it('lets nobody go who has cancelled before the child has ended, so that nothing is written after that', async () => {
  const pool = espeakPool()
  const cancel = new AbortController()
  const speaking = pool.run(task('word and another thing '.repeat(80)), cancel.signal)
  await vi.waitUntil(() => pool.pids().length > 0, { timeout: 30_000, interval: 5 })
  const [child = 0] = pool.pids()
  cancel.abort(new Error('enough'))
  await expect(speaking).rejects.toThrow('enough')
  expect(pool.pids()).toEqual([])
  expect(isAlive(child)).toBe(false)
  pool.close()
})
