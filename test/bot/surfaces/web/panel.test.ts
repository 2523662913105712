import type { BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { loadSettings } from '../../../../src/bot/program/config.ts'
import { platformsFor } from '../../../../src/bot/program/platforms.ts'
import type { Who } from '../../../../src/bot/surfaces/web/who.ts'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { removeSegment } from '../../../../src/core/draft/arrange.ts'
import { editSegment } from '../../../../src/core/draft/edit-segment.ts'
import { addNote } from '../../../../src/core/draft/notes/notes.ts'
import { proposeByNote } from '../../../../src/core/draft/notes/proposals.ts'
import { UserError } from '../../../../src/core/model/errors.ts'
import { storedFailure } from '../../../../src/core/model/failure.ts'
import type { FootageProvider } from '../../../../src/core/model/providers.ts'
import { AccountEntity } from '../../../../src/db/entities/account.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { barriers as axeBarriers } from '../../../factories/axe.ts'
import { finishDraft } from '../../../factories/finished-draft.ts'
import { linkChannel, quickGoogle } from '../../../factories/google.ts'
import { PATIENCE } from '../../../factories/patience.ts'
import { BEN } from '../../../factories/people.ts'
import { scope, sharedProgram } from '../../../factories/program.ts'
import { hold, sharedBrowser } from '../../../factories/studio.ts'
import { sharedWeb } from '../../../factories/web.ts'
import { fakeProviders, rewriting } from '../../../fakes/providers.ts'

const program = sharedProgram({ fakes: rewriting(fakeProviders()) })
const open = sharedBrowser()
const web = sharedWeb(program)

afterEach(() => {
  program().fakes.onFetch = async () => {}
})

/** A draft with its first segment open in the studio. */
async function opened(who?: Partial<Who>, options: BrowserContextOptions = {}) {
  const draftId = await program().ready()
  const { segments } = await program().load(draftId)
  const id = segments[0]?.id ?? 0
  const origin = await web(who)
  const { page, faults } = await open(`${origin}/draft/${draftId}`, options)
  await page.locator(`[data-segment="${id}"]`).click()
  const panel = page.locator('.panel')
  return {
    ...{ page, faults, panel, draftId, id, core: program().core },
    narration: panel.locator('.panel-form textarea').first(),
    press: (name: string | RegExp) => panel.getByRole('button', { name, exact: true }).click(),
    segment: async () => (await program().load(draftId)).segments.find((one) => one.id === id),
    /** An edit that someone else makes in a chat at the same time. */
    benWrites: (text: string) =>
      editSegment(program().core, scope(draftId, BEN), { segmentId: id, change: { text } }),
  }
}

/** Elements that reach beyond the page's right edge. */
const TOO_WIDE = `document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.className || each.tagName)`

function footage() {
  const [provider] = program().fakes.providers.footage
  if (!provider) throw new Error('there is no footage')
  return provider
}

/** The fake's results, the first of which is a video. */
const findStills = fakeProviders().providers.footage[0]?.search
const movingFirst: FootageProvider['search'] = async (query, signal) => {
  const [first, ...others] = (await findStills?.(query, signal)) ?? []
  return first ? [{ ...first, kind: 'video', duration: 8 }, ...others] : []
}

const barriers = (page: Page) =>
  axeBarriers(page, "{ include: ['.side', '.player', 'dialog'], resultTypes: ['violations'] }")

it('saves what is typed, with the version that was seen', async () => {
  const { narration, press, panel, segment, page, benWrites, draftId, faults } = await opened()
  await panel.getByLabel('Duration').fill('0:03')
  await narration.fill('Green tea is not oxidised.')
  await panel.getByText('Not saved').waitFor()
  await page.keyboard.press('Control+Enter')
  await panel.getByText('Not saved').waitFor({ state: 'detached' })
  expect(await segment()).toMatchObject({
    text: 'Green tea is not oxidised.',
    duration: 3,
    editedByName: 'Ann',
  })
  // Other people's edits appear by themselves in fields where no one is typing.
  await benWrites('White tea is not either.')
  await vi.waitUntil(async () => (await narration.inputValue()) === 'White tea is not either.', PATIENCE)
  await panel.getByLabel('Duration').fill('soon')
  await press('Save')
  await panel.getByRole('alert').getByText('This length cannot be read').waitFor()
  expect((await segment())?.duration).toBe(3)
  // Another take of the same text can be heard as soon as it exists.
  await program().queue.idle(draftId)
  const heard = panel.locator('audio')
  const src = await heard.getAttribute('src')
  const before = await segment()
  const { fakes } = program()
  const { pace } = fakes
  fakes.pace = pace / 2
  onTestFinished(() => void Object.assign(fakes, { pace }))
  await press('New take')
  await vi.waitUntil(async () => (await heard.getAttribute('src')) !== src, PATIENCE)
  expect(await segment()).toMatchObject({ text: before?.text, voiceTake: (before?.voiceTake ?? 0) + 1 })
  expect(faults).toEqual([])
})

it('keeps typed words whatever happens, and offers the choices of the chats where somebody was faster', async () => {
  const { narration, press, panel, segment, page, benWrites, id } = await opened()
  await narration.fill('Mine.')
  await benWrites('Ben was here.')
  await panel.getByText('last edited by Ben').waitFor()
  expect(await narration.inputValue()).toBe('Mine.')
  await press('Save')
  const choice = panel.getByRole('alertdialog')
  await choice.getByText('Ben was here.').waitFor()
  expect(await choice.locator('h3').allTextContents()).toEqual(["Ben's version", 'Your version'])
  expect(await barriers(page)).toEqual([])
  await press('Edit again')
  expect(await narration.inputValue()).toBe('Mine.')
  expect((await segment())?.text).toBe('Ben was here.')
  // Closed and opened, reloaded, and rejected by the network: the words are still there.
  await press('Close')
  await page.locator(`[data-segment="${id}"]`).click()
  expect(await narration.inputValue()).toBe('Mine.')
  await page.reload()
  await page.locator(`[data-segment="${id}"]`).click()
  expect(await narration.inputValue()).toBe('Mine.')
  await page.route('**/segments/*', (route) => route.abort())
  await press('Save')
  await panel.getByRole('alert').waitFor()
  await page.unroute('**/segments/*')
  await panel.getByRole('alert').getByRole('button', { name: 'Retry' }).click()
  await vi.waitUntil(async () => (await segment())?.text === 'Mine.', PATIENCE)
  await panel.getByText('Not saved').waitFor({ state: 'detached' })
  // Again, with the other two choices.
  await narration.fill('Mine again.')
  await benWrites('Ben again.')
  await press('Save')
  await press("Keep Ben's")
  expect(await narration.inputValue()).toBe('Ben again.')
  await narration.fill('Mine at last.')
  await benWrites('Ben at last.')
  await press('Save')
  await press('Use mine')
  await vi.waitUntil(async () => (await segment())?.text === 'Mine at last.', PATIENCE)
})

it('makes a segment of its own of what was typed for one that somebody has removed', async () => {
  const { narration, press, panel, draftId, id, core } = await opened()
  await narration.fill('Words that nobody should lose.')
  await removeSegment(core, scope(draftId, BEN), id)
  await panel.getByText('Words that nobody should lose.').waitFor()
  await press('Add segment')
  await vi.waitUntil(
    async () =>
      (await program().load(draftId)).segments.some(({ text }) => text === 'Words that nobody should lose.'),
    PATIENCE,
  )
})

it('takes a dropped file as footage, and shows found footage to choose from', async () => {
  const { press, panel, segment, page, faults } = await opened()
  const drop = (name: string, base64: string) =>
    page.evaluate(`(() => {
      const bytes = Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0))
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([bytes], '${name}'))
      const zone = document.querySelector('.footage')
      for (const type of ['dragenter', 'dragover', 'drop'])
        zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
    })()`)
  await drop('notes.txt', btoa('no picture at all'))
  await panel.getByRole('alert').getByText('“notes.txt” cannot be used').waitFor()
  await panel.getByRole('alert').getByRole('button', { name: 'Close' }).click()
  const red = { create: { width: 320, height: 200, channels: 3, background: '#c00' } } as const
  await drop('our tea.png', (await sharp(red).png().toBuffer()).toString('base64'))
  await panel.locator('.footage-now').getByText('our tea.png').waitFor()
  expect(await segment()).toMatchObject({ videoProvider: 'own_file', videoKind: 'image' })
  // One of them is a video, which plays while it is hovered or focused.
  const found = vi.spyOn(footage(), 'search').mockImplementation(movingFirst)
  await page.route('**/preview', (route) => route.fulfill({ status: 404 }))
  await press('Show other footage')
  const tiles = panel.locator('.footage-tile')
  await tiles.nth(3).waitFor()
  found.mockRestore()
  await tiles.first().hover()
  await tiles.first().locator('video[src$="/preview"]').waitFor({ state: 'attached' })
  await tiles.nth(1).hover()
  await panel.locator('.footage-tile video').waitFor({ state: 'detached' })
  // They come only from here: nothing is requested from the sites where they were found.
  const pictures = await tiles
    .locator('img')
    .evaluateAll((all) => all.map((each) => each.getAttribute('src')))
  expect(pictures.every((src) => src?.startsWith('/api/draft/'))).toBe(true)
  await vi.waitUntil(
    () =>
      page.evaluate(
        `[...document.querySelectorAll('.footage-tile img')].every((each) => each.naturalWidth > 0)`,
      ),
    PATIENCE,
  )
  await tiles.nth(3).click()
  await panel.locator('.footage-tile[aria-pressed="true"]').getByText('Picture 3').waitFor()
  expect(await segment()).toMatchObject({ videoTitle: 'Picture 3' })
  expect(await barriers(page)).toEqual([])
  expect(faults).toEqual([])
})

it('holds notes, suggestions, approvals and the history with what was before', async () => {
  const { press, panel, page, segment, draftId, id, core, faults } = await opened()
  await panel.getByLabel('Note', { exact: true }).fill('Slower, please.')
  await press('Write a note')
  await panel.getByText('Slower, please.').waitFor()
  await press('Resolve')
  await panel.getByText('resolved by Ann').waitFor()
  const note = await addNote(core, scope(draftId, BEN), id, 'calmer')
  await proposeByNote(core, scope(draftId, BEN), note)
  const before = (await segment())?.text ?? ''
  await panel.getByText('Suggestion that Ben asked for').waitFor()
  await press('Edit suggestion')
  await panel.locator('.panel-proposal textarea').fill('Calmly, one two three.')
  await press('Use this text')
  await vi.waitUntil(async () => (await segment())?.text === 'Calmly, one two three.', PATIENCE)
  await page.getByRole('tab', { name: 'History' }).click()
  const newest = page.locator('.history-step').first()
  await newest.locator('ins').first().waitFor()
  expect(await barriers(page)).toEqual([])
  await page.locator('.history').getByRole('button', { name: 'Undo' }).click()
  await vi.waitUntil(async () => (await segment())?.text === before, PATIENCE)
  // The current step is updated too, although both changes arrive at nearly the same moment.
  await page.locator('.history-step').nth(1).getByText('current').waitFor()
  // Any step can be restored; this one was undone.
  await newest.getByRole('button', { name: /^Restore revision \d+$/ }).click()
  await vi.waitUntil(async () => (await segment())?.text === 'Calmly, one two three.', PATIENCE)
  await page.locator('.history-step').first().getByText('current').waitFor()
  await page.getByRole('tab', { name: 'Draft' }).click()
  await program().queue.idle(draftId)
  const side = page.locator('.side-panel')
  await side.getByRole('button', { name: 'Approve' }).click()
  await side.getByText('Approved by Ann').waitFor()
  await side.getByRole('button', { name: 'Take back approval' }).click()
  await side.getByText('Nobody has approved').waitFor()
  const voice = side.getByRole('form', { name: 'Voice of the draft' })
  const save = voice.getByRole('button', { name: 'Save' })
  expect(await save.isDisabled()).toBe(true)
  await voice.getByLabel('Voice', { exact: true }).fill('alto')
  await voice.getByLabel(/^Speaking rate/).fill('1.5')
  await voice.getByText('Speaking rate: 1.5×').waitFor()
  const first = await segment()
  await save.click()
  await vi.waitUntil(async () => (await segment())?.ttsLocalPath !== first?.ttsLocalPath, PATIENCE)
  expect((await program().load(draftId)).draft).toMatchObject({ voice: 'alto', voiceSpeed: 1.5 })
  // From here on the draft keeps it, and the page no longer does.
  await vi.waitUntil(() => save.isDisabled(), PATIENCE)
  expect(await barriers(page)).toEqual([])
  expect(faults).toEqual([])
})

it('has the clips made that somebody wants to see, where none are made ahead', async () => {
  const { page, faults } = await opened()
  const shows = (what: string) =>
    page.locator(`.player-pictures[data-shows="${what}"]`).waitFor({ state: 'attached' })
  await page.route('**/play', (route) => route.abort())
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.locator('.player-note').getByText('Rushes cannot be reached').waitFor()
  await page.unroute('**/play')
  await page.locator('.player-note').getByRole('button', { name: 'Retry' }).click()
  await shows('clip')
  expect(faults).toEqual([])
})

it('has the files for editing made of a finished video, and gives them to who wants them', async () => {
  const { core } = program()
  const draftId = await program().ready()
  const { render } = await finishDraft(core, draftId, (await program().load(draftId)).draft.workspace)
  await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { outputDuration: null })
  const { page, faults } = await open(`${await web()}/draft/${draftId}`)
  await page.getByRole('button', { name: 'Make the files for editing' }).click()
  const link = page.getByRole('link', { name: 'Files for editing (ZIP)' })
  await link.waitFor()
  expect(await page.getByRole('button', { name: 'Make the files for editing' }).count()).toBe(0)
  const download = page.waitForEvent('download')
  await link.click()
  expect((await download).suggestedFilename()).toMatch(/\.zip$/)
  expect(faults).toEqual([])
})

