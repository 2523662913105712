import { spawn } from 'node:child_process'
import { chmod, readdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ffmpeg, findFfmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { fileSource, QUIET } from '../../../../src/core/media/ffmpeg/ffmpeg-args.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { runFfmpeg } from '../../../../src/core/media/ffmpeg/run-ffmpeg.ts'
import { renderVideo } from '../../../../src/core/media/film/render-video.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import {
  builds,
  colourVideo,
  EMBEDDED,
  openWorkshop,
  segment,
  storyboard,
  voiceFile,
  type Workshop,
} from '../material.ts'

const BUILDS = await builds()
let shop: Workshop

beforeAll(async () => {
  shop = await openWorkshop(await findFfmpeg({ ffmpegPath: EMBEDDED }))
})
afterAll(() => shop.close())

/** A job that would take minutes while using as little CPU as possible. */
function longJob(output: string) {
  return {
    global: QUIET,
    inputs: [{ options: ['-re', '-f', 'lavfi'], source: 'testsrc2=s=1280x720:r=30:d=6000' }],
    options: ['-c:v', 'libx264', '-f', 'mp4'],
    output,
    seconds: 6000,
  }
}

async function script(name: string, body: string): Promise<string> {
  const file = shop.file(name)
  await writeFile(file, `#!/bin/sh\n${body}\n`)
  await chmod(file, 0o755)
  return file
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe('findFfmpeg', () => {
  it('takes the embedded build as it is', async () => {
    const found = await findFfmpeg({ ffmpegPath: EMBEDDED })
    expect(found.source).toBe('embedded')
    expect(found.build).toMatch(/^[0-9a-f]{16}$/)
  })

  it('says what is wrong with the one that FFMPEG_PATH is', async () => {
    const nowhere = findFfmpeg({ ffmpegPath: shop.file('nowhere') })
    await expect(nowhere).rejects.toMatchObject({
      code: 'ffmpeg_missing',
      message: /FFMPEG_PATH.*cannot be started/,
    })
    const old = await script(
      'old',
      'echo "ffmpeg version 4.4.2"; echo "libavutil      56. 70.100 / 56. 70.100"',
    )
    await expect(findFfmpeg({ ffmpegPath: old })).rejects.toThrow(
      /its version is 4.4.2, and 5 or newer is needed/,
    )
    const other = await script('other', 'echo hello')
    await expect(findFfmpeg({ ffmpegPath: other })).rejects.toThrow(/it is not ffmpeg/)
  })

  it('accepts a recent build from git by what it can do, and names what one lacks', async () => {
    const banner = 'echo "ffmpeg version N-109000-gabcdef"; echo "libavutil      58. 2.100 / 58. 2.100"'
    const recent = await script(
      'recent',
      `case "$*" in *-version*) ${banner} ;; *) exec '${EMBEDDED}' "$@" ;; esac`,
    )
    await expect(findFfmpeg({ ffmpegPath: recent })).resolves.toMatchObject({
      source: 'setting',
      version: 'N-109000-gabcdef',
    })
    const bare = await script(
      'bare',
      `case "$*" in *-version*) ${banner} ;; *) exec '${EMBEDDED}' "$@" | grep -v libx264 ;; esac`,
    )
    await expect(findFfmpeg({ ffmpegPath: bare })).rejects.toThrow(/built without the encoder libx264/)
  })
})

describe.each(BUILDS)('runFfmpeg with the %s build', (_, ffmpeg: Ffmpeg) => {
  it('kills ffmpeg when it is cancelled', async () => {
    const stop = new AbortController()
    const running = runFfmpeg(ffmpeg, longJob(shop.file('cancelled.mp4')), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('reports the last meaningful line of a failure', async () => {
    const job = {
      ...longJob(shop.file('x.mp4')),
      inputs: [{ options: [], source: fileSource(shop.file('none.mp4')) }],
    }
    await expect(runFfmpeg(ffmpeg, job)).rejects.toMatchObject({
      code: 'ffmpeg_failed',
      message: /No such file/,
    })
  })

  it.each(['nowhere', 'not executable'])('rejects when ffmpeg has become %s', async (name) => {
    if (name !== 'nowhere') await writeFile(shop.file(name), 'no program')
    const gone = { ...ffmpeg, ffmpegPath: shop.file(name), ffprobePath: shop.file(name) }
    await expect(runFfmpeg(gone, longJob(shop.file('x.mp4')))).rejects.toMatchObject({
      code: 'ffmpeg_missing',
      message: /can no longer be started/,
    })
    await expect(probeMedia(gone, shop.file('x.mp4'))).rejects.toMatchObject({
      code: 'ffmpeg_missing',
      message: /can no longer be started/,
    })
  })

  it('ends ffmpeg when this program is killed and can do nothing more', async () => {
    const idFile = shop.file('orphan.pid')
    // The shell becomes ffmpeg, so its process id is ffmpeg's.
    const noting = await script('noting', `echo $$ > "${idFile}"; exec '${ffmpeg.ffmpegPath}' "$@"`)
    const given = {
      ffmpegPath: ffmpeg.ffmpegPath,
      noting,
      idFile,
      job: longJob(shop.file('orphan.mp4')),
    }
    const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, JSON.stringify(given)], {
      cwd: process.cwd(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const child = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString())))
    })
    expect(isRunning(child)).toBe(true)
    parent.kill('SIGKILL')
    await until(() => !isRunning(child))
    expect(isRunning(child)).toBe(false)
  })
})

