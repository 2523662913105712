import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decodeSound } from '../../../../src/core/media/ffmpeg/decodes.ts'
import { findFfmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { createMusicFolder } from '../../../../src/core/providers/folders/music-folder.ts'
import { EMBEDDED } from '../../media/material.ts'
import { rubbishSound } from '../../media/rubbish.ts'

const run = promisify(execFile)
const never = new AbortController().signal
let base = ''
let folder = ''

/** Formats that both ffmpeg builds write, so that their tags and headers are real ones. */
const CODECS = {
  mp3: ['libmp3lame'],
  m4a: ['aac'],
  ogg: ['libvorbis'],
  flac: ['flac'],
  wav: ['pcm_s16le'],
  aiff: ['pcm_s16be', '-write_id3v2', '1'],
  wma: ['wmav2'],
  opus: ['libopus'],
  aac: ['aac'],
}

/** Formats that ffmpeg reads and the tag reader may not. */
const OTHERS = {
  mka: ['flac'],
  mp2: ['mp2'],
  ac3: ['ac3'],
  caf: ['pcm_s16le'],
  webm: ['libopus'],
  mp4: ['aac'],
}

beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'rushes-music-'))
  const tone = ['-f', 'lavfi', '-i', 'sine=440:sample_rate=48000:duration=2']
  const outputs = Object.entries(CODECS).flatMap(([extension, [codec = '', ...more]]) => [
    ...['-map', '0:a', '-c:a', codec, ...more],
    ...['-metadata', 'title=밤 산책', '-metadata', 'artist=Kim Ji', path.join(base, `tone.${extension}`)],
  ])
  const others = Object.entries(OTHERS).flatMap(([extension, [codec = '']]) => [
    ...['-map', '0:a', '-c:a', codec, path.join(base, `tone.${extension}`)],
  ])
  const bare = ['-map', '0:a', '-map_metadata', '-1', path.join(base, 'bare.wav')]
  await run(ffmpeg.ffmpegPath, ['-v', 'error', '-nostdin', ...tone, ...outputs, ...others, ...bare])
})

beforeEach(async () => {
  folder = await mkdtemp(path.join(base, 'music-'))
  music = create(folder)
})

afterAll(() => rm(base, { recursive: true, force: true }))

