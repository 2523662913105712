import { readdir } from 'node:fs/promises'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { listJobs } from '../../../src/core/draft/jobs.ts'
import { listDrafts } from '../../../src/core/draft/list.ts'
import { createOutlineWriter } from '../../../src/core/providers/embedded/outline/outline.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { sharedProgram, testProgram } from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

const TEXTS = ['One two three.', 'Four five six.', 'Seven eight nine.']
const program = sharedProgram()

beforeEach(() => {
  program().fakes.texts = TEXTS
})

describe('a new draft', () => {
  it('has its segments, voices and footage, and is ready to render', async () => {
    const { draft, load, core } = program()
    const { draft: made, segments } = await load(
      await draft({ topic: 'Tea', format: 'square', targetDuration: 20 }),
    )
    expect(made).toMatchObject({
      topic: 'Tea',
      title: 'Tea',
      tags: ['tag'],
      format: 'square',
      targetDuration: 20,
      status: 'assets_ready',
      authorName: 'Ann',
      workspace: 'test:1',
      revision: 1,
    })
    expect(made.draftId).toMatch(/^draft_\d{8}_\d{6}_[a-z0-9]{4}$/)
    expect(made.contentPlanJson).toMatchObject({ segments: [{ text: 'One two three.' }, {}, {}] })
    expect(segments.map(({ text, segmentIndex }) => [segmentIndex, text])).toEqual([
      [0, 'One two three.'],
      [1, 'Four five six.'],
      [2, 'Seven eight nine.'],
    ])
    for (const segment of segments) {
      expect(await core.store.has(segment.ttsLocalPath ?? '')).toBe(true)
      expect(await core.store.has(segment.videoLocalPath ?? '')).toBe(true)
      expect(segment.words).toHaveLength(3)
      expect(((segment.ttsDuration ?? 0) * 30) % 1).toBeCloseTo(0, 6)
      expect(segment).toMatchObject({ videoAuthor: expect.stringMatching(/^Author/), voiceError: null })
    }
  })

  it('never shows the same footage twice while there is other', async () => {
    const { draft, load, fakes } = program()
    fakes.texts = ['A a.', 'B b.', 'C c.', 'D d.', 'E e.']
    const { segments } = await load(await draft())
    const ids = segments.map(({ videoId }) => videoId)
    // Four pictures for five segments: each is used before any repeats.
    expect(new Set(ids.slice()).size).toBe(4)
  })

  it('takes a script word for word', async () => {
    const { draft, load, fakes } = program()
    const spoken = fakes.spoken.length
    const script =
      'Dr. Kim paid 1,234.50 dollars. “Is that all? Really?” she asked, and left the room at once.'
    const { draft: made, segments } = await load(await draft({ script }))
    expect(segments.map(({ text }) => text).join(' ')).toBe(script)
    expect(made.isOutline).toBe(false)
    expect(fakes.spoken.slice(spoken).join(' ')).toContain(
      'one thousand two hundred thirty-four point five zero',
    )
  })

  it('takes a script of as many characters as are allowed', async () => {
    const { draft, load } = program()
    const script = 'The fox runs over the hill. Why does it run? '.repeat(443).trim()
    const { segments } = await load(await draft({ script, collect: false }))
    expect(segments.length).toBeLessThanOrEqual(100)
    expect(segments.map(({ text }) => text).join(' ')).toBe(script)
  })

  it('proposes a topic when none is given, and keeps the others', async () => {
    const { draft, load } = program()
    const { draft: made } = await load(await draft({}))
    expect(made).toMatchObject({ topic: 'A proposed topic', otherTopics: ['Another topic'] })
  })

  it.each([
    ['empty topic and script', { topic: ' ' }, 'topic_or_script_missing'],
    ['empty script', { script: '\n' }, 'text_empty'],
    ['script of symbols', { script: '… !! —' }, 'text_without_words'],
    ['topic that nobody sees', { topic: '\u200b\u3164' }, 'topic_or_script_missing'],
    ['topic without a word', { topic: '… 😀' }, 'text_without_words'],
    ['script that nobody sees', { script: '\ufeff\u200b' }, 'text_empty'],
    ['duration 0', { topic: 'Tea', targetDuration: 0 }, 'duration_out_of_range'],
    ['duration 10,000', { topic: 'Tea', targetDuration: 10_000 }, 'duration_out_of_range'],
    ['duration NaN', { topic: 'Tea', targetDuration: Number.NaN }, 'duration_out_of_range'],
    ['unknown format', { topic: 'Tea', format: 'cinema' }, 'not_a_choice'],
    ['unknown template', { topic: 'Tea', template: 'x' }, 'not_a_choice'],
    ['unknown mood', { topic: 'Tea', mood: 'x' }, 'not_a_choice'],
    ['unknown language', { topic: 'Tea', language: 'tlh' }, 'not_a_choice'],
    ['a topic in letters that no voice reads', { topic: '日本の歴史' }, 'language_not_spoken'],
    ['a script in letters that no voice reads', { script: 'مرحبا بالعالم.' }, 'language_not_spoken'],
    ['the same, called English', { script: '日本の歴史です。', language: 'en' }, 'language_not_spoken'],
    ['long topic', { topic: 'x'.repeat(201) }, 'text_too_long'],
    ['script of 100,000 characters', { script: 'word '.repeat(20_000) }, 'text_too_long'],
    ['the bytes of a picture', { script: '\ufffdPNG\u001a\0\0\0\rIHDR\0\0' }, 'text_has_control_characters'],
    ['a format of two lines', { topic: 'Tea', format: 'a\nb' }, 'not_a_choice'],
  ])('refuses %s with one sentence and writes nothing', async (_name, input, code) => {
    const { core, folder } = program()
    const jobs = await core.db.fork().count(JobEntity)
    const before = await readdir(folder, { recursive: true })
    const refusal = await requestDraft(core, input, ANN, PLACE).catch((error) => error)
    expect(refusal).toMatchObject({ name: 'UserError', code })
    expect(refusal.message).toMatch(/^[A-Z“][^\n]+[.]$/)
    expect(await core.db.fork().count(JobEntity)).toBe(jobs)
    expect(await readdir(folder, { recursive: true })).toEqual(before)
  })

  it('is refused at once where nobody writes its language, and not when it brings its script', async () => {
    const fakes = fakeProviders()
    fakes.providers.script = [createOutlineWriter()]
    const { core, draft, load } = await testProgram({ fakes })
    for (const input of [{ topic: 'El cielo', language: 'es' }, { topic: 'История чая' }])
      await expect(requestDraft(core, input, ANN, PLACE)).rejects.toMatchObject({
        code: 'language_not_written',
        message: expect.stringContaining('en, ko'),
      })
    expect(await core.db.fork().count(JobEntity)).toBe(0)
    const { draft: made } = await load(await draft({ script: 'История чая началась давно.' }))
    expect(made.language).toBe('ru')
  })

  it('is there as soon as its script is; a crash before the assets loses nothing', async () => {
    const folder = await temporaryFolder()
    const stuck = fakeProviders()
    stuck.onVoice = () => new Promise(() => {})
    const first = await testProgram({ folder, fakes: stuck })
    const { draftId } = await requestDraft(first.core, { topic: 'Tea' }, ANN, PLACE)
    while (stuck.spoken.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    expect((await first.load(draftId)).draft.status).toBe('editing')

    // The first process died in the middle of its work; another one opens the same folder.
    const second = await testProgram({ folder })
    await second.queue.idle(draftId)
    const { draft, segments } = await second.load(draftId)
    expect(draft.status).toBe('assets_ready')
    expect(segments).toHaveLength(3)
    expect(second.fakes.spoken).toHaveLength(3)
  })

  it('continues a script that a killed process had begun, under the same id and once', async () => {
    const folder = await temporaryFolder()
    const stuck = fakeProviders()
    let asked = 0
    stuck.onScript = () => {
      asked += 1
      return new Promise(() => {})
    }
    const first = await testProgram({ folder, fakes: stuck })
    const { draftId } = await requestDraft(first.core, { topic: 'Tea' }, ANN, PLACE)
    while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const second = await testProgram({ folder })
    await second.queue.idle()
    expect((await second.load(draftId)).draft.title).toBe('Tea')
    expect(await second.core.db.fork().count(DraftEntity)).toBe(1)
  })

  it('says in the segment what is missing, and gets it on retry', async () => {
    const { draft, load, fakes, core, queue } = program()
    // Words that haven't been spoken yet, since voices are shared between drafts.
    fakes.texts = ['Ten eleven.', 'Four are missing.', 'Twelve.']
    const { ProviderError } = await import('../../../src/core/model/errors.ts')
    fakes.onVoice = async (text) => {
      if (text.startsWith('Four')) throw new ProviderError('fake-voice', 'unavailable', 'The voice is away.')
    }
    const draftId = await draft()
    const { draft: made, segments } = await load(draftId)
    expect(made.status).toBe('editing')
    expect(segments[1]).toMatchObject({
      ttsLocalPath: null,
      voiceError: expect.stringContaining('The voice is away.'),
    })
    fakes.onVoice = async () => {}
    const { retryAssets } = await import('../../../src/core/draft/retry-assets.ts')
    await retryAssets(core, { workspace: PLACE.workspace, draftId, actor: ANN }, segments[1]?.id ?? 0)
    await queue.idle(draftId)
    expect((await load(draftId)).draft.status).toBe('assets_ready')
  })
})

describe('lists', () => {
  it('page through 1,000 drafts, newest first, only of the workspace', async () => {
    const { core, draft } = program()
    const draftId = await draft({ topic: 'Tea', collect: false })
    const em = core.db.fork()
    const { id, version, ...fields } = { ...(await em.findOneOrFail(DraftEntity, { draftId })) }
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      ...fields,
      draftId: `draft_${index}`,
      title: `Title ${index}`,
      workspace: index % 2 === 0 ? 'test:even' : 'test:odd',
      status: index % 4 === 0 ? ('finalized' as const) : ('editing' as const),
      createdAt: new Date(1_700_000_000_000 + index * 1000),
    }))
    // All of them are Ann's, who could start no further draft in another test.
    onTestFinished(async () => {
      await em.nativeDelete(DraftEntity, { workspace: { $in: ['test:even', 'test:odd'] } })
    })
    await em.insertMany(DraftEntity, rows)
    const seen: string[] = []
    for (let skip = 0; ; skip += 100) {
      const { drafts, total } = await listDrafts(core, { workspace: 'test:even', skip, limit: 100 })
      expect(total).toBe(500)
      if (drafts.length === 0) break
      seen.push(...drafts.map(({ draftId }) => draftId))
    }
    expect(seen).toEqual(Array.from({ length: 500 }, (_, index) => `draft_${998 - index * 2}`))
    const finished = await listDrafts(core, { workspace: 'test:even', status: 'finalized', limit: 1 })
    expect(finished).toMatchObject({ total: 250, drafts: [{ draftId: 'draft_996' }] })
    const found = await listDrafts(core, { workspace: 'test:odd', search: 'Title 77' })
    expect(found.drafts.map(({ title }) => title)).toEqual([
      'Title 779',
      'Title 777',
      'Title 775',
      'Title 773',
      'Title 771',
      'Title 77',
    ])
    expect(await listJobs(core, 'test:even')).toEqual({ jobs: [], total: 0 })
  })
})
