import { afterEach, describe, expect, it } from 'vitest'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import { ruleOf } from '../../../src/core/draft/approval-rules.ts'
import { removeSegment } from '../../../src/core/draft/arrange.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { desk as deskOf, filled, readyDraft } from '../../factories/desk.ts'
import { BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { buttonsIn, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram()
const desk = () => deskOf(program)
const ready = () => readyDraft(program)

afterEach(async () => {
  await program().queue.idle()
  await program().threads.settled()
})

describe('the form of a segment', () => {
  it('is filled in, and saved', async () => {
    const { press, send } = desk()
    const { editForm, segment, text, load } = await ready()
    const { form } = await press(editForm)
    expect(filled(form)).toMatchObject({ text: segment.text, keyword: segment.keyword, duration: '' })
    const { refused, acknowledged } = await send(form?.action, {
      ...filled(form),
      text: 'Other words.',
      duration: '4,5 s',
    })
    expect([refused, acknowledged]).toEqual([undefined, 1])
    expect(await text()).toBe('Other words.')
    expect((await load()).segments[0]?.duration).toBe(4.5)
  })

  it('comes back with the bad value, its reason and all typed words', async () => {
    const { press, send } = desk()
    const { editForm, segment, text } = await ready()
    const { form } = await press(editForm)
    const typed = { text: 'Good words.', searchQuery: 'q', keyword: 'k', duration: '500' }
    const { refused } = await send(form?.action, typed)
    expect(refused?.errors).toEqual({
      duration: 'The duration must be from 1 second to 2 minutes, for example 90, 90s, 1:30 or 2 min.',
    })
    expect(saidIn(refused?.view)).toContain("That didn't go through.")
    expect(await text()).toBe(segment.text)
    const again = await press(buttonsIn(refused?.view)['Edit again'])
    expect(filled(again.form)).toEqual(typed)
    // Only its owner can open it.
    expect((await press(buttonsIn(refused?.view)['Edit again'], { actor: BEN })).said).toMatch(/has expired/)
    await send(again.form?.action, { ...typed, duration: '5' })
    expect(await text()).toBe('Good words.')
  })

  it('keeps the words of somebody whose segment was removed meanwhile', async () => {
    const { press, send } = desk()
    const { editForm, draftId, segment, load } = await ready()
    const { form } = await press(editForm)
    await removeSegment(program().core, scope(draftId, BEN), segment.id)
    const { refused } = await send(form?.action, { ...filled(form), text: 'Words for nothing?' })
    expect(refused?.view.summary).toBe('That segment is no longer in the draft.')
    const again = await press(buttonsIn(refused?.view)['Edit again'])
    expect(again.form?.title).toBe('Add a segment')
    await send(again.form?.action, filled(again.form))
    expect((await load()).segments.map(({ text }) => text)).toContain('Words for nothing?')
  })

  it('adds a segment where it was asked for', async () => {
    const { press, send } = desk()
    const { draftId, segment, load } = await ready()
    const after = await press(encodeAction('insert_form', draftId, segment.id))
    await send(after.form?.action, { text: 'Second.', searchQuery: '', keyword: '' })
    const atEnd = await press(encodeAction('add_form', draftId))
    await send(atEnd.form?.action, { text: 'Last.', searchQuery: '', keyword: '' })
    const texts = (await load()).segments.map(({ text }) => text)
    expect([texts[1], texts.at(-1), texts.length]).toEqual(['Second.', 'Last.', 5])
  })
})

describe('two people at one form', () => {
  /** Ann opens the form, Ben saves first, Ann submits hers. */
  async function stale() {
    const at = desk()
    const draft = await ready()
    const { form } = await at.press(draft.editForm)
    const change = { text: 'By Ben.', keyword: 'ben' }
    await editSegment(program().core, scope(draft.draftId, BEN), { segmentId: draft.segment.id, change })
    const typed = { ...filled(form), text: 'By Ann.' }
    const answer = await at.send(form?.action, typed)
    return { ...at, ...draft, typed, answer, choices: buttonsIn(answer.view) }
  }

  it('shows the second who changed what, both texts, and three ways on; nothing is saved', async () => {
    const { answer, choices, text } = await stale()
    expect(answer.said).toMatch(/^Ben changed this while you were editing/)
    expect(answer.said).toContain("Ben's version\nBy Ben.")
    expect(answer.said).toContain('Your version\nBy Ann.')
    expect(Object.keys(choices)).toEqual(['Use mine', "Keep Ben's", 'Edit again'])
    expect(answer.acknowledged).toBe(0)
    expect(await text()).toBe('By Ben.')
  })

  it('Use mine puts theirs in place', async () => {
    const { press, choices, text } = await stale()
    expect((await press(choices['Use mine'])).said).toBe('Saved.')
    expect(await text()).toBe('By Ann.')
  })

  it('Use mine overwrites nothing that they have not been shown', async () => {
    const { press, choices, text, draftId, segment } = await stale()
    const change = { text: 'By Ben, once more.' }
    await editSegment(program().core, scope(draftId, BEN), { segmentId: segment.id, change })
    const second = await press(choices['Use mine'])
    expect(second.said).toContain('By Ben, once more.')
    expect(await text()).toBe('By Ben, once more.')
    await press(buttonsIn(second.view)['Use mine'])
    expect(await text()).toBe('By Ann.')
  })

  it('Keep Ben’s changes nothing', async () => {
    const { press, choices, text } = await stale()
    expect((await press(choices["Keep Ben's"])).said).toBe('OK, nothing was changed.')
    expect(await text()).toBe('By Ben.')
  })

  it('Edit again opens the form with the typed words over what is there now', async () => {
    const { press, send, choices, typed, text } = await stale()
    const { form } = await press(choices['Edit again'])
    expect(filled(form)).toEqual(typed)
    await send(form?.action, { ...filled(form), text: 'By both.' })
    expect(await text()).toBe('By both.')
  })

  it('saves nothing of settings of which one is wrong, the approvals neither', async () => {
    const { send } = desk()
    const { draftId } = await ready()
    const form = encodeAction('settings', draftId, 0, 1)
    const typed = { title: 'Other title', volume: 'loud', approvals: '2' }
    expect((await send(form, typed)).refused?.errors).toMatchObject({ volume: expect.any(String) })
    const rule = () => ruleOf(program().core.db.fork(), { workspace: PLACE.workspace, draftId })
    expect((await rule()).needed).toBe(0)
    expect((await send(form, { ...typed, volume: '20' })).refused).toBeUndefined()
    expect((await rule()).needed).toBe(2)
  })

  it('is the same for the settings, and for a render form of an earlier version', async () => {
    const { press, send } = desk()
    const { draftId, load } = await ready()
    const settings = await press(encodeAction('settings_form', draftId))
    const { settingsVersion, template, musicMood, musicVolume } = (await load()).draft
    const render = encodeAction('render', draftId, 0, settingsVersion)
    await editSettings(program().core, scope(draftId, BEN), { title: 'By Ben', template: 'news' })
    const answer = await send(settings.form?.action, { ...filled(settings.form), title: 'By Ann' })
    expect(answer.said).toContain('Title: By Ben')
    expect(answer.said).toContain('Title: By Ann')
    const rendered = await send(render, { template, music: musicMood, volume: String(musicVolume) })
    expect(rendered.said).toMatch(/Template: News[\s\S]*Template: Clean/)
    expect((await load()).draft).toMatchObject({ title: 'By Ben', template: 'news', status: 'assets_ready' })
    await press(buttonsIn(answer.view)['Use mine'])
    expect((await load()).draft.title).toBe('By Ann')
  })
})

describe('the language of a script', () => {
  it.each(['en-US', 'ko'])('can be chosen from a form where it was only guessed (%s)', async (locale) => {
    const { press, send } = desk()
    const { draft, load } = program()
    const draftId = await draft({ script: '3.14. 2.72.', fallbackLanguage: locale, collect: false })
    const open = encodeAction('language_form', draftId)
    const { form } = await press(open, { locale })
    expect(filled(form)).toEqual({ language: locale === 'ko' ? 'ko' : 'en' })
    await send(form?.action, { language: 'de' }, { locale })
    expect((await load(draftId)).draft).toMatchObject({ language: 'de', notice: null })
    // A form with a single field comes back with that field, even where forms have no room for all settings.
    const stale = await send(form?.action, { language: 'fr' }, { locale })
    const again = await press(Object.values(buttonsIn(stale.view)).at(-1), { locale })
    expect(filled(again.form)).toEqual({ language: 'fr' })
  })

  it('is no guess any more when it is saved as it is', async () => {
    const { press, send } = desk()
    const { draft, load } = program()
    const draftId = await draft({ script: '3.14. 2.72.', collect: false })
    expect((await load(draftId)).draft.notice).not.toBeNull()
    const { form } = await press(encodeAction('language_form', draftId))
    await send(form?.action, filled(form))
    expect((await load(draftId)).draft).toMatchObject({ language: 'en', notice: null })
  })
})

describe('a form of which a platform shows a part', () => {
  const FIRST = { topic: 'Tea', script: '', format: 'square', duration: '20', style: '' }
  const REST = { language: 'ko', template: 'news', music: 'none' }
  const drafts = () => program().core.db.fork().count(JobEntity, { kind: 'create' })

  it('begins nothing before the rest was asked for, and one draft however often that is sent', async () => {
    const { press, send } = desk()
    const before = await drafts()
    const offer = await send(encodeAction('create'), FIRST)
    expect(Object.keys(buttonsIn(offer.view))).toEqual(['Start', 'More options'])
    expect(await drafts()).toBe(before)
    const more = await press(buttonsIn(offer.view)['More options'])
    expect(more.form?.fields.map(({ id }) => id)).toEqual(Object.keys(REST))
    const answers = await Promise.all([
      send(more.form?.action, REST),
      send(more.form?.action, REST),
      press(buttonsIn(offer.view).Start),
    ])
    expect(await drafts()).toBe(before + 1)
    expect(JSON.stringify(answers).match(/This form has expired/g)?.length).toBeGreaterThanOrEqual(2)
  })

  it('is the business of nobody else', async () => {
    const { press, send } = desk()
    const before = await drafts()
    const { view } = await send(encodeAction('create'), FIRST)
    for (const button of Object.values(buttonsIn(view)))
      expect((await press(button, { actor: BEN })).said).toMatch(/has expired/)
    expect(await drafts()).toBe(before)
  })

  it('says what is wrong with the first part at once', async () => {
    const { send } = desk()
    const { refused, view } = await send(encodeAction('create'), { ...FIRST, duration: '9000' })
    expect([Object.keys(refused?.errors ?? {}), view]).toEqual([['duration'], undefined])
  })

  it('brings back both parts where something was wrong with them together', async () => {
    const { press, send } = desk()
    const typed = { ...FIRST, ...REST, duration: 'long' }
    const { refused } = await send(encodeAction('create'), typed)
    const again = await press(buttonsIn(refused?.view)['Edit again'], { formFields: 5 })
    const before = await drafts()
    const sent = await send(again.form?.action, FIRST)
    expect([sent.refused, sent.said]).toEqual([undefined, ''])
    expect(await drafts()).toBe(before + 1)
    const [job] = await program()
      .core.db.fork()
      .find(JobEntity, { kind: 'create' }, { orderBy: { id: 'desc' }, limit: 1 })
    expect(JSON.stringify(job?.payload)).toMatch(/"language":"ko".*"template":"news"/)
  })
})
