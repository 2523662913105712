import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { demoArguments } from '../../../../src/bot/program/demo/arguments.ts'
import { runDemo } from '../../../../src/bot/program/demo/run.ts'
import { findFfmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../../../src/core/media/ffmpeg/probe.ts'
import { EMBEDDED } from '../../../core/media/material.ts'
import { modesIn } from '../../../factories/modes.ts'
import { plainMedia } from '../../../factories/plain-media.ts'
import { QUICK_FFMPEG } from '../../../factories/quick-ffmpeg.ts'
import { asProgram } from '../../../factories/tool.ts'
import { OPENAI_TEST_KEY, startOpenAi } from '../../../servers/openai.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
/** As short as possible, since each second of film costs time. */
const TEA = 'Tea is hot.'
const COFFEE = 'So is coffee.'
const ONE_LINE = /^[^\n]+\n$/

/** One folder for all tests of the file: some run concurrently, and each has its own DATA_DIR. */
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-demo-'))
  for (const [name, content] of Object.entries(FILES)) await writeFile(path.join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const FILES = {
  'tea.txt': TEA,
  'tea-and-coffee.txt': `${TEA}\n\n${COFFEE}`,
  'empty.txt': ' \n ',
  'long.txt': 'a'.repeat(100_000),
  // More than a million bytes, and not a whole number of characters in any round number of bytes.
  'long-ko.txt': `a${'가'.repeat(400_000)}`,
  'control.txt': '\u0001\u0002\u0000\u0003Tea\u0000 is a drink.',
  'latin.txt': Buffer.from([0x54, 0xe9]),
}

const inFolder = (args: string[]) => args.map((arg) => arg.replace('{}', folder))

/** `npm run demo` with these arguments, in which `{}` stands for the folder. DATA_DIR is `data`, which doesn't exist yet. */
async function demo(args: string[], env: NodeJS.ProcessEnv = {}) {
  const data = path.join(folder, randomUUID())
  const child = spawn(process.execPath, ['src/bot/program/demo/main.ts', ...inFolder(args)], {
    cwd: ROOT,
    env: { ...process.env, ...QUICK_FFMPEG, DATA_DIR: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr, data }
}

/** Same, within this process; other tests start a separate one. DATA_DIR comes from `env`, or is as above. */
async function demoHere(args: string[], env: Record<string, string> = {}) {
  const data = path.join(folder, randomUUID())
  const [log, error] = [vi.fn(), vi.fn()]
  let code = NaN
  const { stdout } = await asProgram({ ...QUICK_FFMPEG, DATA_DIR: data, ...env }, async () => {
    code = await runDemo(inFolder(args), 0o022, { log, error })
  })
  expect(error.mock.calls).toEqual([[expect.any(String)]])
  return { code, printed: log.mock.calls, stdout, error: `${error.mock.calls[0]?.[0]}\n`, data }
}

describe('npm run demo with bad input', () => {
  const bad: [what: string, args: string[], says: RegExp][] = [
    ['an empty topic', [''], /Enter a topic or a script/],
    ['an empty script', ['--script', '{}/empty.txt'], /script cannot be empty/],
    ['a length of 0', ['Tea', '--duration', '0'], /from 5 seconds to 10 minutes/],
    ['a length of 10,000', ['Tea', '--duration', '10000'], /from 5 seconds to 10 minutes/],
    ['a negative length', ['Tea', '--duration', '-5'], /from 5 seconds to 10 minutes/],
    ['a length that is no number', ['Tea', '--duration', 'abc'], /from 5 seconds to 10 minutes/],
    ['an unknown format', ['Tea', '--format', 'oval'], /“oval”.*shorts, landscape, square/],
    ['an unknown template', ['Tea', '--template', 'loud'], /“loud”.*clean, entertainment/],
    ['an unknown mood', ['Tea', '--music', 'angry'], /“angry”.*calm, energetic/],
    ['an unknown language', ['Tea', '--language', 'tlh'], /“tlh”.*en, ko/],
    ['a script that is too long', ['--script', '{}/long.txt'], /100000 characters; at most 20000/],
    ['a very long Korean script', ['--script', '{}/long-ko.txt'], /400001 characters; at most 20000/],
    ['control characters in the script', ['--script', '{}/control.txt'], /control characters/],
    ['control characters in the topic', ['Te\u0007\u0007\u0007\u0007a'], /control characters/],
    ['a script that is not UTF-8', ['--script', '{}/latin.txt'], /latin\.txt is not UTF-8 text/],
    ['a script file that is not there', ['--script', '{}/none.txt'], /none\.txt cannot be read/],
    ['an unknown option', ['Tea', '--colour', 'red'], /--colour.*Allowed: npm run demo/],
    ['an option without its value', ['Tea', '--format'], /--format.*Allowed: npm run demo/],
    ['two topics', ['Tea', 'Coffee'], /Put the topic in quotes/],
    ['a folder as the output', ['Tea', '--out', '{}'], /--out takes a file.*is a folder/],
    ['no output', ['Tea', '--out', ''], /--out takes a file.*is empty/],
    ['an output below a file', ['Tea', '--out', '{}/long.txt/a/b.mp4'], /--out takes a file.*ENOTDIR/],
  ]
  it.each(bad)('says in one line what is allowed, and writes nothing: %s', async (_, args, says) => {
    const { code, printed, stdout, error, data } = await demoHere(args)
    expect(error).toMatch(says)
    expect(error).toMatch(ONE_LINE)
    expect({ code, printed, stdout }).toEqual({ code: 2, printed: [], stdout: '' })
    expect(existsSync(data)).toBe(false)
  })

  it('ends the process with that line and the exit code 2', async () => {
    const { code, stdout, stderr, data } = await demo(['Tea', '--format', 'oval'])
    expect(stderr).toMatch(ONE_LINE)
    expect(stderr).toMatch(/“oval”.*shorts, landscape, square/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(existsSync(data)).toBe(false)
  })
})

it('npm run demo makes files for editing programs only when it is asked to', () => {
  expect([demoArguments(['Tea']).editing, demoArguments(['Tea', '--editing']).editing]).toEqual([false, true])
})

describe('npm run demo on a machine that cannot', () => {
  it.each([
    [
      'without the ffmpeg that is named',
      { FFMPEG_PATH: '/nowhere/ffmpeg' },
      /FFMPEG_PATH is \/nowhere\/ffmpeg/,
    ],
    [
      'with a folder that cannot be made',
      { DATA_DIR: '/dev/null/data' },
      /^DATA_DIR must be a folder that can/,
    ],
  ])('says so in one line, and writes nothing: %s', async (_, env, says) => {
    const { code, printed, stdout, error, data } = await demoHere(['Tea'], env)
    expect(error).toMatch(ONE_LINE)
    expect(error).toMatch(says)
    expect({ code, printed, stdout }).toEqual({ code: 2, printed: [], stdout: '' })
    expect(existsSync(data)).toBe(false)
  })
})

describe('npm run demo', () => {
  it('makes a video, edits it, and encodes only the changed clip again', { timeout: 300_000 }, async () => {
    const look = ['--format', 'square', '--template', 'minimal', '--music', 'none']
    // A team's own footage: the flow tests cover drawn scenes, and each takes a second to draw and as long to encode.
    const media = await plainMedia(path.join(folder, 'media'), ['tea hot', 'coffee', 'city lights night'])
    const { code, stdout, stderr, data } = await demo(
      ['--script', '{}/tea-and-coffee.txt', ...look, '--out', '{}/new/tea.mp4'],
      { MEDIA_DIR: media },
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Segment 1: voice new, footage kept')
    expect(stdout).toContain('Segment 2: voice kept, footage new')
    expect(stdout).toContain('First render:  2 clips encoded, 0 kept')
    expect(stdout).toContain('Second render: 1 clip encoded, 1 kept')
    const [, file = '', seconds] = /^Video: (.+) \((\d+\.\d\d) s\)$/m.exec(stdout) ?? []
    expect(path.resolve(ROOT, file)).toBe(path.join(folder, 'new/tea.mp4'))
    const film = await probeMedia(
      await findFfmpeg({ ffmpegPath: EMBEDDED }),
      path.join(folder, 'new/tea.mp4'),
    )
    expect(film).toMatchObject({ videoCodec: 'h264', audioCodec: 'aac', width: 1080, height: 1080 })
    expect(Math.abs((film.duration ?? 0) - Number(seconds))).toBeLessThan(1 / 30)
    // Files a person asked for get the usual mode; the rest is private.
    const usual = 0o777 & ~process.umask()
    expect(await modesIn(path.join(folder, 'new'))).toEqual({ folders: [usual], files: [usual & 0o666] })
    expect(await modesIn(data)).toEqual({ folders: [0o700], files: [0o600] })
  })

  it('ends with the reason when no draft could be made', async () => {
    const openai = await startOpenAi()
    onTestFinished(() => openai.close())
    const message = { role: 'assistant', content: null, refusal: 'I cannot.' }
    const choices = [{ index: 0, message, finish_reason: 'stop' }]
    const answer = { kind: 'answer', body: { id: 'x', object: 'chat.completion', choices } } as const
    openai.fault = ({ path: asked }) => (asked === '/v1/chat/completions' ? answer : null)
    const env = { OPENAI_API_KEY: OPENAI_TEST_KEY, OPENAI_BASE_URL: openai.baseURL }
    const { code, error } = await demoHere(['Something odd'], env)
    expect(error).toMatch(ONE_LINE)
    expect(error).toContain('The script service declined this topic. Try different words.')
    expect(code).toBe(1)
  })

  it('ends with the reason when a render is refused', async () => {
    // More than any disk has.
    const env = { MIN_FREE_MB: '10000000' }
    const { code, stderr } = await demo(['--script', '{}/tea.txt', '--format', 'square'], env)
    expect(stderr).toMatch(ONE_LINE)
    expect(stderr).toMatch(/^The button render was refused: Only \d+ MB of disk space is free/)
    expect(code).toBe(1)
  })
})
