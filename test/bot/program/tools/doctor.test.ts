import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { loadSettings } from '../../../../src/bot/program/config.ts'
import { checkAll } from '../../../../src/bot/program/tools/checks.ts'
import { SCOPES } from '../../../../src/bot/surfaces/slack/manifest.ts'
import { nodeEnv } from '../../../factories/node-env.ts'
import { QUICK_FFMPEG } from '../../../factories/quick-ffmpeg.ts'
import { startLoopback } from '../../../servers/loopback.ts'
import { OPENAI_TEST_KEY, type OpenAiServer, startOpenAi } from '../../../servers/openai.ts'
import { PEXELS_TEST_KEY, type PexelsServer, startPexels } from '../../../servers/pexels.ts'
import { PIXABAY_TEST_KEY, type PixabayServer, startPixabay } from '../../../servers/pixabay.ts'
import { startSlack } from '../../../servers/slack/index.ts'
import { HD } from '../../../servers/stock/library.ts'

let folder: string
let openai: OpenAiServer
let pexels: PexelsServer
let pixabay: PixabayServer

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-doctor-'))
  // Whichever test comes first, nobody else can read it: unlike the program, this process creates folders that others can read.
  await mkdir(path.join(folder, 'data'), { mode: 0o700 })
  openai = await startOpenAi()
  pexels = await startPexels()
  pixabay = await startPixabay()
})
afterAll(async () => {
  await Promise.all([openai, pexels, pixabay].map((server) => server?.close()))
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  const videos = [{ id: 1, duration: 9, sizes: [HD], words: 'sea' }]
  for (const server of [openai, pexels, pixabay]) Object.assign(server, { fault: null, faults: [] })
  Object.assign(pexels, { videos })
  Object.assign(pixabay, { videos })
})

interface Seen {
  code: number
  lines: string[]
  stderr: string
}

/** The report of `npm run doctor` with exactly these settings, run within this process. */
async function doctor(env: Record<string, string> = {}): Promise<Omit<Seen, 'stderr'>> {
  const settings = loadSettings({ ...QUICK_FFMPEG, PORT: '0', DATA_DIR: path.join(folder, 'data'), ...env })
  const lines: string[] = []
  const isWell = await checkAll(settings, path.join(folder, '.env'), (line) => lines.push(line))
  return { code: isWell ? 0 : 1, lines }
}

/** Runs `npm run doctor` itself. */
function doctorProcess(env: Record<string, string> = {}): Promise<Seen> {
  const settings = { ...nodeEnv(), DATA_DIR: path.join(folder, 'data'), HOME: folder, PORT: '0', ...env }
  return new Promise((resolve) => {
    const script = path.resolve('src/bot/program/tools/doctor.ts')
    // In another folder, so that the developer's .env isn't read.
    execFile(process.execPath, [script], { cwd: folder, env: settings }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), lines: stdout.trim().split('\n'), stderr })
    })
  })
}

const all = () => ({
  OPENAI_API_KEY: OPENAI_TEST_KEY,
  OPENAI_BASE_URL: openai.baseURL,
  PEXELS_API_KEY: PEXELS_TEST_KEY,
  PEXELS_API_URL: pexels.origin,
  PIXABAY_API_KEY: PIXABAY_TEST_KEY,
  PIXABAY_API_URL: pixabay.origin,
})

const wrong = ({ lines }: Pick<Seen, 'lines'>) => lines.filter((line) => !line.startsWith('ok '))

