import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { type Access, EVERYTHING, NOTHING, UNKNOWN } from '../../../src/bot/handlers/access.ts'
import { suggestDrafts } from '../../../src/bot/handlers/name-draft.ts'
import { onlyLooks, opensForm } from '../../../src/bot/handlers/router.ts'
import { PermissionError } from '../../../src/bot/thread/chat.ts'
import { decodeAction, encodeAction, VERBS } from '../../../src/bot/view/action-id.ts'
import { en } from '../../../src/bot/words/en.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { CLEANUP_JOB } from '../../../src/core/draft/space.ts'
import { type Draft, DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { desk as deskOf, filled, readyDraft } from '../../factories/desk.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { jobRow } from '../../factories/rows.ts'
import { buttonsIn, fakeAccess, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram()
const desk = () => deskOf(program)
const ready = () => readyDraft(program)

afterEach(async () => {
  await program().queue.idle()
  await program().threads.settled()
})

describe('a new draft', () => {
  it('starts from a command: its thread opens at once, and shows it when it is there', async () => {
    const { command, chat } = desk()
    const { privately } = await command('create', { topic: 'Green tea', format: 'square', duration: 12 })
    expect(privately).toEqual([])
    expect(chat.inThread(null).map(({ view }) => saidIn(view))).toEqual(['Ann started a draft: Green tea'])
    const { core, queue, threads } = program()
    const draft = async () => core.db.fork().findOneOrFail(DraftEntity, { title: 'Green tea' })
    await queue.idle()
    await threads.settled()
    const { threadId, authorId, targetDuration } = await draft()
    expect([authorId, targetDuration]).toEqual(['ann', 12])
    expect(chat.inThread(threadId)).toHaveLength(5)
  })

  it('is refused in one private sentence, and nobody else sees anything', async () => {
    const { command, chat } = desk()
    const jobs = await program().core.db.fork().count(JobEntity)
    const { said } = await command('create', { topic: ' ' })
    expect(said).toBe('Enter a topic or a script.')
    const inKorean = await command('create', { topic: 'x', format: 'cinema' }, { words: ko, locale: 'ko' })
    expect(inKorean.said).toMatch(/^화면 비율에 “cinema” 값은/)
    expect(chat.posted).toEqual([])
    expect(await program().core.db.fork().count(JobEntity)).toBe(jobs)
  })

  it('comes back with the typed words when the form cannot be used', async () => {
    const { send, press } = desk()
    const form = encodeAction('create')
    const typed = {
      topic: 'Tea',
      script: '',
      format: 'shorts',
      duration: 'long',
      template: 'news',
      music: 'none',
    }
    const { refused } = await send(form, typed)
    expect(refused?.errors).toEqual({
      duration: expect.stringContaining('from 5 seconds to 10 minutes, for example 90, 90s, 1:30 or 2 min'),
    })
    const again = await press(buttonsIn(refused?.view)['Edit again'])
    expect(filled(again.form)).toMatchObject({ ...typed, duration: 'long' })
  })

  it('is taken back when its thread cannot be opened', async () => {
    const { command, chat } = desk()
    chat.onCall = async () => {
      throw new PermissionError('Create Public Threads')
    }
    const { said } = await command('create', { topic: 'Nobody sees this' })
    expect(said).toContain('“Create Public Threads”')
    await program().queue.idle()
    expect(await program().core.db.fork().count(DraftEntity, { topic: 'Nobody sees this' })).toBe(0)
  })

  it('can be made from a message, short or long', async () => {
    const { message } = desk()
    expect(filled((await message(' Whales ')).form)).toMatchObject({ topic: 'Whales', script: '' })
    expect(filled((await message('One.\nTwo.')).form)).toMatchObject({ topic: '', script: 'One.\nTwo.' })
  })
})

describe('buttons', () => {
  it('act once, however often the platform delivers them', async () => {
    const { press } = desk()
    const { draftId, segment, load } = await ready()
    const down = encodeAction('move_down', draftId, segment.id, 1)
    await Promise.all([press(down, { eventId: 'twice' }), press(down, { eventId: 'twice' })])
    expect((await load()).segments.map(({ id }) => id).indexOf(segment.id)).toBe(1)
    await press(down, { eventId: 'twice', surface: 'other platform' })
    expect((await load()).segments.map(({ id }) => id).indexOf(segment.id)).toBe(2)
  })

  it('say what is wrong to the one who pressed, in their language', async () => {
    const { press } = desk()
    const { draftId, segment } = await ready()
    const up = encodeAction('move_up', draftId, segment.id)
    expect((await press(up)).said).toBe('This segment cannot move any further that way.')
    expect((await press(up, { words: ko })).said).toBe('이 장면은 그 방향으로 더 옮길 수 없습니다.')
    expect((await press('something:else')).said).toContain('/draft show')
  })

  it('do nothing to a draft of another workspace, whatever id they carry', async () => {
    const { press, send, command } = desk()
    const { draftId, segment, load } = await ready()
    await program().threads.settled()
    const before = await load()
    const elsewhere = { workspace: 'test:2', access: fakeAccess({ manage: true }) }
    for (const verb of VERBS.filter(
      (each) => !['create_form', 'list_page', 'keep_theirs', 'dismiss'].includes(each),
    )) {
      const action = encodeAction(verb, draftId, segment.id, 1)
      const values = { text: 'Mine.', title: 'Mine', instruction: 'mine', template: 'news', music: 'none' }
      const answers = [await press(action, elsewhere, 'x')]
      if (verb !== 'create') answers.push(await send(action, values, elsewhere))
      for (const { forms, privately, refused } of answers) {
        expect([verb, forms]).toEqual([verb, []])
        expect([verb, privately.length + (refused ? 1 : 0)]).toEqual([verb, 1])
      }
    }
    for (const name of ['show', 'delete', 'history', 'jobs'] as const)
      expect((await command(name, { draft: draftId }, elsewhere)).said).toBe(
        `There is no draft “${draftId}” here.`,
      )
    expect((await command('list', {}, elsewhere)).said).toContain('no drafts yet')
    expect(await load()).toEqual(before)
  })

  it('hide what went wrong inside behind a reference', async () => {
    const { press } = desk()
    const { draftId, segment } = await ready()
    const { fakes } = program()
    fakes.onFootage = async () => {
      throw new Error('secret token abc123')
    }
    const { said } = await press(encodeAction('footage', draftId, segment.id))
    fakes.onFootage = async () => {}
    expect(said).toMatch(/^Something went wrong, and nothing was changed.*[0-9a-f]{8}$/)
    expect(said).not.toContain('abc123')
  })

  it('know which of them open a form, and which only look', () => {
    expect(VERBS.filter((verb) => opensForm(encodeAction(verb)))).toEqual(
      expect.arrayContaining(['edit_form', 'insert_form', 'settings_form', 'look_form', 'again']),
    )
    for (const verb of ['remove', 'render', 'pick', 'apply_mine', 'undo', 'delete', 'edit_form'] as const)
      expect(onlyLooks(encodeAction(verb))).toBe(false)
    expect(onlyLooks(encodeAction('history'))).toBe(true)
  })

  it('name the files that would fit and cannot be used, and why', async () => {
    const { press } = desk()
    const { draftId, segment } = await ready()
    const { fakes } = program()
    const design = (name: string) => ({ name, why: 'design' as const })
    fakes.unusable = [{ name: 'sea.mov', why: 'incomplete' }, design('sea *poster*.psd')]
    const footage = encodeAction('footage', draftId, segment.id)
    expect((await press(footage)).said).toContain(
      '“sea.mov” cannot be used: its end is missing; copy it again. “sea *poster*.psd” cannot be used: it is a design file',
    )
    fakes.unusable = Array.from({ length: 9 }, (_, index) => design(`${index}.psd`))
    const { said } = await press(footage)
    fakes.unusable = []
    expect(said).toContain('“4.psd”')
    expect(said).not.toContain('“5.psd”')
    expect(said).toContain('4 more files cannot be used.')
  })

  it('pick footage among pictures', async () => {
    const { press } = desk()
    const { draftId, segment, load } = await ready()
    const { view, said } = await press(encodeAction('footage', draftId, segment.id))
    const files = (view?.blocks ?? []).flatMap((block) => (block.type === 'files' ? block.files : []))
    expect(files).toHaveLength(1)
    expect(said).toMatch(/\n1 {2}Picture 0 · .*\n2 {2}Picture 1 · .*\n3 {2}.*\n4 {2}Picture 3/)
    expect(said).toMatch(/ · in use here\n/)
    expect(said).toMatch(/ · already in segment \d\n/)
    expect(said).not.toContain('fake-footage')
    const buttons = buttonsIn(view)
    const current = Number(/picture-(\d)/.exec(segment.videoId ?? '')?.[1]) + 1
    const labels = (used: number) => [1, 2, 3, 4].map((number) => `${number}${number === used ? ' ✓' : ''}`)
    expect(Object.keys(buttons).toSorted()).toEqual([...labels(current), 'Search again'])
    const { privately } = await press(buttons['4'], { actor: BEN })
    expect(privately.map(({ summary }) => summary)).toEqual(['Fetching number 4…', 'Number 4 is in use now.'])
    expect(Object.keys(buttonsIn(privately[1])).toSorted()).toEqual([...labels(4), 'Search again'])
    expect((await load()).segments[0]).toMatchObject({ videoId: 'picture-3', editedByName: 'Ben' })
    // The select menu of earlier versions.
    const select = encodeAction('pick', draftId, segment.id)
    const picked = await press(select, {}, 'fake-footage:picture-0')
    expect(picked.view?.summary).toBe('Number 1 is in use now.')
    expect((await press(select, {}, 'fake-footage:gone')).said).toContain('no longer among the choices')
  })
})

describe('deleting', () => {
  it('is for the author and for moderators, after a question', async () => {
    const { press, command } = desk()
    const { draftId, load } = await ready()
    const ask = encodeAction('delete_ask', draftId)
    const really = encodeAction('delete', draftId)
    for (const action of [ask, really])
      expect((await press(action, { actor: BEN })).said).toBe(
        'Only the author of a draft or a moderator can delete it.',
      )
    const question = await command(
      'delete',
      { draft: draftId },
      { actor: BEN, access: fakeAccess({ manage: true }) },
    )
    expect(question.said).toMatch(/^Delete “Tea”/)
    expect((await load()).draft.draftId).toBe(draftId)
    const keep = buttonsIn(question.view)['Keep it']
    await press(keep)
    expect((await press(buttonsIn(question.view)['Delete for good'], { actor: ANN })).said).toBe(
      'Draft deleted.',
    )
    await expect(load()).rejects.toMatchObject({ code: 'draft_not_found' })
  })

  it('keeps files when asked so', async () => {
    const { command } = desk()
    const { draftId } = await ready()
    const question = await command('delete', { draft: draftId, keep_files: true })
    expect(decodeAction(buttonsIn(question.view)['Delete for good'] ?? '')?.number).toBe(1)
  })
})

describe('looking up', () => {
  it('lists drafts page by page', async () => {
    const { command, press } = desk()
    const workspace = 'test:pages'
    const { draftId } = await ready()
    const em = program().core.db.fork()
    const { id, version, ...model } = { ...(await em.findOneOrFail(DraftEntity, { draftId })) }
    for (let number = 1; number <= 12; number += 1)
      await em.insert(DraftEntity, {
        ...{ ...model, workspace, draftId: `draft_page_${number}`, title: `Page ${number}` },
        createdAt: new Date(1_700_000_000_000 + number),
      })
    const first = await command('list', {}, { workspace })
    expect(first.said).toMatch(/^Drafts 1 to 10 of 12\nPage 12 /)
    const { Older } = buttonsIn(first.view)
    const second = await press(Older, { workspace })
    expect(second.said).toMatch(/^Drafts 11 to 12 of 12\nPage 2 [^\n]*\nPage 1 /)
    expect(Object.keys(buttonsIn(second.view))).toEqual(['Newer'])
    const ambiguous = await command('show', { draft: 'page 1' }, { workspace })
    expect(ambiguous.said).not.toMatch(/Several/)
    expect((await command('show', { draft: 'page' }, { workspace })).said).toMatch(
      /^Several drafts match “page”/,
    )
    expect((await command('show', { draft: 'unheard of' }, { workspace })).said).toMatch(/^There is no draft/)
  })

  it('counts, shows, suggests and names nothing that the person may not see, however much there is of it', async () => {
    const { command, press } = desk()
    const { bot, core } = program()
    const workspace = 'test:hidden'
    const { draftId } = await ready()
    const em = core.db.fork()
    const { id, version, ...model } = { ...(await em.findOneOrFail(DraftEntity, { draftId })) }
    const insert = async (name: string, place: Partial<Draft>, age: number) => {
      const draft = { draftId: `draft_${name}`, title: `Tea ${name}`, createdAt: new Date(1e12 - age) }
      await em.insert(DraftEntity, { ...model, workspace, threadId: null, ...draft, ...place })
      const { id: _id, ...job } = jobRow({ jobId: `job_${name}`, draftId: draft.draftId, workspace })
      await em.insert(JobEntity, { ...job, requesterName: `Somebody at ${name}` })
    }
    for (let number = 1; number <= 30; number += 1)
      await insert(`hidden_${number}`, { channelId: 'hidden' }, number)
    for (let number = 1; number <= 12; number += 1)
      await insert(`open_${number}`, { channelId: 'open' }, 100 + number)
    await insert('gone_mine', { channelId: 'gone', authorId: 'ann' }, 200)
    await insert('gone_theirs', { channelId: 'gone', authorId: 'ben' }, 200)
    const asked: string[] = []
    const access: Access = {
      at: async ({ channelId }) => {
        asked.push(channelId)
        return channelId === 'open' ? EVERYTHING : channelId === 'gone' ? UNKNOWN : NOTHING
      },
    }
    const who = { workspace, access }

    const first = await command('list', {}, who)
    expect(first.said).toMatch(/^Drafts 1 to 10 of 13\nTea open_1 /)
    // Once per place, not per draft.
    expect(asked.sort()).toEqual(['gone', 'hidden', 'open'])
    const second = await press(buttonsIn(first.view).Older, who)
    expect(second.said).toMatch(/^Drafts 11 to 13 of 13\n.*\n.*\nTea gone_mine/)
    expect(Object.keys(buttonsIn(second.view))).toEqual(['Newer'])
    const several = await command('show', { draft: 'tea' }, who)
    const one = await command('history', { draft: 'hidden_3' }, who)
    const suggested = await suggestDrafts(bot, { ...who, actor: ANN, surface: 'test', words: en }, 'tea', 25)
    const jobs = await command('jobs', {}, who)
    const jobsOfOne = await command('jobs', { draft: 'draft_hidden_1' }, who)
    expect(several.said).toMatch(/^Several drafts match “tea”: “Tea open_1”/)
    expect(one.said).toBe('There is no draft “hidden_3” here.')
    expect(suggested.map((each) => each.draftId).at(-1)).toBe('draft_gone_mine')
    expect(suggested).toHaveLength(13)
    expect(jobs.said).toContain('Somebody at open_12')
    expect(jobs.said).toContain('Somebody at gone_mine')
    expect(jobsOfOne.said).toBe('There is no draft “draft_hidden_1” here.')
    for (const { said } of [first, second, several, jobs]) expect(said).not.toMatch(/hidden|theirs/)
    const nobody = await command('list', {}, { workspace, access: { at: async () => NOTHING } })
    expect(nobody.said).toContain('no drafts yet')
  })

  it('does not wait for ever for a platform to say who may', async () => {
    const { command, press } = desk()
    const { draftId, editForm } = await ready()
    const silent: Access = { at: () => new Promise(() => {}) }
    const failing: Access = {
      at: async () => {
        throw new Error('away')
      },
    }
    const none = `There is no draft “${draftId}” here.`
    const answers = await Promise.all([
      press(editForm, { access: silent, actor: BEN }),
      command('history', { draft: draftId }, { access: failing, actor: BEN }),
    ])
    expect(answers.map(({ said }) => said)).toEqual([none, none])
    // Its author is recognised without a query.
    expect((await press(editForm, { access: failing, actor: ANN })).form).toBeDefined()
  })

  it('asks who may also while the script of a draft is still being written', async () => {
    const { press } = desk()
    const { core, fakes } = program()
    const { promise: never, resolve } = Promise.withResolvers<void>()
    fakes.onScript = () => never
    onTestFinished(() => {
      fakes.onScript = async () => {}
      resolve()
    })
    const { draftId, jobId } = await requestDraft(core, { topic: 'Tea' }, ANN, PLACE)
    const asked: unknown[] = []
    const access: Access = {
      at: async (place) => {
        asked.push(place)
        return UNKNOWN
      },
    }
    const none = `There is no draft “${draftId}” here.`
    for (const verb of ['cancel', 'retry_create', 'delete_ask'] as const)
      expect((await press(encodeAction(verb, draftId), { actor: BEN, access })).said).toBe(none)
    expect(asked).toContainEqual({ ...PLACE, isOwnThread: false })
    const job = () => core.db.fork().findOneOrFail(JobEntity, { jobId })
    expect((await job()).state).not.toBe('cancelled')
    await press(encodeAction('cancel', draftId), { access })
    expect((await job()).state).toBe('cancelled')
  })

  it('keeps what somebody typed who may not any more, and opens it for nobody who may not', async () => {
    const { press, send, command } = desk()
    const { draftId, editForm, text, segment } = await ready()
    const { form } = await press(editForm, { actor: BEN })
    const out = { actor: BEN, access: fakeAccess({ see: false }) }
    const typed = { ...filled(form), text: 'Typed for nothing.' }
    const { refused } = await send(form?.action, typed, out)
    const none = `There is no draft “${draftId}” here.`
    expect(refused?.view.summary).toBe(none)
    expect(await text()).toBe(segment.text)
    const again = buttonsIn(refused?.view)['Edit again']
    expect(await press(again, out)).toMatchObject({ said: none, forms: [] })
    const { number } = decodeAction(again ?? '') ?? { number: 0 }
    // Whichever draft the button itself names.
    for (const verb of ['again', 'apply_mine', 'rewrite_apply'] as const)
      expect((await press(encodeAction(verb, 'draft_other', 0, number), out)).said).toBe(none)
    const reading = { actor: BEN, access: fakeAccess({ write: false }) }
    expect((await press(again, reading)).said).toMatch(/^Only people who can post/)
    expect(filled((await press(again, { actor: BEN })).form).text).toBe('Typed for nothing.')
    expect(await text()).toBe(segment.text)
    const stranger = { access: fakeAccess({ see: false, write: false }) }
    for (const { said } of [
      await command('create', { topic: 'Tea' }, stranger),
      await press(encodeAction('create_form'), stranger),
    ])
      expect(said).toMatch(/^Only members of this workspace/)
  })

  it('shows the history with ways back, and goes back', async () => {
    const { press, command } = desk()
    const { draftId, segment, text } = await ready()
    const change = { text: 'Second words.' }
    await editSegment(program().core, scope(draftId, BEN), { segmentId: segment.id, change })
    const history = await command('history', { draft: draftId })
    expect(history.said).toMatch(
      /2 Ben: changed the text of segment 1 .* ← current\n“One two three\.” → “Second words\.”\n.*1 Ann: wrote the script/s,
    )
    expect(history.said).toContain("Undo takes back: Ben's new text of segment 1.")
    const [select] = (history.view?.blocks ?? []).flatMap((block) =>
      block.type === 'select' ? [block.select] : [],
    )
    expect(select?.options.map(({ value }) => value)).toEqual(['1'])
    const undone = await press(encodeAction('undo', draftId))
    expect(undone.said).toBe("Undid: Ben's new text of segment 1.")
    expect(await text()).toBe(segment.text)
    const redone = await press(buttonsIn(undone.view).Redo)
    expect(redone.said).toBe("Redid: Ben's new text of segment 1.")
    expect(await text()).toBe('Second words.')
    expect((await press(select?.action, {}, '1')).said).toBe('The draft is back at revision 1.')
    expect(await text()).toBe(segment.text)
    // A button from earlier versions.
    expect((await press(encodeAction('restore', draftId, 0, 2))).said).toBe(
      'The draft is back at revision 2.',
    )
  })

  it('answers jobs and help, and starts a deleted thread again on show', async () => {
    const { command, chat } = desk()
    const { draftId, load } = await ready()
    expect((await command('jobs', { draft: draftId })).said).toBe('Nothing has been rendered yet.')
    expect((await command('help')).said).toContain('/draft create')
    const { core, queue } = program()
    await queue.enqueue(CLEANUP_JOB)
    await queue.idle()
    await core.db
      .fork()
      .nativeUpdate(JobEntity, { kind: 'cleanup' }, { payload: { freedBytes: 2.5 * 2 ** 20 } })
    // Only those who manage the place see this.
    expect((await command('help')).said).not.toContain('Last cleanup')
    const cleaned = /^Last cleanup: \d{4}-\d\d-\d\d \d\d:\d\d UTC, 2\.5 MB freed$/m
    expect((await command('help', {}, { access: fakeAccess({ manage: true }) })).said).toMatch(cleaned)
    await program().threads.settled()
    const before = (await load()).draft.threadId ?? ''
    chat.deleteThread(before)
    const { said } = await command('show', { draft: draftId })
    const { threadId } = (await load()).draft
    expect(threadId).not.toBe(before)
    expect(said).toContain(`https://chat.test/${threadId}/`)
    expect(PLACE.workspace).toBe('test:1')
  })
})
