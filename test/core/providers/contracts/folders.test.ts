import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import installer from '@ffmpeg-installer/ffmpeg'
import { renderThumbnail } from '../../../../src/core/media/clip/thumbnail.ts'
import { decodeSound } from '../../../../src/core/media/ffmpeg/decodes.ts'
import { findFfmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { inspectFootage } from '../../../../src/core/media/footage/inspect.ts'
import { tryOut } from '../../../../src/core/media/footage/try-out.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { createBedMusic } from '../../../../src/core/providers/embedded/beds/beds.ts'
import { createMediaFolder } from '../../../../src/core/providers/folders/media-folder.ts'
import { createMusicFolder } from '../../../../src/core/providers/folders/music-folder.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import { describeFootageProvider } from './footage.ts'
import { describeMusicProvider } from './music.ts'

const run = promisify(execFile)
/** The folders' contents are the same for every build; the folder tests themselves try the formats with the build people get. */
const ffmpeg = await findFfmpeg({ ffmpegPath: installer.path })

describeMusicProvider('The synthesised beds', async () => {
  const folder = await newFolder()
  const store = new LocalStore(folder)
  const provider = createBedMusic(store)
  return {
    provider,
    locate: (file) => onDisk(store, file),
    close: async () => {
      await provider.close()
      await remove(folder)
    },
  }
})

describeMusicProvider('A folder of music', async () => {
  const folder = await newFolder()
  await mkdir(path.join(folder, 'calm'))
  await make('sine=440:duration=2', path.join(folder, 'calm', '고요.mp3'))
  const provider = createMusicFolder({
    folder,
    measure: (file, signal) => decodeSound(ffmpeg, file, 900, signal),
  })
  return { provider, close: () => remove(folder) }
})

describeFootageProvider('A folder of clips', async () => {
  const [folder, data] = [await newFolder(), await newFolder()]
  await make('testsrc=size=192x108:rate=25:duration=1', path.join(folder, 'ocean waves.mp4'))
  await make('testsrc=size=108x192:rate=1:duration=1', path.join(folder, 'ocean.png'))
  const tools = { ffmpeg, store: new LocalStore(data) }
  const provider = createMediaFolder({
    folder,
    inspect: (file, signal) => inspectFootage(ffmpeg, file, signal),
    tryOut: (file, signal) => tryOut(tools, file, signal),
    still: async (file, into, signal) =>
      copyFile(onDisk(tools.store, await renderThumbnail(tools, file, { signal })), into),
  })
  return {
    provider,
    close: async () => {
      await remove(folder)
      await remove(data)
    },
  }
})

const newFolder = () => mkdtemp(path.join(tmpdir(), 'rushes-folders-'))
const remove = (folder: string) => rm(folder, { recursive: true, force: true })
const make = (source: string, file: string) =>
  run(installer.path, ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', file])
