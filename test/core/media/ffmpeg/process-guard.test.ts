import { execFileSync, spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'

/** A program that runs this code, and the process ids it printed first. */
async function program(code: string): Promise<{ kill: () => void; pid: number; ids: number[] }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ids = await new Promise<number[]>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim().split(' ').map(Number)))
  })
  onTestFinished(() => {
    for (const id of ids) if (isRunning(id)) process.kill(id, 'SIGKILL')
  })
  return { kill: () => void child.kill('SIGKILL'), pid: child.pid ?? 0, ids }
}

/** The shells that watch a program's processes. */
function watchersOf(pid: number): number[] {
  const list = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
  return list
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === pid && name === 'sh')
    .map(([id]) => Number(id))
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(20)
}

it('guards what runs already when its watcher has died', async () => {
  const { kill, pid, ids } = await program(`
    import { spawn } from 'node:child_process'
    import { guardProcess } from './src/core/media/ffmpeg/process-guard.ts'
    const children = [1, 2].map(() => spawn('sleep', ['300'], { stdio: 'ignore' }))
    for (const child of children) guardProcess(child)
    // The watcher has to be one that is worth replacing.
    setTimeout(() => console.log(children.map(({ pid }) => pid).join(' ')), 1100)
    setTimeout(() => {}, 300_000)
  `)
  const [first] = watchersOf(pid)
  process.kill(first ?? expect.fail('there is no watcher'), 'SIGKILL')
  await until(() => watchersOf(pid).some((id) => id !== first))
  expect(ids.map(isRunning)).toEqual([true, true])
  kill()
  await until(() => !ids.some(isRunning))
})

it('ends ffprobe when the program is killed and can do nothing more', async () => {
  const { kill, ids } = await program(`
    import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
    import { tmpdir } from 'node:os'
    import { probeMedia } from './src/core/media/ffmpeg/probe.ts'
    const folder = mkdtempSync(tmpdir() + '/rushes-probe-')
    const ffprobePath = folder + '/ffprobe'
    writeFileSync(ffprobePath, '#!/bin/sh\\necho $$ > ' + folder + '/id\\nexec sleep 300\\n')
    chmodSync(ffprobePath, 0o755)
    void probeMedia({ ffprobePath }, 'film.mp4')
    const look = setInterval(() => {
      try {
        const id = readFileSync(folder + '/id', 'utf8').trim()
        if (id === '') return
        clearInterval(look)
        rmSync(folder, { recursive: true })
        console.log(id)
      } catch {}
    }, 20)
  `)
  expect(ids.map(isRunning)).toEqual([true])
  kill()
  await until(() => !ids.some(isRunning))
})
