import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { editSegment } from '../../../../src/core/draft/edit-segment.ts'
import { requestRender } from '../../../../src/core/draft/render.ts'
import { openDatabase } from '../../../../src/db/database.ts'
import { lockFolder } from '../../../../src/jobs/lock.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { scope, testProgram } from '../../../factories/program.ts'
import { QUICK_FFMPEG } from '../../../factories/quick-ffmpeg.ts'
import { runTool } from '../../../factories/tool.ts'
import { fakeChat, saidIn } from '../../../fakes/chat.ts'

const run = promisify(execFile)

/** A person whose id and name appear nowhere else. */
const WHO = { id: 'zq81person', name: 'Zebedee Quux' }
const PERSON = `test:${WHO.id}`

/** As a separate process. */
function privacy(folder: string, args: string[]) {
  return run(process.execPath, ['src/bot/program/tools/privacy.ts', ...args], {
    env: { ...process.env, ...QUICK_FFMPEG, DATA_DIR: folder },
  })
}

function privacyHere(folder: string, args: string[]) {
  return runTool('privacy', args, { ...QUICK_FFMPEG, DATA_DIR: folder })
}

/** The files of a folder that contain any of the words, compared as bytes. */
async function filesWith(folder: string, words: string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    if (file.includes(WHO.id) || words.some((word) => bytes.includes(word))) found.push(file)
  }
  return found
}

describe('npm run privacy', () => {
  it('gives all, then leaves no byte of a person, and the bot tidies up their threads', async () => {
    const program = await testProgram()
    const { core, threads, queue, folder } = program
    const chat = fakeChat()
    threads.register(chat)
    const [own, others] = [await program.ready(WHO), await program.ready()]
    const segmentId = (await program.load(others)).segments[0]?.id ?? 0
    await editSegment(core, scope(others, WHO), { segmentId, change: { text: 'Words that stay.' } })
    await requestRender(core, scope(own, WHO))
    await queue.idle()
    for (const draftId of [own, others]) await threads.sync(draftId)
    await threads.settled()
    const opened = chat.posted.length
    expect(chat.posted.map(({ view }) => saidIn(view)).join()).toContain(WHO.name)
    await program.stop()
    const out = path.join(await temporaryFolder(), 'person.json')
    await privacy(folder, ['export', '--person', PERSON, '--out', out])
    const given = JSON.parse(await readFile(out, 'utf8'))
    expect(given).toMatchObject({ person: PERSON, names: [WHO.name], drafts: [{ draft_id: own }] })
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    const video = given.files.find(({ path }: { path: string }) => path.startsWith('videos/'))
    expect(video.bytes).toBeGreaterThan(1000)
    const dry = await privacyHere(folder, ['erase', '--person', PERSON, '--dry-run'])
    expect(dry.stdout).toContain(`Drafts that would be deleted: ${own}\n`)
    expect(await filesWith(folder, [WHO.id, WHO.name])).not.toEqual([])

    const { stdout } = await privacy(folder, ['erase', '--person', PERSON])
    expect(stdout).toMatch(/^Drafts by test:zq81person that were deleted: 1\nDatabase rows .*: \d+\n/)
    expect(await filesWith(folder, [WHO.id, WHO.name])).toEqual([])
    expect(await readdir(path.join(folder, 'videos'))).toEqual([])
    expect(JSON.parse((await privacyHere(folder, ['export', '--person', PERSON])).stdout)).toMatchObject({
      ...{ names: [], drafts: [], elsewhere: {}, files: [] },
    })

    const next = await testProgram({ folder, start: false })
    next.threads.register(chat)
    await next.start()
    await next.threads.settled()
    const said = chat.posted.map(({ view }) => saidIn(view))
    expect(said.join()).toContain('This draft was deleted.')
    expect(said.join()).toContain('Words that stay.')
    expect(said.join()).toContain('last edited by someone')
    expect(said.filter((each) => each.includes(WHO.name)).length).toBeLessThan(2)
    expect(chat.posted.length).toBeLessThan(opened)
  })

  it('does not erase beside a running bot, which would write down again what it knows', async () => {
    const folder = await temporaryFolder()
    await (await openDatabase(path.join(folder, 'rushes.sqlite'))).close()
    const bot = lockFolder(folder, 'the bot')
    await expect(privacy(folder, ['erase', '--person', PERSON])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^.* is in use by the bot \(process .*\)\. Stop it first, .*\n$/),
    })
    // A dry run is allowed.
    expect((await privacyHere(folder, ['erase', '--person', PERSON, '--dry-run'])).stdout).toBe(
      `Nothing is stored about ${PERSON}.\n`,
    )
    bot.release()
  })

  it('says in one line what is wrong, and leaves a file that is there', async () => {
    const folder = await temporaryFolder()
    const out = path.join(folder, 'there.json')
    await writeFile(out, 'mine')
    for (const [args, line] of [
      [
        [],
        /^Say export or erase, and name a person with --person\. Allowed: npm run privacy -- export .*\n$/,
      ],
      [['erase', '--person', 'Ann'], /^“Ann” is not a person\. Use a form such as .*\. Allowed: .*\n$/],
      [['erase', '--person', PERSON, '--out', 'x'], /^Say export or erase, with the options .*\n$/],
      [
        ['export', '--person', PERSON, '--out', out],
        /^.*there\.json already exists\. Use --force to replace it\.\n$/,
      ],
      [['export', '--person', PERSON, '--out', `${folder}/no/x`], /^.* cannot be written \(ENOENT\)\.\n$/],
    ] as const)
      expect(await privacyHere(folder, [...args])).toEqual({
        ...{ code: 2, stdout: '', stderr: expect.stringMatching(line) },
      })
    expect(await readFile(out, 'utf8')).toBe('mine')
  })
})