async function put(name: string, source = 'bare.wav'): Promise<string> {
  const file = path.join(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await copyFile(path.join(base, source), file)
  return file
}

/** The build people get, for the formats; the other one starts ten times as fast. */
const ffmpeg = await findFfmpeg()
const quick = await findFfmpeg({ ffmpegPath: EMBEDDED })
const create = (folder: string, build = quick) =>
  createMusicFolder({ folder, measure: (file, signal) => decodeSound(build, file, 900, signal) })
/** The provider for a test's folder. */
let music = create('')
const pick = (seed = 'draft', mood: 'calm' | 'happy' = 'calm') =>
  music.pick({ mood, seed, duration: 30 }, never)

describe('what is picked', () => {
  it('is never a file of which nothing decodes, and each file is decoded once', async () => {
    const [rubbish = ''] = await rubbishSound(base, ['m4a'])
    for (let i = 0; i < 3; i++) await put(`calm/rubbish ${i}.m4a`, path.basename(rubbish))
    await put('calm/tone.m4a', 'tone.m4a')
    const decoded: string[] = []
    const measure = (file: string, signal: AbortSignal) => {
      decoded.push(file)
      return decodeSound(quick, file, 900, signal)
    }
    const watched = createMusicFolder({ folder, measure })
    for (let i = 0; i < 12; i++) {
      const track = await watched.pick({ mood: 'calm', seed: `draft ${i}`, duration: 30 }, never)
      expect(track).toMatchObject({ id: 'calm/tone.m4a', length: expect.closeTo(2, 1) })
    }
    expect(decoded.length).toBe(new Set(decoded).size)
    await utimes(path.join(folder, 'calm/tone.m4a'), 1, 1)
    await watched.pick({ mood: 'calm', seed: 'draft', duration: 30 }, never)
    expect(decoded.filter((file) => file.endsWith('tone.m4a'))).toHaveLength(2)
  })

  it.each(Object.keys(CODECS))('takes %s, with the title and author of its tags', async (extension) => {
    const file = await put(`calm/tone.${extension.toUpperCase()}`, `tone.${extension}`)
    music = create(folder, ffmpeg)
    const track = await pick()
    expect(track).toMatchObject({ provider: 'folder', file, loops: false })
    // Raw AAC has no room for tags.
    const isBare = extension === 'aac'
    expect(track).toMatchObject({ title: isBare ? 'tone' : '밤 산책', author: isBare ? null : 'Kim Ji' })
  })

  it('is found again by its id, as long as it is there and can be heard', async () => {
    await put('Calm/sub/tone.wav')
    const picked = await pick()
    const find = (id: string) => music.find(id, never)
    expect(await find(picked?.id ?? '')).toEqual(picked)
    await writeFile(path.join(folder, 'Calm/notes.txt'), 'none')
    for (const id of [
      'calm/tone.wav',
      'calm/notes.txt',
      'calm/../Calm/sub/tone.wav',
      'happy/x.wav',
      'calm',
      '',
    ])
      expect(await find(id), id).toBeNull()
  })

  it('falls back to the file name, composed', async () => {
    await put(`calm/sub/${'아침 노래'.normalize('NFD')}.wav`)
    expect(await pick()).toMatchObject({ title: '아침 노래', author: null, id: 'calm/sub/아침 노래.wav' })
  })

  it('has nothing for a mood without a folder, an empty one, or one of other files', async () => {
    expect(await pick()).toBeNull()
    await mkdir(path.join(folder, 'calm'))
    await writeFile(path.join(folder, 'calm', 'notes.txt'), 'none')
    expect(await pick()).toBeNull()
    await put('happy/tone.wav')
    expect(await pick()).toBeNull()
    expect(await pick('draft', 'happy')).not.toBeNull()
  })

  it('finds the folder of a mood in any case', async () => {
    await put('Calm/tone.wav')
    expect(await pick()).toMatchObject({ id: 'calm/tone.wav' })
  })

  it.each(Object.keys(OTHERS))('takes %s, by its own name where it has no tags', async (extension) => {
    const file = await put(`calm/밤 산책.${extension}`, `tone.${extension}`)
    music = create(folder, ffmpeg)
    expect(await pick()).toMatchObject({ file, title: '밤 산책', author: null })
  })

  it('passes over broken, empty, hidden and linked files', async () => {
    await put('calm/good.wav')
    await put('elsewhere/secret.wav')
    await put('calm/.hidden.wav')
    for (const name of ['a.mp3', 'b.ogg', 'c.flac', 'd.m4a', 'e.wav'])
      await writeFile(path.join(folder, 'calm', name), name === 'a.mp3' ? '' : 'not music at all '.repeat(50))
    await symlink(path.join(folder, 'elsewhere', 'secret.wav'), path.join(folder, 'calm', 'link.wav'))
    await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'calm', 'linked'))
    const found = new Set<string | undefined>()
    for (let i = 0; i < 20; i++) found.add((await pick(`draft ${i}`))?.id)
    expect(found).toEqual(new Set(['calm/good.wav']))
  })

  it('names what cannot be used, to the log once, and goes on to any other sound', async () => {
    await writeFile(path.join(folder, 'calm.txt'), '')
    await mkdir(path.join(folder, 'calm'))
    for (const name of ['cover.jpg', 'booklet.pdf', 'calm.m3u', 'Thumbs.db'])
      await writeFile(path.join(folder, 'calm', name), 'beside it')
    await writeFile(path.join(folder, 'calm', 'empty.mp3'), '')
    await writeFile(path.join(folder, 'calm', 'rain'), 'not music at all '.repeat(50))
    await writeFile(path.join(folder, 'calm', 'song.mp3.part'), 'half of it')
    await symlink(path.join(base, 'tone.wav'), path.join(folder, 'calm', 'link.wav'))
    const named: unknown[] = []
    const request = { mood: 'calm', seed: 'draft', duration: 1 } as const
    const measure = (file: string, signal: AbortSignal) => decodeSound(quick, file, 900, signal)
    const watched = createMusicFolder({ folder, measure, onUnusable: (file) => named.push(file) })
    const expected = [
      { name: 'empty.mp3', why: 'empty' },
      { name: 'link.wav', why: 'link' },
      { name: 'rain', why: 'silent' },
      { name: 'song.mp3.part', why: 'incomplete' },
    ]
    for (let i = 0; i < 2; i++) {
      expect(await watched.pick(request, never)).toBeNull()
      const found = (await watched.unusable?.(request, never)) ?? []
      expect(found.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(expected)
    }
    expect(named).toHaveLength(4)
    await put('calm/without an ending', 'tone.wav')
    expect(await watched.pick(request, never)).toMatchObject({ id: 'calm/without an ending' })
  })

  it('says so when the folder cannot be read', async () => {
    const missing = create(path.join(folder, 'missing'))
    await expect(missing.pick({ mood: 'calm', seed: '', duration: 1 }, never)).rejects.toMatchObject({
      provider: 'folder',
      failure: 'unavailable',
    })
  })

  it.skipIf(process.getuid?.() === 0)('says so when the mood is not allowed to be read', async () => {
    await put('calm/tone.wav')
    await chmod(path.join(folder, 'calm'), 0)
    await expect(pick()).rejects.toMatchObject({ failure: 'unavailable' })
    await chmod(path.join(folder, 'calm'), 0o700)
  })
})

it('keeps a draft’s track when files are added, except where the new one is chosen', async () => {
  for (let i = 0; i < 6; i++) await put(`calm/${i}.wav`)
  const seeds = Array.from({ length: 40 }, (_, i) => `draft ${i}`)
  // One after another, so that each file is decoded once.
  const all = async () => {
    const picked: (string | undefined)[] = []
    for (const seed of seeds) picked.push((await pick(seed))?.id)
    return picked
  }
  const before = await all()
  expect(new Set(before).size).toBeGreaterThan(3)
  await put('calm/new.wav')
  const after = await all()
  const moved = after.filter((id, i) => id !== before[i])
  expect(moved.every((id) => id === 'calm/new.wav')).toBe(true)
  expect(moved.length).toBeLessThan(20)
})

it('stops when it is cancelled', async () => {
  await put('calm/tone.wav')
  const signal = AbortSignal.abort(new Error('enough'))
  const picked = create(folder).pick({ mood: 'calm', seed: '', duration: 1 }, signal)
  await expect(picked).rejects.toThrow('enough')
})