describe('npm run doctor', () => {
  it('finds nothing wrong with no settings at all', async () => {
    // A folder that the doctor has to create.
    const seen = await doctorProcess({ DATA_DIR: path.join(folder, 'new') })
    expect(seen).toMatchObject({ code: 0, stderr: '' })
    expect(wrong(seen)).toEqual([])
    const said = seen.lines.join('\n')
    for (const what of ['ffmpeg', 'font', 'DATA_DIR', 'disk space', 'database']) expect(said).toContain(what)
  })

  it('notes that others can read .env or DATA_DIR, and is content otherwise', async () => {
    const [env, data] = [path.join(folder, '.env'), path.join(folder, 'open')]
    await mkdir(data)
    await chmod(data, 0o750)
    await writeFile(env, '')
    onTestFinished(() => rm(env))
    await chmod(env, 0o644)
    const seen = await doctorProcess({ ...QUICK_FFMPEG, DATA_DIR: data })
    expect(seen.code).toBe(0)
    expect(wrong(seen)).toEqual([
      'note   Other users of this machine can read .env. It contains your keys and tokens. Run: chmod 600 .env',
      expect.stringMatching(
        /^note {3}Other users of this machine can read .*open\. The bot will change that/,
      ),
    ])
    await chmod(env, 0o600)
    await chmod(data, 0o700)
    expect(wrong(await doctor({ DATA_DIR: data }))).toEqual([])
  })

  it('names the files in folders that cannot be used, and is content all the same', async () => {
    const [clips, music] = [path.join(folder, 'clips'), path.join(folder, 'music')]
    await mkdir(clips)
    await mkdir(path.join(music, 'calm'), { recursive: true })
    const files: [string, string][] = [
      [path.join(clips, 'poster.psd'), '8BPS'],
      [path.join(clips, 'empty.mp4'), ''],
      [path.join(clips, 'poster.txt'), 'sea, waves'],
      [path.join(music, 'calm', 'rain.mp3'), 'no music'],
    ]
    for (const [file, content] of files) await writeFile(file, content)
    const seen = await doctor({ MEDIA_DIR: clips, MUSIC_DIR: music })
    expect(wrong(seen)).toEqual([
      'note   MEDIA_DIR: “empty.mp4” cannot be used: it is empty.',
      'note   MEDIA_DIR: “poster.psd” cannot be used: it is a design file or a document; export it as PNG or JPEG.',
      'note   MUSIC_DIR: “calm/rain.mp3” cannot be used: it has no sound that can be played.',
    ])
    expect(seen.code).toBe(0)
  })

  it('checks every service that is set up, a line each, and shows no key', async () => {
    const [clips, music] = [path.join(folder, '클립'), path.join(folder, '음악')]
    await Promise.all([clips, music].map((name) => mkdir(name, { recursive: true })))
    const seen = await doctor({
      ...all(),
      OPENAI_TRANSCRIBE_MODEL: 'whisper-1',
      MEDIA_DIR: clips,
      MUSIC_DIR: music,
    })
    expect(wrong(seen)).toEqual([])
    expect(seen.code).toBe(0)
    const said = seen.lines.join('\n')
    for (const what of [
      'The script service responds and has the model “gpt-5.4-mini”.',
      'The voice service responds and has the model “gpt-4o-mini-tts”.',
      'The transcription service responds and has the model “whisper-1”.',
      'Pexels responds and accepts the key.',
      'Pixabay responds and accepts the key.',
      `MEDIA_DIR ${clips} can be read.`,
      `MUSIC_DIR ${music} can be read.`,
    ])
      expect(said).toContain(what)
    for (const key of [OPENAI_TEST_KEY, PEXELS_TEST_KEY, PIXABAY_TEST_KEY]) expect(said).not.toContain(key)
  })

  it('names every bad key, and repeats none', async () => {
    const bad = { OPENAI_API_KEY: 'sk-wrong-1', PEXELS_API_KEY: 'wrong-2', PIXABAY_API_KEY: 'wrong-3' }
    const seen = await doctorProcess({ ...QUICK_FFMPEG, ...all(), ...bad })
    expect(seen.code).toBe(1)
    expect(wrong(seen)).toEqual([
      'WRONG  The script service does not accept the key in OPENAI_API_KEY.',
      'WRONG  The voice service does not accept the key in OPENAI_API_KEY.',
      'WRONG  Pexels does not accept the key in PEXELS_API_KEY.',
      'WRONG  Pixabay does not accept the key in PIXABAY_API_KEY.',
    ])
    for (const key of Object.values(bad)) expect(seen.lines.join() + seen.stderr).not.toContain(key)
  })

  it('names the settings of models that are not there', async () => {
    const seen = await doctor({
      ...all(),
      OPENAI_MODEL: 'gpt-0',
      OPENAI_TTS_MODEL: 'tts-0',
      OPENAI_TRANSCRIBE_MODEL: 'ear-0',
    })
    expect(seen.code).toBe(1)
    expect(wrong(seen)).toEqual([
      'WRONG  The script service has no model “gpt-0”. Check OPENAI_MODEL.',
      'WRONG  The voice service has no model “tts-0”. Check OPENAI_TTS_MODEL.',
      'WRONG  The transcription service has no model “ear-0”. Check OPENAI_TRANSCRIBE_MODEL.',
    ])
  })

  it('says when the server for scripts has no speech, which is nothing wrong', async () => {
    const body = { error: 'Unexpected endpoint or method. (POST /v1/audio/speech)' }
    for (const fault of [
      { kind: 'status', status: 404 },
      { kind: 'answer', body },
    ] as const) {
      openai.fault = ({ path }) => (path === '/v1/audio/speech' ? fault : null)
      const seen = await doctor(all())
      expect(seen.code).toBe(0)
      expect(seen.lines.join()).toContain('The server at OPENAI_BASE_URL has no speech')
    }
    openai.fault = null
  })

  it('names the key of a speech server of its own', async () => {
    const speech = { TTS_BASE_URL: openai.baseURL, OPENAI_BASE_URL: '', OPENAI_API_KEY: '' }
    expect(wrong(await doctor({ ...all(), ...speech, TTS_API_KEY: OPENAI_TEST_KEY }))).toEqual([])
    expect(wrong(await doctor({ ...all(), ...speech }))).toEqual([
      'WRONG  The voice service does not accept the key in TTS_API_KEY.',
    ])
  })

  it('says which service is down or answers with something else', async () => {
    openai.fault = () => ({ kind: 'status', status: 503 })
    pexels.fault = () => ({ kind: 'html' })
    pixabay.fault = () => ({ kind: 'reset' })
    const seen = await doctor(all())
    expect(seen.code).toBe(1)
    expect(wrong(seen)).toEqual([
      'WRONG  The script service is having problems (503).',
      'WRONG  The voice service is having problems (503).',
      'WRONG  Pexels sent a web page instead of results.',
      'WRONG  Pixabay could not be reached, or the connection was lost.',
    ])
  })

  it('names the tokens of platforms that do not accept them', async () => {
    const platforms = await startLoopback(({ path: asked }) =>
      asked === '/api/auth.test'
        ? { body: { ok: false, error: 'invalid_auth' } }
        : { status: 401, body: { message: '401: Unauthorized', code: 0 } },
    )
    const tokens = { DISCORD_TOKEN: 'discord-secret', SLACK_BOT_TOKEN: 'xoxb-secret' }
    const seen = await doctorProcess({
      ...QUICK_FFMPEG,
      ...tokens,
      DISCORD_API_URL: `${platforms.origin}/api`,
      SLACK_API_URL: `${platforms.origin}/api/`,
    })
    await platforms.close()
    expect(seen.code).toBe(1)
    expect(wrong(seen)).toEqual([
      expect.stringContaining('Discord does not accept DISCORD_TOKEN'),
      expect.stringContaining('Slack does not accept SLACK_BOT_TOKEN'),
    ])
    for (const token of Object.values(tokens)) expect(seen.lines.join() + seen.stderr).not.toContain(token)
  })

  it('names an address at which nobody answers', async () => {
    const gone = await startPexels()
    await gone.close()
    const seen = await doctor({ ...all(), PEXELS_API_URL: gone.origin })
    expect(wrong(seen)).toEqual(['WRONG  Pexels could not be reached, or the connection was lost.'])
  })

  it('says what is wrong with ffmpeg, folders and the database, and still checks the rest', async () => {
    const file = path.join(folder, 'a file')
    await writeFile(file, 'not a folder')
    const nothing = path.join(folder, 'nothing')
    const seen = await doctor({
      FFMPEG_PATH: '/bin/true',
      MEDIA_DIR: nothing,
      MUSIC_DIR: file,
      DATABASE_URL: file,
    })
    expect(seen.code).toBe(1)
    const said = wrong(seen)
    expect(said).toHaveLength(4)
    expect(said[0]).toMatch(/^WRONG {2}.*FFMPEG_PATH is \/bin\/true, but it is not ffmpeg\.$/)
    expect(said[1]).toContain(`MEDIA_DIR ${nothing} `)
    expect(said[2]).toContain(`MUSIC_DIR ${file} `)
    expect(said[3]).toContain(file)
    expect(seen.lines.join()).toContain('font')
  })

  it('refuses the ffmpeg of 2018 for what stock sites send, unless that is accepted', async () => {
    const { FFMPEG_PATH, FFPROBE_PATH } = QUICK_FFMPEG
    const old = {
      FFMPEG_PATH,
      FFPROBE_PATH,
      PIXABAY_API_KEY: PIXABAY_TEST_KEY,
      PIXABAY_API_URL: pixabay.origin,
      ALLOW_EMBEDDED_FFMPEG: 'false',
    }
    const refused = await doctor(old)
    expect(refused.code).toBe(1)
    expect(wrong(refused)).toEqual([
      expect.stringMatching(
        /^WRONG {2}With PIXABAY_API_KEY, .* Install ffmpeg 5 or newer.*ALLOW_EMBEDDED_FFMPEG=true\.$/,
      ),
    ])
    expect(await doctor({ ...old, ALLOW_EMBEDDED_FFMPEG: 'true' })).toMatchObject({ code: 0 })
  })

  it('says that DATA_DIR cannot be written to', async () => {
    const file = path.join(folder, 'in the way')
    await writeFile(file, '')
    const seen = await doctor({ DATA_DIR: path.join(file, 'data') })
    expect(seen.code).toBe(1)
    expect(wrong(seen)[0]).toContain(`DATA_DIR ${path.join(file, 'data')} cannot be used`)
  })

  it.skipIf(process.getuid?.() === 0)('says that DATA_DIR may only be read', async () => {
    const locked = path.join(folder, 'locked')
    await mkdir(locked)
    await chmod(locked, 0o500)
    const seen = await doctor({ DATA_DIR: locked })
    expect(seen.code).toBe(1)
    expect(wrong(seen)[0]).toContain(`DATA_DIR ${locked} cannot be used`)
  })

  it('counts the free disk against MIN_FREE_MB', async () => {
    const seen = await doctor({ MIN_FREE_MB: '9999999' })
    expect(seen.code).toBe(1)
    expect(wrong(seen)).toEqual([expect.stringMatching(/^WRONG {2}Only \d+ MB of disk space is free/)])
  })

  it('says which permissions the app in Slack was not installed with', async () => {
    const slack = await startSlack({ scopes: ['commands', 'chat:write', 'users:read'] })
    onTestFinished(() => slack.close())
    const settings = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken }
    const seen = await doctor({ ...settings, SLACK_API_URL: slack.apiUrl })
    expect(wrong(seen)).toEqual([
      expect.stringMatching(/^WRONG {2}Slack: the app is missing .*channels:read.* reinstall it\.$/),
    ])
    slack.setScopes(Object.keys(SCOPES))
    expect(wrong(await doctor({ ...settings, SLACK_API_URL: slack.apiUrl }))).toEqual([])
  })

  it('ends with one line about a setting that cannot be read', async () => {
    const seen = await doctorProcess({ PEXELS_API_URL: 'not an address' })
    expect(seen).toMatchObject({ code: 2, lines: [''] })
    expect(seen.stderr).toMatch(/^PEXELS_API_URL must be [^\n]+\n$/)
  })

  it('says where the studio is or will be, and what keeps it from being there', async () => {
    const line = async (env: Record<string, string>) =>
      (await doctor(env)).lines.find((each) => /PORT|HOST|studio/.test(each))
    const server = await startLoopback(() => ({ body: 'another program' }))
    onTestFinished(() => server.close())
    const { port } = new URL(server.origin)
    expect(await line({})).toMatch(
      /^ok {5}PORT 0 on 127\.0\.0\.1 is free\. The studio will be at http:\/\/127/,
    )
    const secure = { WEB_URL: 'https://rushes.example.com', HOST: '0.0.0.0' }
    expect(await line(secure)).toContain('The studio will be at https://rushes.example.com.')
    expect(await line({ WEB_URL: 'http://rushes.example.com' })).toContain('Use https')
    expect(await line({ HOST: '0.0.0.0' })).toMatch(/^WRONG {2}HOST opens Rushes .*WEB_URL/)
    expect(await line({ PORT: port })).toBe(
      `WRONG  PORT ${port} on 127.0.0.1 is in use by another program. Set PORT to a free port.`,
    )
  })
})
