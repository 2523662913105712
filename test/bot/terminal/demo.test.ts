import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../src/core/render/ffmpeg.ts'
import { probeMedia } from '../../../src/core/render/probe.ts'
import { temporaryFolder } from '../../factories/program.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const TEA = 'Tea is a drink that is made of the leaves of an evergreen shrub.'
const COFFEE = 'Coffee is a drink that is made of the roasted beans of another shrub.'
const ONE_LINE = /^[^\n]+\n$/

interface Run {
  code: number | null
  stdout: string
  stderr: string
  /** DATA_DIR; not there before. */
  data: string
}

/** `npm run demo` with these arguments. `{}` in an argument stands for a folder, in which `files` are. */
async function demo(
  args: string[],
  { env = {}, files = {} }: { env?: NodeJS.ProcessEnv; files?: Record<string, string | Buffer> } = {},
): Promise<Run & { folder: string }> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content)
  const data = path.join(folder, 'data')
  const child = spawn(
    process.execPath,
    ['src/bot/terminal/demo.ts', ...args.map((arg) => arg.replace('{}', folder))],
    { cwd: ROOT, env: { ...process.env, DATA_DIR: data, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr, data, folder }
}

describe('npm run demo with bad input', () => {
  const bad: [what: string, args: string[], says: RegExp][] = [
    ['an empty topic', [''], /Give a topic or a script/],
    ['an empty script', ['--script', '{}/empty.txt'], /script cannot be empty/],
    ['a length of 0', ['Tea', '--duration', '0'], /from 5 to 600 seconds/],
    ['a length of 10,000', ['Tea', '--duration', '10000'], /from 5 to 600 seconds/],
    ['a negative length', ['Tea', '--duration', '-5'], /from 5 to 600 seconds/],
    ['a length that is no number', ['Tea', '--duration', 'abc'], /from 5 to 600 seconds/],
    ['an unknown format', ['Tea', '--format', 'oval'], /“oval”.*shorts, landscape, square/],
    ['an unknown template', ['Tea', '--template', 'loud'], /“loud”.*clean, entertainment/],
    ['an unknown mood', ['Tea', '--music', 'angry'], /“angry”.*calm, energetic/],
    ['an unknown language', ['Tea', '--language', 'tlh'], /“tlh”.*en, ko/],
    ['a script that is too long', ['--script', '{}/long.txt'], /100000 characters; at most 20000/],
    ['a very long Korean script', ['--script', '{}/long-ko.txt'], /400001 characters; at most 20000/],
    ['control characters in the script', ['--script', '{}/control.txt'], /control characters/],
    ['control characters in the topic', ['Te\u0007a'], /control characters/],
    ['a script that is not UTF-8', ['--script', '{}/latin.txt'], /latin\.txt is not UTF-8 text/],
    ['a script file that is not there', ['--script', '{}/none.txt'], /none\.txt cannot be read/],
    ['an unknown option', ['Tea', '--colour', 'red'], /--colour.*Allowed: npm run demo/],
    ['an option without its value', ['Tea', '--format'], /--format.*Allowed: npm run demo/],
    ['two topics', ['Tea', 'Coffee'], /Put the topic in quotes/],
    ['a folder as the output', ['Tea', '--out', '{}'], /--out takes a file.*is a folder/],
    ['no output', ['Tea', '--out', ''], /--out takes a file.*is empty/],
    ['an output below a file', ['Tea', '--out', '{}/long.txt/a/b.mp4'], /--out takes a file.*ENOTDIR/],
  ]
  const files = {
    'empty.txt': ' \n ',
    'long.txt': 'a'.repeat(100_000),
    // More than a million bytes, and not a whole number of characters in any round number of them.
    'long-ko.txt': `a${'가'.repeat(400_000)}`,
    'control.txt': 'Tea\u0000 is a drink.',
    'latin.txt': Buffer.from([0x54, 0xe9]),
  }

  it.concurrent.each(bad)(
    'says in one line what is allowed, and writes nothing: %s',
    async (_, args, says) => {
      const { code, stdout, stderr, data } = await demo(args, { files })
      expect(stderr).toMatch(ONE_LINE)
      expect(stderr).toMatch(says)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(existsSync(data)).toBe(false)
    },
  )
})

describe('npm run demo', () => {
  it('makes a video, edits it, and encodes only the changed clip again', async () => {
    const given = [
      '--script',
      '{}/script.txt',
      '--format',
      'square',
      '--template',
      'minimal',
      '--music',
      'none',
    ]
    const files = { 'script.txt': `${TEA} ${COFFEE}` }
    const { code, stdout, stderr, folder } = await demo([...given, '--out', '{}/new/tea.mp4'], { files })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Segment 1: voice made again, footage kept')
    expect(stdout).toContain('Segment 2: voice kept, footage made again')
    expect(stdout).toContain('First render:  2 clips encoded, 0 kept')
    expect(stdout).toContain('Second render: 1 clips encoded, 1 kept')
    const [, file = '', seconds] = /^Video: (.+) \((\d+\.\d\d) s\)$/m.exec(stdout) ?? []
    expect(path.resolve(ROOT, file)).toBe(path.join(folder, 'new/tea.mp4'))
    const media = await probeMedia(await findFfmpeg(), path.join(folder, 'new/tea.mp4'))
    expect(media).toMatchObject({ videoCodec: 'h264', audioCodec: 'aac', width: 1080, height: 1080 })
    expect(Math.abs((media.duration ?? 0) - Number(seconds))).toBeLessThan(1 / 30)
  })

  it('ends with the reason when a render is refused', async () => {
    const env = { MAX_VIDEO_SECONDS_PER_DAY: '1' }
    const files = { 'script.txt': TEA }
    const { code, stderr } = await demo(['--script', '{}/script.txt', '--format', 'square'], { env, files })
    expect(stderr).toMatch(ONE_LINE)
    expect(stderr).toMatch(/^The form render_form was refused: 1 seconds of video a day are allowed/)
    expect(code).toBe(1)
  })
})