it('speaks Korean, fits on a phone, and keeps still for those who want it so', async () => {
  const { page, panel } = await opened(
    { locale: 'ko', words: wordsFor('ko') },
    { viewport: { width: 390, height: 844 }, hasTouch: true, reducedMotion: 'reduce' },
  )
  const found = vi.spyOn(footage(), 'search').mockImplementation(movingFirst)
  await panel.getByRole('button', { name: '다른 배경 영상 보기' }).click()
  await panel.locator('.footage-tile').nth(3).waitFor()
  found.mockRestore()
  await panel.locator('.footage-tile').first().focus()
  await page.waitForTimeout(300)
  expect(await panel.locator('.footage-tile video').count()).toBe(0)
  expect(await page.evaluate(TOO_WIDE)).toEqual([])
  // Only names and what people have written are left in English.
  const text = (await panel.locator('button, label, h3, .hint').allTextContents()).join(' ')
  expect(text.replace(/Picture \d|Author \d/g, '')).not.toMatch(/[A-Za-z]{3}/)
  expect(await barriers(page)).toEqual([])
})

/** A fake Google next to the program for one test, with no channel linked yet. */
async function withYouTube() {
  const google = await quickGoogle()
  const { core } = program()
  const { platforms } = core
  core.platforms = platformsFor(loadSettings(google.env), core.clock)
  onTestFinished(async () => {
    core.platforms = platforms
    await core.db.fork().nativeDelete(AccountEntity, {})
  })
  return google
}

