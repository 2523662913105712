import { mkdir, mkdtemp, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProcessError } from '../../../../src/core/media/ffmpeg/capture-output.ts'
import type { Inspected } from '../../../../src/core/media/footage/inspect.ts'
import { UserError } from '../../../../src/core/model/errors.ts'
import type { FootageCandidate, FootageQuery } from '../../../../src/core/model/providers.ts'
import { UnusableError, type UnusableFile } from '../../../../src/core/model/unusable.ts'
import { createMediaFolder } from '../../../../src/core/providers/folders/media-folder.ts'
import { encoded } from './encoded.ts'

const never = new AbortController().signal
let base = ''
let folder = ''

beforeEach(async () => {
  named = []
  base = await mkdtemp(path.join(tmpdir(), 'rushes-media-'))
  folder = path.join(base, 'media')
  await mkdir(folder)
})

afterEach(() => rm(base, { recursive: true, force: true }))

async function put(name: string, content: string | Buffer = `content of ${name}`): Promise<string> {
  const file = path.join(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, content)
  return file
}

const unreachable = new Set<string>()

/** The error `inspectFootage` throws when ffprobe can't run. */
function failedProbe(code: string): UserError {
  const cause = Object.assign(new Error('ffprobe'), { code })
  return new UserError('ffmpeg_failed', { detail: 'Invalid data' }, { cause })
}

/** Reports what each file's content says: `900x1600`, `broken`, otherwise landscape; a still by its name. */
async function inspect(file: string): Promise<Inspected> {
  const content = await readFile(file, 'utf8')
  if (unreachable.has(path.basename(file))) throw failedProbe('EMFILE')
  if (content === 'broken') throw new UnusableError('undecodable')
  const [, width, height] = /^(\d+)x(\d+)/.exec(content) ?? ['', '1920', '1080']
  const isImage = /\.(jpe?g|png|gif|webp)$/i.test(file)
  return {
    width: Number(width),
    height: Number(height),
    duration: isImage ? null : 8,
    isImage,
  }
}

const still = async (file: string, into: string) => writeFile(into, `still of ${path.basename(file)}`)
let named: UnusableFile[] = []
const options = {
  inspect,
  still,
  tryOut: async (file: string) => {
    if ((await readFile(file, 'utf8')) === 'breaks off') throw new UnusableError('incomplete')
  },
  onUnusable: (file: UnusableFile) => void named.push(file),
}
const create = (freshMs = 60_000) => createMediaFolder({ ...options, folder, freshMs })

function query(words: string, changes: Partial<FootageQuery> = {}): FootageQuery {
  return {
    query: words,
    keyword: '',
    format: 'shorts',
    minDuration: 4,
    seed: 'd',
    index: 0,
    limit: 6,
    ...changes,
  }
}

const titles = async (words: string, changes: Partial<FootageQuery> = {}, media = create()) =>
  (await media.search(query(words, changes), never)).map(({ title }) => title)

async function only(words: string, media = create()): Promise<FootageCandidate> {
  const [found, ...others] = await media.search(query(words), never)
  if (!found || others.length > 0) throw new Error('not exactly one')
  return found
}

