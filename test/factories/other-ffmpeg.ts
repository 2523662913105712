import { randomUUID } from 'node:crypto'
import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Ffmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'
import { temporaryFolder } from './folder.ts'
import type { TestProgram } from './program.ts'

/**
 * Replaces ffmpeg or ffprobe while the program runs, as an update of the machine or a mistake would, until the test ends. Nothing
 * that the previous build encoded counts for the new one.
 */
export function otherFfmpeg(
  { core: { ffmpeg } }: TestProgram,
  paths: Partial<Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>>,
): void {
  const before = { ...ffmpeg }
  Object.assign(ffmpeg, { ...paths, build: randomUUID() })
  onTestFinished(() => void Object.assign(ffmpeg, before))
}

/** Same, with a shell script, which can call the original: `exec "$real" "$@"`. */
export async function scriptedFfmpeg(on: TestProgram, script: string): Promise<void> {
  const ffmpegPath = path.join(await temporaryFolder(), 'ffmpeg')
  await writeFile(ffmpegPath, `#!/bin/sh\nreal='${on.core.ffmpeg.ffmpegPath}'\n${script}\n`)
  await chmod(ffmpegPath, 0o755)
  otherFfmpeg(on, { ffmpegPath })
}