it('uploads a finished video to YouTube, says what is wrong at its field, and changes it there', async () => {
  const google = await withYouTube()
  const { core } = program()
  const draftId = await program().ready()
  const { draft } = await program().load(draftId)
  await finishDraft(core, draftId, draft.workspace)
  const { page, faults } = await open(`${await web()}/draft/${draftId}`)
  const section = page.locator('#youtube')
  const dialog = page.getByRole('dialog')
  const begin = section.getByRole('button', { name: 'Upload to YouTube' })
  const submit = dialog.getByRole('button', { name: 'Upload', exact: true })
  await section
    .getByText('Someone who manages this workspace can link one with /draft account link.')
    .waitFor()
  expect(await begin.count()).toBe(0)
  await linkChannel(program(), google)
  core.events.changed(draftId)
  await begin.click()
  // The same proposals as in the chats, and nothing is declared on the person's behalf.
  expect(await dialog.getByLabel('Title').inputValue()).toBe(draft.title)
  expect(await dialog.getByLabel('Who can see it').inputValue()).toBe('private')
  expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0)
  await submit.click()
  await dialog.getByRole('alert').getByText('Choose one.').waitFor()
  // After an error, keyboard focus is on the field it is about.
  await page.keyboard.press('Space')
  await dialog.getByLabel('Title').fill('Tea > coffee')
  await page.keyboard.press('Enter')
  await dialog.locator('#upload-title-error').getByText('cannot contain < or >').waitFor()
  expect(await page.evaluate('document.activeElement.id')).toBe('upload-title')
  await dialog.getByLabel('Description').fill('차'.repeat(1700))
  expect(await dialog.locator('.is-over').allTextContents()).toEqual(['5,100 of 5,000 bytes'])
  await dialog.getByLabel('Description').fill('Leaves.')
  await dialog.getByLabel('Title').fill('Tea at last')
  expect(await barriers(page)).toEqual([])

  google.fault = ({ method }) => (method === 'PUT' ? { kind: 'silence' } : null)
  await submit.click()
  await section.getByRole('progressbar', { name: 'percent uploaded' }).waitFor()
  await section.getByRole('button', { name: 'Cancel upload' }).click()
  await section.getByText('The upload was cancelled.').waitFor()
  google.fault = null
  await begin.click()
  await dialog.getByLabel('Title').fill('Tea at last')
  await dialog.getByLabel('Not made for kids, no realistic AI scenes').check()
  await submit.click()
  const link = section.getByRole('link', { name: 'Watch on YouTube' })
  await link.waitFor()
  // The button that opened the form is gone by now.
  const focused = () => page.evaluate('document.activeElement.id')
  expect(await focused()).toBe('youtube')
  const [video] = google.world.videos
  expect(await link.getAttribute('href')).toBe(`https://youtu.be/${video?.id}`)
  expect(video?.status).toMatchObject({ privacyStatus: 'private', selfDeclaredMadeForKids: false })

  // An error that arrives after the form was closed is shown all the same; a success leaves the form alone that is open by then.
  const message = page.locator('.messages')
  for (const end of ['abort', 'continue'] as const) {
    await section.getByRole('button', { name: 'Update details' }).click()
    await dialog.getByLabel('Title').fill('Tea, late')
    const release = await hold(page, '**/uploads/**')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Update details')
    if (end === 'continue') await section.getByRole('button', { name: 'Update details' }).click()
    if (end === 'continue') await dialog.getByLabel('Title').fill('Tea by Ann')
    await release(end)
    const role = end === 'abort' ? 'alert' : 'status'
    await message
      .getByRole(role)
      .getByText(end === 'abort' ? 'cannot be reached' : 'is updated')
      .waitFor()
  }
  expect(video?.snippet.title).toBe('Tea, late')

  // In Korean, on a phone, Ben is faster.
  const korean = { locale: 'ko', words: wordsFor('ko'), actor: BEN }
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, timezoneId: 'Asia/Seoul' }
  const ben = await open(`${await web(korean)}/draft/${draftId}`, phone)
  await ben.page.getByRole('button', { name: '정보 수정' }).click()
  const form = ben.page.getByRole('dialog')
  await form.getByLabel('제목').fill('차')
  await form.getByLabel('공개 시각').fill('2100-02-01T03:00')
  expect(await ben.page.evaluate(TOO_WIDE)).toEqual([])
  const text = (await form.locator('h2, label, .hint, button').allTextContents()).join(' ')
  expect(text.replaceAll('YouTube', '')).not.toMatch(/[A-Za-z]{3}/)
  await form.getByRole('button', { name: '저장' }).click()
  await ben.page.locator('#youtube').getByText('2100. 2. 1. 오전 3:00에 공개').waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('button', { name: 'Use mine' }).click()
  await vi.waitUntil(() => video?.snippet.title === 'Tea by Ann', PATIENCE)
  // Ann hasn't touched the schedule, so Ben's stays.
  expect(video?.status).toMatchObject({ privacyStatus: 'private', publishAt: '2100-01-31T18:00:00.000Z' })

  await dialog.waitFor({ state: 'hidden' })
  await section.getByRole('button', { name: 'Make public' }).click()
  const release = await hold(page, '**/uploads/**')
  await dialog.getByRole('button', { name: 'Make public' }).click()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await release('abort')
  await message.getByRole('alert').getByText('cannot be reached').waitFor()
  await section.getByRole('button', { name: 'Make public' }).click()
  await dialog.getByText('Anyone will be able to find and watch').waitFor()
  await dialog.getByRole('button', { name: 'Make public' }).click()
  await section.getByText('Public', { exact: true }).waitFor()
  await dialog.waitFor({ state: 'hidden' })
  expect(await focused()).toBe('youtube')
  expect(video?.status).toMatchObject({ privacyStatus: 'public' })
  // Screen readers announce what appears in an element that was there before.
  const expiring = await page.locator('.expiring[role="status"]').elementHandle()
  // Its access has expired, and the draft will be removed soon.
  const told = { expiryNoticeAt: new Date() }
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, told)
  await core.db
    .fork()
    .nativeUpdate(AccountEntity, {}, { problem: storedFailure(new UserError('access_ended')) })
  core.events.changed(draftId)
  await page.getByText('Nobody has edited this draft for a while.').waitFor()
  expect(await expiring?.textContent()).toContain('Nobody has edited')
  await section.getByText('Link the channel again with /draft account link.').waitFor()
  expect([...faults, ...ben.faults]).toEqual([])
})