describe('search', () => {
  it('finds by words of file names, in any case and number, best first', async () => {
    await put('Ocean-Waves_01.MP4')
    await put('ocean.mov')
    await put('carpet.mp4')
    expect(await titles('the waves of an OCEAN')).toEqual(['Ocean-Waves_01', 'ocean'])
    expect(await titles('car')).toEqual([])
    expect(await titles('the of a video')).toEqual([])
    expect(await titles('')).toEqual([])
  })

  it('leaves out what does not decode, and looks again at what could not be looked at', async () => {
    await put('sea one.mp4', 'broken')
    await put('sea two.mp4')
    const provider = create()
    const found = async () => (await provider.search(query('sea'), never)).map(({ title }) => title)
    unreachable.add('sea two.mp4')
    expect(await found()).toEqual([])
    unreachable.clear()
    expect(await found()).toEqual(['sea two'])
  })

  it('finds by folders, by the keyword, and by the tags beside a file', async () => {
    await put('beach/DSC_0001.jpg')
    await put('clip7.mp4')
    await put('clip7.txt', 'sunset, golden hour')
    await put('clip8.webm')
    await put('clip8.webm.txt', '노을')
    expect(await titles('beaches')).toEqual(['DSC_0001'])
    expect(await titles('golden light')).toEqual(['clip7'])
    expect(await titles('nothing here', { keyword: '노을' })).toEqual(['clip8'])
  })

  it('finds by tags that were saved as ANSI or UTF-16', async () => {
    await put('clip1.mp4')
    await put('clip1.txt', encoded('노을, 바다', 'euc-kr'))
    await put('clip2.mp4')
    await put('clip2.txt', Buffer.from('\ufeff파도', 'utf16le'))
    await put('clip3.mp4')
    await put('clip3.txt', Buffer.from('숲 forest', 'utf16le').swap16())
    expect(await titles('노을')).toEqual(['clip1'])
    expect(await titles('파도')).toEqual(['clip2'])
    expect(await titles('forest')).toEqual(['clip3'])
  })

  it('finds Korean names, composed or not, with particles', async () => {
    await put(`${'바다'.normalize('NFD')}/${'파도 소리'.normalize('NFD')}.mp4`)
    await put('밤바다.mp4')
    expect(await titles('바다에서'.normalize('NFD'))).toContain('파도 소리')
    expect(await titles('바다')).toEqual(expect.arrayContaining(['파도 소리', '밤바다']))
    expect(await titles('파도')).toEqual(['파도 소리'])
  })

  it('prefers what lies the right way among what fits equally', async () => {
    await put('sea a.mp4', '1920x1080')
    await put('sea b.mp4', '1080x1920')
    expect(await titles('sea')).toEqual(['sea b', 'sea a'])
    expect(await titles('sea', { format: 'landscape' })).toEqual(['sea a', 'sea b'])
  })

  it('does not wait again and again for a file that could not be looked into in time', async () => {
    await put('sea.mp4')
    let tries = 0
    const slow = async () => {
      tries += 1
      const cause = new ProcessError('it took too long', null, '')
      throw new UserError('ffmpeg_failed', { detail: 'it took too long' }, { cause })
    }
    const media = createMediaFolder({ ...options, folder, inspect: slow, freshMs: 60_000 })
    for (let i = 0; i < 3; i++) expect(await titles('sea', {}, media)).toEqual([])
    expect(tries).toBe(1)
  })

  it('leaves out what is hidden, linked, empty, of other types, or does not decode', async () => {
    await put('sea good.mp4')
    await put('.sea.mp4')
    await put('.git/sea.mp4')
    await put('sea empty.mp4', '')
    await put('sea.pdf')
    await put('sea broken.mp4', 'broken')
    await mkdir(path.join(base, 'outside'))
    await writeFile(path.join(base, 'outside', 'sea secret.mp4'), 'secret')
    await symlink(path.join(base, 'outside', 'sea secret.mp4'), path.join(folder, 'sea link.mp4'))
    await symlink(path.join(base, 'outside'), path.join(folder, 'sea'))
    expect(await titles('sea')).toEqual(['sea good'])
  })

  it('names what fits and cannot be used, to whoever searches and to the log once', async () => {
    await put('sea good.mp4')
    await put('sea without an ending', 'whatever')
    await put('sea empty.MP4', '')
    await put('sea poster.PSD')
    await put('sea IMG_1.dng')
    await put('sea film.mp4.crdownload')
    await put('sea broken.mp4', 'broken')
    await put('sea half.mov', 'breaks off')
    await put('sea new\nline.ai')
    await put('carpet.psd')
    for (const name of ['sea.txt', 'sea.xmp', 'sea.AAE', 'sea/Thumbs.db', 'sea/.DS_Store', 'sea/._x.mp4'])
      await put(name)
    await writeFile(path.join(base, 'secret.mp4'), 'secret')
    await symlink(path.join(base, 'secret.mp4'), path.join(folder, 'sea link.mp4'))
    const media = create()
    for (let i = 0; i < 2; i++) {
      const asked = query('sea', { insist: true, limit: 30 })
      const found = await media.search(asked, never)
      expect(found.map(({ title }) => title).sort()).toEqual(['sea good', 'sea without an ending'])
      const unusable = (await media.unusable?.(asked, never)) ?? []
      expect(Object.fromEntries(unusable.map(({ name, why }) => [name, why]))).toEqual({
        'sea empty.MP4': 'empty',
        'sea poster.PSD': 'design',
        'sea IMG_1.dng': 'raw',
        'sea film.mp4.crdownload': 'incomplete',
        'sea broken.mp4': 'undecodable',
        'sea half.mov': 'incomplete',
        'sea new line.ai': 'design',
        'sea link.mp4': 'link',
      })
      expect(new Set(named)).toEqual(new Set(unusable))
    }
    expect(named).toHaveLength(8)
  })

  it('is not crowded out by files that cannot be used', async () => {
    for (let i = 0; i < 100; i++) await put(`sea ${i}.psd`)
    await put('sea.jpg')
    expect(await titles('sea', { limit: 1 })).toEqual(['sea'])
  })

  it('says what a candidate is', async () => {
    await put('forest.png', '3000x2000')
    expect(await only('forest')).toMatchObject({
      provider: 'media',
      kind: 'image',
      width: 3000,
      height: 2000,
      duration: null,
      title: 'forest',
    })
  })

  it('searches three thousand files and keeps to the limit', async () => {
    await mkdir(path.join(folder, 'many'))
    await Promise.all(
      Array.from({ length: 3000 }, (_, i) => writeFile(path.join(folder, 'many', `tree ${i}.jpg`), 'x')),
    )
    const media = create()
    expect(await titles('tree', { limit: 5 }, media)).toHaveLength(5)
    expect(await titles('tree 1234', { limit: 5 }, media)).toContain('tree 1234')
    expect(await titles('tree', { seed: 'a' }, media)).not.toEqual(await titles('tree', { seed: 'b' }, media))
  })

  it('notices new files: at once in the folder itself, deeper ones when its memory is old', async () => {
    await put('deep/sea 1.mp4')
    const [media, forgetful] = [create(), create(-1)]
    expect(await titles('sea', {}, media)).toHaveLength(1)
    expect(await titles('sea', {}, forgetful)).toHaveLength(1)
    await put('deep/sea 2.mp4')
    expect(await titles('sea', {}, forgetful)).toHaveLength(2)
    await put('sea 3.mp4')
    await utimes(folder, new Date(), new Date(Date.now() + 5000))
    expect(await titles('sea', {}, media)).toHaveLength(3)
  })

  it('says so when the folder cannot be read, and works once it can', async () => {
    await put('sea.mp4')
    await rename(folder, `${folder}-away`)
    const media = create()
    const failure = { provider: 'media', failure: 'unavailable' }
    await expect(media.search(query('sea'), never)).rejects.toMatchObject(failure)
    await rename(`${folder}-away`, folder)
    expect(await titles('sea', {}, media)).toEqual(['sea'])
  })

  it('stops when it is cancelled', async () => {
    await put('sea.mp4')
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(create().search(query('sea'), signal)).rejects.toThrow('enough')
  })
})