/** Starts the job and prints ffmpeg's process id. */
const PARENT = `
  import { readFileSync } from 'node:fs'
  import { runFfmpeg } from './src/core/media/ffmpeg/run-ffmpeg.ts'
  import { findFfmpeg } from './src/core/media/ffmpeg/ffmpeg.ts'
  const { ffmpegPath, noting, idFile, job } = JSON.parse(process.argv[1])
  const ffmpeg = await findFfmpeg({ ffmpegPath })
  await runFfmpeg({ ...ffmpeg, ffmpegPath: noting }, job, {
    onProgress: () => console.log(readFileSync(idFile, 'utf8')),
  })
`

describe('a full disk', () => {
  it.each(['clip', 'sound', 'join'])(
    'is one clear error while the %s is written, and leaves nothing',
    async (part) => {
      // Limits file sizes to this many blocks; ffmpeg gets an error from the system as it does on a full disk.
      const blocks = { clip: 4, sound: 4, join: 8 }[part]
      const match = { clip: '*.ass*', sound: '*alimiter*', join: '*concat*' }[part]
      const ffmpegPath = await script(
        `full-${part}`,
        `case "$*" in ${match}) trap '' XFSZ; ulimit -f ${blocks} ;; esac; exec '${EMBEDDED}' "$@"`,
      )
      const real = await findFfmpeg({ ffmpegPath: EMBEDDED })
      const tools = { ffmpeg: { ...real, ffmpegPath }, store: shop.store }
      const voice = await voiceFile(shop.file(`${part}.wav`), 10, (index) => 0.3 * Math.sin(index / 20))
      const board = storyboard([
        segment({
          text: `Disk ${part}`,
          voiceFile: voice,
          duration: 1 / 3,
          footageFile: await colourVideo(shop.file(`${part}.mp4`), 'red'),
        }),
      ])
      const output = shop.file(`out-${part}/film.mp4`)
      const rendering = renderVideo(tools, board, null, output, { signal: new AbortController().signal })
      await expect(rendering).rejects.toMatchObject({ code: 'disk_full' })
      expect(await readdir(shop.file(`out-${part}`)).catch(() => [])).toEqual([])
      expect(await readdir(onDisk(shop.store, 'tmp'))).toEqual([])
    },
  )
})
