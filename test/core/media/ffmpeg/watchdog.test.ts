import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Ffmpeg, findFfmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { QUIET } from '../../../../src/core/media/ffmpeg/ffmpeg-args.ts'
import { createPool } from '../../../../src/core/media/ffmpeg/pool.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { runFfmpeg } from '../../../../src/core/media/ffmpeg/run-ffmpeg.ts'
import { PATIENCE, type Patience } from '../../../../src/core/media/ffmpeg/watchdog.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { EMBEDDED } from '../material.ts'

const SHORT: Patience = { ...PATIENCE, silence: 400, grace: 100 }
/** Reports progress as ffmpeg does. */
const FURTHER = "n=$((n + 1)); printf 'frame=%d fps=0 q=0 size=1kB time=00:00:00.00\\r' $n >&2"

const real = await findFfmpeg({ ffmpegPath: EMBEDDED })

/** A fake ffmpeg that runs this script and records its process id. */
async function scripted(
  script: string,
  patience: Patience,
): Promise<Ffmpeg & { isRunning(): Promise<boolean> }> {
  const folder = await temporaryFolder()
  const [program, note] = [path.join(folder, 'ffmpeg'), path.join(folder, 'pid')]
  await writeFile(program, `#!/bin/sh\necho $$ > '${note}'\n${script}\n`)
  await chmod(program, 0o755)
  return {
    ...real,
    pool: createPool(2),
    ffmpegPath: program,
    ffprobePath: program,
    patience,
    async isRunning() {
      const { readFile } = await import('node:fs/promises')
      try {
        process.kill(Number(await readFile(note, 'utf8')), 0)
        return true
      } catch {
        return false
      }
    },
  }
}

const job = {
  global: QUIET,
  inputs: [{ options: [], source: 'file:x' }],
  options: [],
  output: '-',
  seconds: 0,
}

describe('a run of ffmpeg is ended', () => {
  it.each([
    ['prints nothing', 'exec sleep 300', SHORT, /no progress for 0\.4 seconds/],
    ['ends as if all were well', "trap 'exit 0' TERM; while :; do sleep 0.05; done", SHORT, /no progress/],
    ['ignores SIGTERM', "trap '' TERM; while :; do sleep 1; done", SHORT, /no progress for 0\.4 seconds/],
    [
      'says the same for ever',
      "while :; do printf 'frame=0 fps=0 size=0kB time=00:00:00.00\\r' >&2; sleep 0.1; done",
      SHORT,
      /no progress/,
    ],
    [
      'always comes a little further',
      `while :; do ${FURTHER}; sleep 0.1; done`,
      { ...SHORT, start: 900, silence: 60_000 },
      /longer than 0\.9 seconds/,
    ],
    [
      'prints errors without end',
      "exec yes 'Header missing' >&2",
      { ...SHORT, silence: 60_000 },
      /too many errors/,
    ],
  ])('when it %s', async (_what, script, patience, reason) => {
    const ffmpeg = await scripted(script, patience)
    await expect(runFfmpeg(ffmpeg, job)).rejects.toMatchObject({ code: 'ffmpeg_failed', message: reason })
    expect(await ffmpeg.isRunning()).toBe(false)
    // Its slot in the pool is free again.
    await expect(ffmpeg.pool.run('asked', undefined, async () => 'free')).resolves.toBe('free')
  })

  it.runIf(process.platform === 'linux')('when it takes too much memory', async () => {
    const ffmpeg = await scripted('exec tail /dev/zero', {
      ...SHORT,
      silence: 60_000,
      memory: 100 * 1024 ** 2,
    })
    await expect(runFfmpeg(ffmpeg, job)).rejects.toThrow(/more than 100 MB of memory/)
    expect(await ffmpeg.isRunning()).toBe(false)
  })

  it('and not while it comes further, however long it takes', async () => {
    const patience = { ...PATIENCE, silence: 2000 }
    const ffmpeg = await scripted(`while [ "\${n:-0}" -lt 12 ]; do ${FURTHER}; sleep 0.2; done`, patience)
    await expect(runFfmpeg(ffmpeg, job)).resolves.toMatchObject({ frames: 12 })
  })
})

describe('ffprobe and what asks a program for its version', () => {
  const STUBBORN = "trap '' TERM; while :; do sleep 1; done"

  it('end with a reason', async () => {
    const ffmpeg = await scripted(STUBBORN, SHORT)
    await expect(probeMedia(ffmpeg, 'film.mp4')).rejects.toMatchObject({
      code: 'ffmpeg_failed',
      message: /longer than 0\.4 seconds/,
    })
    expect(await ffmpeg.isRunning()).toBe(false)
  })

  it('end when they are cancelled', async () => {
    const ffmpeg = await scripted(STUBBORN, PATIENCE)
    const stop = new AbortController()
    const probing = probeMedia(ffmpeg, 'film.mp4', stop.signal)
    while (!(await ffmpeg.isRunning())) await new Promise((resolve) => setTimeout(resolve, 10))
    stop.abort()
    await expect(probing).rejects.toMatchObject({ code: 'cancelled' })
    expect(await ffmpeg.isRunning()).toBe(false)
  })

  it('do not hold up the start', async () => {
    const { ffmpegPath, isRunning } = await scripted(STUBBORN, SHORT)
    await expect(findFfmpeg({ ffmpegPath, patience: SHORT })).rejects.toThrow(/cannot be started/)
    expect(await isRunning()).toBe(false)
  })

  it('keep no more of an answer than fits', async () => {
    const ffmpeg = await scripted("exec yes '{'", { ...PATIENCE })
    await expect(probeMedia(ffmpeg, 'film.mp4')).rejects.toThrow(/too many errors/)
  })
})
