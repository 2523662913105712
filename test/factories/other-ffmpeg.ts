import { randomUUID } from 'node:crypto'
import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Ffmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'
import { temporaryFolder } from './folder.ts'
import type { TestProgram } from './program.ts'

/**
 * Puts others in the place of ffmpeg or ffprobe while the program runs, as an update of the machine or a slip would, until
 * the test is over. Nothing that the one before has encoded counts for it.
 */
export function otherFfmpeg(
  { core: { ffmpeg } }: TestProgram,
  paths: Partial<Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'>>,
): void {
  const before = { ...ffmpeg }
  Object.assign(ffmpeg, { ...paths, build: randomUUID() })
  onTestFinished(() => void Object.assign(ffmpeg, before))
}

/** The same with a shell script, which may hand over to the one before: `exec "$real" "$@"`. */
export async function scriptedFfmpeg(on: TestProgram, script: string): Promise<void> {
  const ffmpegPath = path.join(await temporaryFolder(), 'ffmpeg')
  await writeFile(ffmpegPath, `#!/bin/sh\nreal='${on.core.ffmpeg.ffmpegPath}'\n${script}\n`)
  await chmod(ffmpegPath, 0o755)
  otherFfmpeg(on, { ffmpegPath })
}
