import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Access } from '../../src/core/model/access.ts'
import type {
  FilmFile,
  UploadSession,
  UploadTarget,
  VideoDetails,
} from '../../src/core/model/upload-target.ts'

/** A platform that a suite uploads to, with controls for what it does. */
export interface UploadStage {
  target: UploadTarget
  access: Access
  /** Size of one piece that the target sends, in bytes. */
  pieceBytes: number
  /** The videos that have arrived. */
  videos(): { id: string; sha256: string; title: string; privacy: string }[]
  /** What goes wrong with the next requests, one entry each. `kept`: this many bytes of a piece arrive. */
  trouble(next: ('away' | 'lost answer' | 'refused token' | { kept: number } | null)[]): void
  /** Ends the current session. */
  endSession(): void
  /** The number of requests that carried part of a film. */
  pieces(): number
}

export const DETAILS: VideoDetails = {
  ...{ title: 'How bees dance', description: 'A short film.', tags: ['bees', 'dance'], language: 'en' },
  ...{ privacy: 'private', publishAt: null, madeForKids: false, syntheticMedia: true, category: '27' },
  below: { chapters: [], creditsTitle: 'Credits', credits: [] },
}

/** A film in memory, and its hash. */
export function filmOf(bytes: number): { film: FilmFile; sha256: string } {
  const content = randomBytes(bytes)
  const film = { bytes, read: async (start: number, end: number) => content.subarray(start, end) }
  return { film, sha256: createHash('sha256').update(content).digest('hex') }
}

/** A session that survives its process. */
export function keptSession(): UploadSession & { kept: (string | null)[] } {
  const kept: (string | null)[] = []
  const session = {
    kept,
    get address() {
      return kept.at(-1) ?? null
    },
    keep: async (address: string | null) => void kept.push(address),
  }
  return session
}

/** What every platform's uploads must do. */
export function uploadContract(name: string, start: () => Promise<UploadStage>): void {
  const { signal } = new AbortController()
  describe(`uploads: ${name}`, () => {
    it('send a film in pieces, whole, and say how far it is', async () => {
      const stage = await start()
      const { film, sha256 } = filmOf(stage.pieceBytes * 2 + 1234)
      const session = keptSession()
      const progress: number[] = []
      const onProgress = (fraction: number) => void progress.push(fraction)
      const sent = await stage.target.upload(film, DETAILS, session, {
        access: stage.access,
        signal,
        onProgress,
      })
      expect(stage.videos()).toEqual([{ id: sent.id, sha256, title: DETAILS.title, privacy: 'private' }])
      expect(sent).toMatchObject({ privacy: 'private', address: expect.stringContaining(sent.id) })
      expect(session.kept).toHaveLength(1)
      expect(progress).toEqual(progress.toSorted())
      expect(progress.length).toBeGreaterThan(1)
    })

    it.each([
      ['the platform is away at the beginning', ['away']],
      ['it is away between two pieces', [null, null, 'away', 'away']],
      ['the answer to a piece is lost', [null, 'lost answer']],
      ['the answer to the last piece is lost', [null, null, null, 'lost answer']],
      ['a part of a piece arrives', [null, { kept: 300_000 }]],
      ['nothing of a piece arrives', [null, { kept: 0 }, null]],
      ['the token is refused in the middle', [null, null, 'refused token']],
    ] as const)('make one whole video when %s', async (_what, next) => {
      const stage = await start()
      const { film, sha256 } = filmOf(stage.pieceBytes * 2 + 99)
      stage.trouble([...next])
      const sent = await stage.target.upload(film, DETAILS, keptSession(), { access: stage.access, signal })
      expect(stage.videos()).toEqual([{ id: sent.id, sha256, title: DETAILS.title, privacy: 'private' }])
    })

    it('continue in another process where the first one was', async () => {
      const stage = await start()
      const { film, sha256 } = filmOf(stage.pieceBytes * 3)
      const session = keptSession()
      const killed = new AbortController()
      const stopping: FilmFile = {
        bytes: film.bytes,
        read: async (begin, end) => {
          if (begin >= stage.pieceBytes * 2) killed.abort(new Error('killed'))
          killed.signal.throwIfAborted()
          return film.read(begin, end)
        },
      }
      const first = stage.target.upload(stopping, DETAILS, session, {
        access: stage.access,
        signal: killed.signal,
      })
      await expect(first).rejects.toThrow('killed')
      const before = stage.pieces()
      await stage.target.upload(film, DETAILS, session, { access: stage.access, signal })
      expect(stage.pieces() - before).toBe(1)
      expect(stage.videos()).toMatchObject([{ sha256 }])
      // Finished by a process that could not record it: nothing is sent again.
      await stage.target.upload(film, DETAILS, session, { access: stage.access, signal })
      expect(stage.pieces() - before).toBe(1)
      expect(stage.videos()).toHaveLength(1)
    })

    it('begin again when the session has ended', async () => {
      const stage = await start()
      const { film, sha256 } = filmOf(stage.pieceBytes + 5)
      const session = keptSession()
      const read = film.read
      film.read = async (begin, end) => {
        if (begin > 0 && session.kept.length === 1) stage.endSession()
        return read(begin, end)
      }
      await stage.target.upload(film, DETAILS, session, { access: stage.access, signal })
      expect(session.kept).toEqual([expect.any(String), null, expect.any(String)])
      expect(stage.videos()).toMatchObject([{ sha256 }])
    })

    it('leave it to a later try when the platform stays away', async () => {
      const stage = await start()
      const { film } = filmOf(10)
      stage.trouble(Array.from({ length: 60 }, () => 'away' as const))
      const sent = stage.target.upload(film, DETAILS, keptSession(), { access: stage.access, signal })
      await expect(sent).rejects.toMatchObject({ failure: 'unavailable' })
      expect(stage.videos()).toEqual([])
    })

    it('can be told differently later', async () => {
      const stage = await start()
      const { film } = filmOf(10)
      const options = { access: stage.access, signal }
      const { id } = await stage.target.upload(film, DETAILS, keptSession(), options)
      const updated = await stage.target.update(
        id,
        { ...DETAILS, title: 'Dancing', privacy: 'public' },
        options,
      )
      expect(updated).toMatchObject({ id, privacy: 'public' })
      expect(stage.videos()).toMatchObject([{ title: 'Dancing', privacy: 'public' }])
    })

    it.each([
      ['no title', { title: ' ' }],
      ['a long title', { title: 'x'.repeat(101) }],
      ['a long description', { description: '벌'.repeat(1700) }],
      ['a moment that has passed', { publishAt: new Date('2020-01-01') }],
      ['a moment for what is public', { publishAt: new Date('2100-01-01'), privacy: 'public' }],
    ] as const)('refuse %s before anything is sent', async (_what, change) => {
      const { target } = await start()
      expect(() => target.check({ ...DETAILS, ...change }, new Date('2026-01-01'))).toThrow()
      expect(() => target.check(DETAILS, new Date('2026-01-01'))).not.toThrow()
    })
  })
}