describe('fetch and preview', () => {
  const target = () => path.join(base, 'target')

  it('copies the file, also for an id of an earlier start', async () => {
    const file = await put('sea.mp4', 'the very bytes')
    const candidate = await only('sea')
    await create().fetch(candidate, query('sea'), target(), never)
    expect(await readFile(target(), 'utf8')).toBe('the very bytes')
    // A separate copy: later changes to the original don't affect it.
    await writeFile(file, 'something else')
    expect(await readFile(target(), 'utf8')).toBe('the very bytes')
  })

  it('makes its preview with the given function', async () => {
    await put('sea.mp4')
    await create().thumbnail(await only('sea'), query('sea'), target(), never)
    expect(await readFile(target(), 'utf8')).toBe('still of sea.mp4')
  })

  it.each(['changed', 'removed', 'replaced by a link'])(
    'refuses a file that was %s meanwhile',
    async (what) => {
      const file = await put('sea.mp4')
      const media = create()
      const candidate = await only('sea', media)
      await rm(file)
      if (what === 'changed') await writeFile(file, 'another content')
      if (what === 'replaced by a link') {
        await writeFile(path.join(base, 'secret'), `content of sea.mp4`)
        await symlink(path.join(base, 'secret'), file)
      }
      const failure = { provider: 'media', failure: 'nothing_found' }
      await expect(media.fetch(candidate, query('sea'), target(), never)).rejects.toMatchObject(failure)
      await expect(media.thumbnail(candidate, query('sea'), target(), never)).rejects.toMatchObject(failure)
    },
  )

  it('refuses a folder on the way that was replaced by a link', async () => {
    await put('deep/sea.mp4')
    const media = create()
    const candidate = await only('sea', media)
    await rename(path.join(folder, 'deep'), path.join(base, 'deep'))
    await symlink(path.join(base, 'deep'), path.join(folder, 'deep'))
    await expect(media.fetch(candidate, query('sea'), target(), never)).rejects.toMatchObject({
      failure: 'nothing_found',
    })
  })
})
