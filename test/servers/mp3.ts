import { execFile } from 'node:child_process'
import ffmpeg from '@ffmpeg-installer/ffmpeg'

/** The same sound as MP3, as speech services encode it. */
export function mp3Of(wav: Buffer): Promise<Buffer> {
  const parameters = [
    '-v',
    'error',
    '-i',
    'pipe:0',
    '-c:a',
    'libmp3lame',
    '-b:a',
    '64k',
    '-f',
    'mp3',
    'pipe:1',
  ]
  return new Promise((resolve, reject) => {
    const options = { encoding: 'buffer', maxBuffer: 1 << 26 } as const
    const child = execFile(ffmpeg.path, parameters, options, (error, stdout) => {
      if (error) reject(error)
      else resolve(stdout)
    })
    child.stdin?.end(wav)
  })
}
