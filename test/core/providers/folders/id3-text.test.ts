import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMusicFolder } from '../../../../src/core/providers/folders/music-folder.ts'
import { encoded } from './encoded.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-id3-'))
  await mkdir(path.join(folder, 'calm'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const sevenBits = (size: number) =>
  Buffer.from([size >> 21, (size >> 14) & 127, (size >> 7) & 127, size & 127])

function frame(version: number, [three, four]: [string, string], content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(content.length)
  if (version === 2) return Buffer.concat([Buffer.from(three), size.subarray(1), content])
  const length = version === 4 ? sevenBits(content.length) : size
  return Buffer.concat([Buffer.from(four), length, Buffer.alloc(2), content])
}

function tagged(version: number, encoding: number, title: Buffer, artist: Buffer): Buffer {
  const flag = Buffer.from([encoding])
  const frames = Buffer.concat([
    frame(version, ['PIC', 'APIC'], Buffer.alloc(60_000, 1)),
    frame(version, ['TT2', 'TIT2'], Buffer.concat([flag, title])),
    frame(version, ['TP1', 'TPE1'], Buffer.concat([flag, artist])),
    Buffer.alloc(20),
  ])
  return Buffer.concat([
    Buffer.from('ID3'),
    Buffer.from([version, 0, 0]),
    sevenBits(frames.length),
    frames,
    SOUND,
  ])
}

/** A few MP3 frames of silence. */
const SOUND = Buffer.concat(
  Array.from({ length: 20 }, () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)])),
)

function version1(title: Buffer, artist: Buffer): Buffer {
  const tag = Buffer.alloc(128)
  tag.write('TAG')
  title.copy(tag, 3, 0, 30)
  artist.copy(tag, 33, 0, 30)
  return Buffer.concat([SOUND, tag])
}

const [TITLE, ARTIST] = ['서른 즈음에', '김광석']
const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const utf16be = (text: string) => utf16(text).swap16()
const cp949 = (text: string) => encoded(text, 'euc-kr')

async function tagsOf(bytes: Buffer) {
  await writeFile(path.join(folder, 'calm', 'song.mp3'), bytes)
  const music = createMusicFolder({ folder, measure: async () => 30 })
  const track = await music.pick({ mood: 'calm', seed: '1', duration: 30 }, new AbortController().signal)
  return [track?.title, track?.author]
}

describe('the tags of an old MP3', () => {
  const kinds: [string, number, (text: string) => Buffer][] = [
    ['CP949 called Latin-1', 0, cp949],
    ['CP949 called UTF-8', 3, cp949],
    ['CP949 called UTF-16', 1, cp949],
    ['UTF-8 called Latin-1', 0, (text) => Buffer.from(text)],
    ['UTF-8', 3, (text) => Buffer.from(text)],
    ['UTF-16 with a mark', 1, (text) => utf16(`\ufeff${text}`)],
    ['UTF-16 BE with a mark', 1, (text) => utf16be(`\ufeff${text}`)],
    ['UTF-16 without a mark', 1, utf16],
    ['UTF-16 BE without a mark', 1, utf16be],
    ['UTF-16 BE', 2, utf16be],
    ['UTF-16 LE called BE', 2, utf16],
    ['UTF-16 with a mark called Latin-1', 0, (text) => utf16(`\ufeff${text}`)],
  ]
  it.each(
    kinds.flatMap(([kind, encoding, write]) =>
      [2, 3, 4].map((version) => [version, kind, encoding, write] as const),
    ),
  )('are read in version 2.%i: %s', async (version, _kind, encoding, write) => {
    expect(await tagsOf(tagged(version, encoding, write(TITLE), write(ARTIST)))).toEqual([TITLE, ARTIST])
  })

  it('are read in version 1', async () => {
    expect(await tagsOf(version1(cp949(TITLE), cp949(ARTIST)))).toEqual([TITLE, ARTIST])
  })

  it('are read in other encodings', async () => {
    expect(
      await tagsOf(tagged(3, 0, encoded('夜に駆ける', 'shift_jis'), encoded('さくら', 'shift_jis'))),
    ).toEqual(['夜に駆ける', 'さくら'])
    expect(
      await tagsOf(tagged(3, 0, encoded('Группа крови', 'windows-1251'), encoded('Кино', 'windows-1251'))),
    ).toEqual(['Группа крови', 'Кино'])
    expect(
      await tagsOf(tagged(3, 0, Buffer.from('Déjà vu', 'latin1'), Buffer.from('Beyoncé', 'latin1'))),
    ).toEqual(['Déjà vu', 'Beyoncé'])
  })

  it('may be broken', async () => {
    const whole = tagged(3, 0, cp949(TITLE), cp949(ARTIST))
    for (const length of [3, 9, 15, 30, 61_000])
      expect(await tagsOf(whole.subarray(0, length))).toHaveLength(2)
  })
})
