import { randomFillSync } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { make } from './material.ts'

const SOUND = {
  m4a: ['-c:a', 'aac'],
  mp3: ['-c:a', 'libmp3lame'],
  ogg: ['-c:a', 'libvorbis'],
  flac: ['-c:a', 'flac'],
  mka: ['-c:a', 'libmp3lame', '-f', 'matroska'],
}

/** 8-second sound files with valid headers and rubbish instead of sound; of all kinds by default. */
export async function rubbishSound(
  folder: string,
  kinds: readonly (keyof typeof SOUND)[] = ['m4a', 'mp3', 'ogg', 'flac', 'mka'],
): Promise<string[]> {
  const files: string[] = []
  for (const extension of kinds) {
    const codec = SOUND[extension]
    const file = path.join(folder, `rubbish.${extension}`)
    await make(['-f', 'lavfi', '-i', 'sine=440:d=8', ...codec, file])
    await spoil(file, extension)
    files.push(file)
  }
  return files
}

/** A video whose frames are rubbish, and one that is cut off after a tenth. */
export async function rubbishVideo(folder: string): Promise<string[]> {
  const [noise, broken] = [path.join(folder, 'noise.mp4'), path.join(folder, 'broken.mp4')]
  await make([
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x320:r=30:d=4', '-pix_fmt', 'yuv420p', '-preset', 'ultrafast'],
    ...['-g', '15', '-movflags', '+faststart', '-f', 'mp4', noise],
  ])
  await copyFile(noise, broken)
  await spoil(noise, 'mp4')
  const bytes = await readFile(broken)
  const { from, to } = mediaData(bytes)
  await writeFile(broken, bytes.subarray(0, from + Math.floor((to - from) / 10)))
  return [noise, broken]
}

/** A valid PNG with the given side in pixels, one bit each: a few kilobytes that expand to gigabytes. */
export function hugePng(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 8
  header[9] = 6
  const pixels = deflateSync(Buffer.alloc(1 << 20))
  const parts = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts])
}

/** The beginning of a GIF with the given side in pixels and one full-size frame. */
export function hugeGif(side: number): Buffer {
  const header = Buffer.from('GIF89a....\x80\0\0\0\0\0\xff\xff\xff', 'latin1')
  header.writeUInt16LE(side, 6)
  header.writeUInt16LE(side, 8)
  const frame = Buffer.from(',\0\0\0\0....\0\x02\x02\x4c\x01\0;', 'latin1')
  frame.writeUInt16LE(side, 5)
  frame.writeUInt16LE(side, 7)
  return Buffer.concat([header, frame])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

async function spoil(file: string, extension: string): Promise<void> {
  const bytes = await readFile(file)
  const isMp4 = extension === 'm4a' || extension === 'mp4'
  const { from, to } = isMp4 ? mediaData(bytes) : { from: 4500, to: bytes.length }
  randomFillSync(bytes, from, to - from)
  await writeFile(file, bytes)
}

function mediaData(bytes: Buffer): { from: number; to: number } {
  const name = bytes.indexOf('mdat', 0, 'latin1')
  return { from: name + 4, to: name - 4 + bytes.readUInt32BE(name - 4) }
}
