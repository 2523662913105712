import { copyFile, readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import path from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { candidateKey } from '../../../../src/core/draft/candidate-files.ts'
import { undo } from '../../../../src/core/draft/history.ts'
import { MAX_OWN_BYTES } from '../../../../src/core/draft/own-footage.ts'
import { unreferenced } from '../../../../src/core/draft/references.ts'
import { deleteDraft } from '../../../../src/core/draft/remove.ts'
import { PEAKS_A_SECOND } from '../../../../src/core/media/voice/peaks.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { RevisionEntity } from '../../../../src/db/entities/revision.ts'
import { SegmentEntity } from '../../../../src/db/entities/segment.ts'
import { colourVideo } from '../../../core/media/material.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import { PATIENCE } from '../../../factories/patience.ts'
import { scope, sharedProgram } from '../../../factories/program.ts'
import { webOf } from '../../../factories/web.ts'

const program = sharedProgram()
const HEIC = new URL('../../../core/media/footage/mark.heic', import.meta.url)

/** A draft with its first segment, and the program's API. */
async function ready(who: Parameters<typeof webOf>[1] = {}) {
  const draftId = await program().ready()
  const segment = async () => {
    const { segments } = await program().load(draftId)
    const [first] = segments
    if (!first) throw new Error('the draft has no segment')
    return first
  }
  const origin = await webOf(program(), who)
  const address = `${origin}/api/draft/${draftId}/segments/${(await segment()).id}`
  return {
    ...{ draftId, origin, address, segment, core: program().core },
    upload: (body: string | Uint8Array<ArrayBuffer>, name: string, headers: Record<string, string> = {}) =>
      fetch(`${address}/footage?${new URLSearchParams({ name })}`, { method: 'POST', body, headers }),
  }
}

const picture = (background: string) =>
  sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .png()
    .toBuffer()

describe('a file of one’s own', () => {
  it('becomes the footage of its segment, as a step of the history that can be taken back', async () => {
    const { upload, segment, draftId, core } = await ready()
    const before = await segment()
    const answer = await upload(new Uint8Array(await picture('#c00')), 'C:\\fakepath\\our tea.png')
    expect(await answer.json()).toMatchObject({ success: true, data: { video_provider: 'own_file' } })
    const after = await segment()
    expect(after).toMatchObject({ videoKind: 'image', videoTitle: 'our tea.png', editedByName: 'Ann' })
    expect(await core.store.has(after.videoLocalPath ?? '')).toBe(true)
    const steps = () => core.db.fork().find(RevisionEntity, { draftId }, { orderBy: { number: 'desc' } })
    expect((await steps())[0]?.action).toEqual({ code: 'footage_uploaded', segment: 1 })
    // Repeating it adds nothing.
    const count = (await steps()).length
    await upload(new Uint8Array(await picture('#c00')), 'our tea.png')
    expect(await steps()).toHaveLength(count)
    await undo(core, scope(draftId))
    expect(await segment()).toMatchObject({ videoId: before.videoId, videoTitle: before.videoTitle })
    // It is kept as long as the history leads back to it, and removed with the draft.
    expect(await unreferenced(core.db.fork(), new Set([after.videoLocalPath ?? '']))).toEqual([])
    await deleteDraft(core, scope(draftId))
    expect(await core.store.has(after.videoLocalPath ?? '')).toBe(false)
  })

  it('may be of any kind that footage may be', async () => {
    const { upload, segment } = await ready()
    const folder = await temporaryFolder()
    const video = await colourVideo(path.join(folder, 'clip.mp4'), 'green', 1)
    for (const [file, name, kind] of [
      [HEIC, 'IMG_0001.HEIC', 'image'],
      [video, 'clip', 'video'],
    ] as const) {
      expect((await upload(new Uint8Array(await readFile(file)), name)).status).toBe(200)
      expect(await segment()).toMatchObject({ videoKind: kind, videoTitle: name })
    }
  })

  it('is refused with a sentence when it is no footage, and nothing is left of it', async () => {
    const { upload, segment, core } = await ready()
    const before = await segment()
    const refusal = async (body: string | Uint8Array<ArrayBuffer>, name: string, headers = {}) => {
      const answer = await upload(body, name, headers)
      const { code, detail } = (await answer.json()) as { code: string; detail: string }
      return [answer.status, code, detail]
    }
    expect(await refusal('just words', 'notes.txt')).toEqual([
      ...[
        422,
        'file_unusable',
        '“notes.txt” cannot be used: it is damaged, or in a format that cannot be read here.',
      ],
    ])
    expect(await refusal('8BPS', 'layers.psd')).toEqual([
      ...[
        422,
        'file_unusable',
        '“layers.psd” cannot be used: it is a design file or a document; export it as PNG or JPEG.',
      ],
    ])
    expect(await refusal('', 'empty.png')).toEqual([
      ...[422, 'file_unusable', '“empty.png” cannot be used: it is empty.'],
    ])
    expect(await refusal('#EXTM3U\nhttp://127.0.0.1/x.ts\n', 'list.mp4')).toEqual([
      422,
      'file_unusable',
      expect.any(String),
    ])
    const half = new Uint8Array((await picture('#0c0')).subarray(0, 400))
    expect(await refusal(half, 'half.png')).toEqual([422, 'file_unusable', expect.any(String)])
    const form = { 'content-type': 'multipart/form-data; boundary=x' }
    expect(await refusal('--x--', 'a.png', form)).toEqual([415, 'not_a_file', expect.any(String)])
    expect(await segment()).toEqual(before)
    expect(await readdir(onDisk(core.store, 'tmp'))).toEqual([])
  })

  it('is not taken beyond its limit, and nothing changes when it breaks off', async () => {
    const { address, segment, core } = await ready()
    const before = await segment()
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const large = request(`${address}/footage`, {
      method: 'POST',
      headers: { 'content-length': MAX_OWN_BYTES + 1 },
    })
    large.on('response', ({ statusCode = 0 }) => resolve(statusCode)).on('error', reject)
    large.flushHeaders()
    expect(await promise).toBe(413)
    large.destroy()
    const broken = request(`${address}/footage`, { method: 'POST', headers: { 'content-length': 1000 } })
    broken.on('error', () => undefined)
    broken.write('half of it')
    const temporary = () => readdir(onDisk(core.store, 'tmp'))
    await vi.waitUntil(async () => (await temporary()).length > 0, PATIENCE)
    broken.destroy()
    await vi.waitUntil(async () => (await temporary()).length === 0, PATIENCE)
    expect(await segment()).toEqual(before)
  })

  it('does not wait for others of the same person that are still on their way, of which there may be some', async () => {
    const { address, upload, core } = await ready()
    const slow = Array.from({ length: 3 }, () => {
      const sending = request(`${address}/footage`, { method: 'POST', headers: { 'content-length': 1000 } })
      sending.on('error', () => undefined).write('half of it')
      return sending
    })
    const temporary = () => readdir(onDisk(core.store, 'tmp'))
    await vi.waitUntil(async () => (await temporary()).length === 3, PATIENCE)
    expect((await upload(new Uint8Array(await picture('#0cc')), 'cyan.png')).status).toBe(200)
    const last = request(`${address}/footage`, { method: 'POST', headers: { 'content-length': 1000 } })
    last.on('error', () => undefined).write('half of it')
    await vi.waitUntil(async () => (await temporary()).length === 4, PATIENCE)
    const refused = await upload('x', 'a.png')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    for (const each of [...slow, last]) each.destroy()
    await vi.waitUntil(async () => (await temporary()).length === 0, PATIENCE)
    expect((await upload(new Uint8Array(await picture('#0cc')), 'cyan.png')).status).toBe(200)
  })

  it('is only taken by those who may, for what is there and open', async () => {
    const { origin, draftId, upload, core } = await ready({ scopes: new Set(['read']) })
    expect((await upload('x', 'a.png')).status).toBe(403)
    const { upload: allowed, address, segment } = await ready()
    const elsewhere = (path: string) =>
      fetch(path, { method: 'POST', body: 'x' }).then(({ status }) => status)
    expect(await elsewhere(`${origin}/api/draft/nope/segments/1/footage`)).toBe(403)
    expect(await elsewhere(address.replace(/\/draft\/[^/]+/, '/draft/nope').concat('/footage'))).toBe(404)
    expect(await elsewhere(address.replace(/\d+$/, '999999').concat('/footage'))).toBe(404)
    const id = (await segment()).draftId
    await core.db.fork().nativeUpdate(DraftEntity, { draftId: id }, { status: 'converting' })
    expect((await allowed('x', 'a.png')).status).toBe(409)
    expect(draftId).not.toBe(id)
  })
})

describe('what is shown of material', () => {
  it('the waveform of a voice: twenty values a second', async () => {
    const { origin, draftId, segment } = await ready()
    const draft = (await (await fetch(`${origin}/api/draft/${draftId}`)).json()) as {
      segments: { voice: { peaks_url: string } }[]
    }
    const answer = await fetch(`${origin}${draft.segments[0]?.voice.peaks_url}`)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    const peaks = (await answer.json()) as number[]
    expect(peaks).toHaveLength(Math.ceil(((await segment()).ttsDuration ?? 0) * PEAKS_A_SECOND - 1e-6))
    expect(Math.max(...peaks)).toBeGreaterThan(0.05)
    expect(peaks.every((peak) => peak >= 0 && peak <= 1)).toBe(true)
  })

  describe('found footage', () => {
    let video = ''
    beforeAll(async () => {
      video = await colourVideo(path.join(program().folder, 'found.mp4'), 'blue', 8, '640x360')
    })

    it('is shown from here by the place or the key of a candidate, and plays in small', async () => {
      const { address, segment, core } = await ready()
      const [provider] = program().fakes.providers.footage
      if (!provider) throw new Error('there is no footage')
      const found = (await segment()).candidates
      const moving = { ...found[0], provider: provider.name, id: 'moving', kind: 'video' as const }
      const candidates = [...found, moving] as typeof found
      await core.db.fork().nativeUpdate(SegmentEntity, { id: (await segment()).id }, { candidates })
      const fetched: string[] = []
      const changed = vi.spyOn(provider, 'fetch').mockImplementation(async ({ id }, _query, file) => {
        fetched.push(id)
        await copyFile(video, file)
      })
      try {
        const get = (which: string, file: string) => fetch(`${address}/candidates/${which}/${file}`)
        const still = await get('0', 'thumbnail')
        expect(still.status).toBe(200)
        const byKey = await get(candidateKey(candidates[0] as (typeof found)[0]), 'thumbnail')
        expect(byKey.headers.get('etag')).toBe(still.headers.get('etag'))
        // Requested twice at once, as when the pointer comes back; it is fetched once.
        const [one, other] = await Promise.all(
          ['preview', 'preview'].map((file) => get(candidateKey(moving as (typeof found)[0]), file)),
        )
        expect([one?.status, other?.status]).toEqual([200, 200])
        expect(one?.headers.get('content-type')).toBe('video/mp4')
        expect(Number(one?.headers.get('content-length'))).toBeLessThan(200_000)
        expect(fetched).toEqual(['moving'])
        expect((await get('0', 'preview')).status).toBe(404)
        expect((await get('abcdefabcdef', 'thumbnail')).status).toBe(404)
        expect((await get('..%2f..%2f', 'thumbnail')).status).toBe(404)
      } finally {
        changed.mockRestore()
      }
    })
  })

  it('earlier footage, before and after a step', async () => {
    const { origin, draftId, upload, core } = await ready()
    await upload(new Uint8Array(await picture('#00c')), 'blue.png')
    await upload(new Uint8Array(await picture('#cc0')), 'yellow.png')
    const { draft } = await program().load(draftId)
    const colour = async (number: number, when: string) => {
      const answer = await fetch(`${origin}/api/draft/${draftId}/history/${number}/segments/0/${when}`)
      if (answer.status !== 200) return answer.status
      const { dominant } = await sharp(await answer.arrayBuffer()).stats()
      return dominant.b > dominant.r ? 'blue' : 'yellow'
    }
    expect(await colour(draft.revision, 'after')).toBe('yellow')
    expect(await colour(draft.revision, 'before')).toBe('blue')
    expect(await colour(draft.revision - 1, 'after')).toBe('blue')
    expect(await colour(99, 'after')).toBe(404)
    await undo(core, scope(draftId))
    expect(await colour(draft.revision - 1, 'after')).toBe('blue')
    expect(await colour(draft.revision, 'after')).toBe('yellow')
  })
})
