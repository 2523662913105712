import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Access } from '../../../../src/core/model/access.ts'
import { createYouTubeUploads } from '../../../../src/core/providers/youtube/uploads.ts'
import { DETAILS, filmOf, keptSession, type UploadStage, uploadContract } from '../../../contracts/uploads.ts'
import { CLIENT, type GoogleServer, SCOPES, startGoogle } from '../../../servers/google/index.ts'

const PIECE = 2 * 256 * 1024
const { signal } = new AbortController()

/** Access as a program has it, with the fake Google's tokens. */
function accessTo({ world }: GoogleServer, scopes: string[] = [SCOPES.manage]): Access & { now: string } {
  const token = () => world.token({ type: 'access', grant: 1, client: CLIENT.id, scopes }).value
  const access = {
    now: token(),
    token: async () => access.now,
    instead: async () => {
      access.now = token()
      return access.now
    },
  }
  return access
}

async function youtube(waits: number[] = []) {
  const google = await startGoogle()
  onTestFinished(() => google.close())
  const wait = async (seconds: number) => void waits.push(seconds)
  const target = createYouTubeUploads({ apiURL: google.origin, isOverridden: true, pieceBytes: PIECE, wait })
  return { google, target, options: { access: accessTo(google), signal } }
}

uploadContract('YouTube', async (): Promise<UploadStage> => {
  const { google, target, options } = await youtube()
  const { world } = google
  return {
    ...{ target, access: options.access, pieceBytes: PIECE },
    videos: () =>
      world.videos.map(({ id, bytes, snippet, status }) => ({
        ...{ id, sha256: createHash('sha256').update(bytes).digest('hex') },
        ...{ title: String(snippet.title), privacy: String(status.privacyStatus) },
      })),
    trouble(next) {
      const todo = [...next]
      google.fault = () => {
        const fault = todo.shift() ?? null
        if (fault === 'away') return { kind: 'status', status: 503 }
        if (fault === 'lost answer') return { kind: 'truncated', bytes: 0 }
        if (fault === 'refused token')
          return { kind: 'status', status: 401, body: { error: { errors: [{ reason: 'authError' }] } } }
        if (fault) world.keepsOnly = fault.kept
        return null
      }
    },
    endSession: () => world.sessions.clear(),
    pieces: () =>
      google.requests.filter(
        ({ method, headers }) => method === 'PUT' && /-/.test(headers['content-range'] ?? ''),
      ).length,
  }
})

describe('YouTube', () => {
  it('says why it refuses, in a sentence', async () => {
    const { google, target, options } = await youtube()
    const upload = () => target.upload(filmOf(10).film, DETAILS, keptSession(), options)
    google.world.quota = 10
    await expect(upload()).rejects.toMatchObject({
      code: 'upload_refused',
      message: expect.stringContaining('quota for today'),
    })
    google.world.quota = 10_000
    google.world.refusal = { status: 400, reason: 'uploadLimitExceeded', message: 'The user has exceeded …' }
    await expect(upload()).rejects.toThrow('accepts no more videos from this channel today')
    google.world.refusal = { status: 403, reason: 'somethingNew', message: 'See <a href="x">this</a>.' }
    await expect(upload()).rejects.toThrow('YouTube refused this: See this.')
    google.world.refusal = null
    const { channel } = google.world
    google.world.channel = null
    await expect(upload()).rejects.toThrow('This Google account has no YouTube channel')
    google.world.channel = channel
    google.fault = () => ({ kind: 'status', status: 418, body: 'teapot' })
    await expect(upload()).rejects.toThrow('YouTube refused this: HTTP 418')
    expect(google.world.videos).toEqual([])
  })

  it('is asked less often the longer it is away, and as late as it wants', async () => {
    const waits: number[] = []
    const { google, target, options } = await youtube(waits)
    const away = { kind: 'status', status: 503 } as const
    const busy = { kind: 'status', status: 429, headers: { 'retry-after': '30' } } as const
    google.faults = [away, away, away, busy]
    await target.upload(filmOf(10).film, DETAILS, keptSession(), options)
    const [first = 0, second = 0, third = 0, last = 0] = waits
    expect(first).toBeLessThanOrEqual(1)
    expect(second).toBeLessThanOrEqual(2)
    expect(third).toBeGreaterThanOrEqual(2)
    expect(last).toBe(30)
  })

  it('gets its token nowhere else than at its own addresses', async () => {
    const { google, target, options } = await youtube()
    google.faults = [{ kind: 'answer', body: {}, headers: { location: 'https://evil.example/upload' } }]
    await expect(target.upload(filmOf(10).film, DETAILS, keptSession(), options)).rejects.toMatchObject({
      code: 'upload_refused',
    })
  })

  it('takes the poster, and captions once, where the access allows it', async () => {
    const { google, target, options } = await youtube()
    const { id } = await target.upload(filmOf(10).film, DETAILS, keptSession(), options)
    await target.setPoster(id, Buffer.from('jpeg'), options)
    const subtitles = Buffer.from('1\n00:00:00,000 --> 00:00:01,000\n벌\n')
    await expect(target.addCaptions(id, subtitles, 'ko', options)).rejects.toThrow('without the permission')
    const scopes = [SCOPES.manage, SCOPES.forceSsl]
    expect([target.canCaption([SCOPES.manage]), target.canCaption(scopes)]).toEqual([false, true])
    const more = { access: accessTo(google, scopes), signal }
    await target.addCaptions(id, subtitles, 'ko', more)
    await target.addCaptions(id, subtitles, 'ko', more)
    expect(google.world.videos).toMatchObject([
      { thumbnail: Buffer.from('jpeg'), captions: [{ language: 'ko', text: subtitles.toString() }] },
    ])
  })
})
