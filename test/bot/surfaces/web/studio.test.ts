import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { editSegment } from '../../../../src/core/draft/edit-segment.ts'
import { AccountEntity } from '../../../../src/db/entities/account.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { barriers } from '../../../factories/axe.ts'
import { BEN } from '../../../factories/people.ts'
import { scope, sharedProgram } from '../../../factories/program.ts'
import { renderable } from '../../../factories/renderable.ts'
import { blocks, hold, sharedBrowser } from '../../../factories/studio.ts'
import { sharedWeb } from '../../../factories/web.ts'

const program = sharedProgram()
const open = sharedBrowser()
const web = sharedWeb(program)
const KOREAN = { locale: 'ko', words: wordsFor('ko') }
const TEXTS = ['One two three.', 'Four five six.', 'Seven eight nine.']

/** The page of a draft with its voices and footage. */
async function openDraft(...options: [Parameters<typeof web>[0]?, Parameters<typeof open>[1]?]) {
  const [who, how] = options
  const draftId = await program().ready()
  const studio = await open(`${await web(who)}/draft/${draftId}`, how)
  await studio.page.locator('.block').first().waitFor()
  return { draftId, ...studio }
}

/** Someone else changes a segment's text elsewhere; segments are counted from 0. */
async function benWrites(draftId: string, place: number, text: string): Promise<void> {
  const segment = (await program().load(draftId)).segments[place]
  await editSegment(program().core, scope(draftId, BEN), { segmentId: segment?.id ?? 0, change: { text } })
}

describe('the timeline', () => {
  it('is read and put in order by keyboard, and says so', async () => {
    const { page, draftId } = await openDraft()
    const spoken = () => page.locator('[aria-live="assertive"]').textContent()
    const focused = () =>
      page.evaluate<string>("document.activeElement?.querySelector('.unseen')?.textContent ?? ''")
    await page.locator('.block-main').first().focus()
    expect(await focused()).toMatch(/^Segment 1 of 3, .* s, .*One two three\.$/)
    await page.keyboard.press('Space')
    expect(await spoken()).toMatch(/^Picked up segment 1 of 3/)
    await page.keyboard.press('ArrowRight')
    expect(await spoken()).toBe('Position 2 of 3')
    await page.keyboard.press('End')
    await page.keyboard.press('Escape')
    expect(await blocks(page)).toEqual(TEXTS)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    expect(await spoken()).toBe('Put down at position 2 of 3.')
    const texts = async () => (await program().load(draftId)).segments.map(({ text }) => text)
    await expect.poll(texts).toEqual(['Four five six.', 'One two three.', 'Seven eight nine.'])
    await expect.poll(focused).toMatch(/^Segment 2 of 3, .*One two three\.$/)
    // It stays where the person is while others make changes.
    await benWrites(draftId, 0, 'Four is enough.')
    await expect.poll(() => blocks(page)).toEqual(['Four is enough.', 'One two three.', 'Seven eight nine.'])
    expect(await focused()).toMatch(/One two three\.$/)
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toMatch(/^Segment 3 of 3, .*Seven eight nine\.$/)
  })

  it('cuts, joins, adds and removes segments, and takes it all back', async () => {
    const { page } = await openDraft()
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await page
      .locator('.block-main')
      .first()
      .click({ position: { x: 30, y: 80 } })
    await button('Split at the playhead').click()
    await expect.poll(() => blocks(page)).toHaveLength(4)
    await button('Merge with next').click()
    await expect.poll(() => blocks(page)).toEqual(TEXTS)
    await button('Add segment').click()
    await page.getByRole('dialog').getByLabel('Narration').fill('And one.')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => blocks(page)).toEqual([TEXTS[0], 'And one.', TEXTS[1], TEXTS[2]])
    await button('Remove').click()
    await expect.poll(() => blocks(page)).toEqual(TEXTS)
    await page.getByRole('status').getByText('Segment 2 is removed. Undo brings it back.').waitFor()
    await button('Undo').click()
    await expect.poll(() => blocks(page)).toHaveLength(4)
    // An error that arrives after the form was closed is shown all the same.
    await button('Add segment').click()
    await page.getByRole('dialog').getByLabel('Narration').fill('And two.')
    const release = await hold(page, '**/segments')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await release('abort')
    await page.locator('.messages').getByRole('alert').getByText('cannot be reached').waitFor()
  })

  it('gives a segment another length by its edge, and asks where somebody was faster', async () => {
    const { page, draftId } = await openDraft()
    const edge = page.getByRole('slider', { name: 'Length of segment 1' })
    const length = async () => (await program().load(draftId)).segments[0]?.duration
    const box = await edge.boundingBox()
    if (!box) throw new Error('the first block has no edge')
    await page.mouse.move(box.x + box.width / 2, box.y + 60)
    await page.mouse.down()
    await page.mouse.move(box.x + 200, box.y + 60, { steps: 4 })
    await page.mouse.up()
    await expect.poll(length).toBeGreaterThan(1)
    const before = await length()
    // Someone else's edit arrives between the press and the request.
    await page.route(
      '**/segments/*',
      async (route) => {
        await benWrites(draftId, 0, 'One, two, three!')
        await route.continue()
      },
      { times: 1 },
    )
    await edge.focus()
    await page.keyboard.press('PageUp')
    const dialog = page.getByRole('dialog')
    await dialog.getByText("Ben's version").waitFor()
    expect(await length()).toBe(before)
    await dialog.getByRole('button', { name: 'Use mine' }).click()
    await expect.poll(length).toBeCloseTo((before ?? 0) + 5, 1)
    expect((await program().load(draftId)).segments[0]?.text).toBe('One, two, three!')
  })
})

it('says that it is offline, and catches up by itself', async () => {
  const { page, draftId } = await openDraft()
  await page.route('**/peaks*', (route) => route.fulfill({ status: 503, body: '{}' }))
  await page.reload()
  await page.waitForResponse((response) => response.status() === 503)
  const offline = page.getByText('You are offline.')
  await page.context().setOffline(true)
  await offline.waitFor()
  await benWrites(draftId, 2, 'Ten at last.')
  expect(await page.locator('.block svg.wave').count()).toBe(0)
  await page.unroute('**/peaks*')
  await page.context().setOffline(false)
  await offline.waitFor({ state: 'hidden' })
  await expect.poll(() => blocks(page)).toEqual(['One two three.', 'Four five six.', 'Ten at last.'])
  // Peaks that couldn't be fetched are fetched again, even though nothing has changed.
  for (const place of [0, 1, 2]) await page.locator('.block').nth(place).locator('svg.wave').waitFor()
})

it('lists drafts as they come and go, and deletes one for good', async () => {
  const origin = await web()
  const draftId = await program().ready()
  const { page, faults } = await open(origin)
  const card = page.locator(`a[href="/draft/${draftId}"]`)
  await card.click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const other = await open(origin)
  const there = await open(`${origin}/draft/${draftId}`)
  await there.page.locator('.block').first().waitFor()
  await other.page.locator(`a[href="/draft/${draftId}"]`).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await page.waitForURL(`${origin}/`)
  await card.waitFor({ state: 'detached' })
  await other.page.locator(`a[href="/draft/${draftId}"]`).waitFor({ state: 'detached' })
  await there.page.getByText('This draft does not exist').waitFor()
  expect(faults).toEqual([])
})

it('refuses a draft that there is not, in a sentence and with a way back', async () => {
  const { page } = await open(`${await web()}/draft/draft_20200101_000000_none`)
  await page.getByRole('heading', { name: 'This draft does not exist, or you cannot see it.' }).waitFor()
  await page.getByRole('link', { name: 'All drafts' }).click()
  await page.getByLabel('Topic', { exact: true }).waitFor()
})

describe.each([
  ['English', {}, 1280],
  ['Korean', KOREAN, 390],
] as const)('in %s', (_, who, width) => {
  const { form, buttons } = who === KOREAN ? KOREAN.words : wordsFor('en')

  it('has no serious barrier in either scheme, fits phones and desks, and speaks one language', async () => {
    const { page, faults } = await openDraft(who, {
      viewport: { width, height: 844 },
      reducedMotion: 'reduce',
    })
    await fits(page)
    await page.locator('.block-main').nth(1).click()
    await page.getByLabel(form.narration).waitFor()
    await fits(page)
    await page.getByRole('tab', { name: buttons.history }).click()
    await page.getByRole('button', { name: buttons.addSegment }).click()
    await fits(page)
    await page.setViewportSize({ width: 700, height: 1000 })
    await page.goto(new URL('/', page.url()).href)
    await page.locator('.draft-card').first().waitFor()
    await fits(page)
    const said = await page.locator('.create').innerText()
    const other = who === KOREAN ? /[A-Za-z]{3,}/ : /\p{Script=Hangul}/u
    expect(other.exec(said.replaceAll('Rushes', ''))).toBeNull()
    expect(faults).toEqual([])
  })
})

async function fits(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate('Promise.allSettled(document.getAnimations().map(({ finished }) => finished))')
    // Everything except colours is the same in both.
    const rules = colorScheme === 'dark' ? ", runOnly: ['color-contrast']" : ''
    expect(await barriers(page, `{ resultTypes: ['violations']${rules} }`)).toEqual([])
  }
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
}

it('changes the settings of a draft', async () => {
  const { page, draftId } = await openDraft()
  const form = await settingsIn(page)
  expect(await form.getByLabel('Upload', { exact: true }).count()).toBe(0)
  await form.getByLabel('Title').fill('Bees that dance')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.waitFor({ state: 'hidden' })
  expect((await program().load(draftId)).draft.title).toBe('Bees that dance')
  // A success that arrives late leaves the form alone that is open by then, an error is shown all the same.
  const again = async (title: string) => {
    await form.getByLabel('Title').fill(title)
    const release = await hold(page, '**/api/draft/*')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'hidden' })
    return release
  }
  await settingsIn(page)
  const save = await again('Bees that sing')
  await settingsIn(page)
  await form.getByLabel('Title').fill('Bees that hum')
  await save('continue')
  await expect.poll(async () => (await program().load(draftId)).draft.title).toBe('Bees that sing')
  await form.getByRole('button', { name: 'Save', disabled: false }).waitFor()
  expect(await form.getByLabel('Title').inputValue()).toBe('Bees that hum')
  const fail = await again('Bees that hum')
  await fail('abort')
  await page.locator('.messages').getByRole('alert').getByText('cannot be reached').waitFor()
})

it('chooses how the video of a draft goes to YouTube, where a channel is linked', async () => {
  const draftId = await program().ready()
  const em = program().core.db.fork()
  const now = new Date()
  const channel = { workspace: 'test:1', name: 'Bees', youtubeChannelId: 'UC1', encryptedCredentials: null }
  const accountId = await em.insert(AccountEntity, { ...channel, createdAt: now, updatedAt: now })
  // The form for new drafts offers all channels.
  onTestFinished(async () => void (await em.nativeDelete(AccountEntity, { id: accountId })))
  await em.nativeUpdate(DraftEntity, { draftId }, { accountId })
  const { page } = await open(`${await web()}/draft/${draftId}`)
  const choose = async (label: string) => {
    const form = await settingsIn(page)
    await form.getByLabel('Upload', { exact: true }).selectOption({ label })
    await form.getByRole('button', { name: 'Save' }).click()
    await form.waitFor({ state: 'hidden' })
  }
  const { form, upload } = wordsFor('en')
  await choose(form.uploadAs(upload.declaration.kids))
  expect((await program().load(draftId)).draft.uploadAfter).toBe('kids')
  await choose(form.uploadNo)
  expect((await program().load(draftId)).draft.uploadAfter).toBeNull()
})

async function settingsIn(page: Page) {
  await page.locator('.block').first().waitFor()
  await page.getByRole('tab', { name: 'Draft' }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  return page.getByRole('dialog')
}

it('shows how far a render is, and cancels it', async () => {
  const { fakes } = program()
  const { texts, onVoice } = fakes
  // The script is for this draft only.
  onTestFinished(() => void Object.assign(fakes, { texts, onVoice }))
  const { start, stuck, scope: where } = await renderable(program(), { lacksVoice: true })
  const arrived = await stuck()
  await start()
  await arrived()
  const { page } = await open(`${await web()}/draft/${where.draftId}`)
  await page.getByRole('progressbar', { name: /^Rendering, \d+ percent done$/ }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Render' }).waitFor()
})

it('loads at most 120 KB of script', async () => {
  const draftId = await program().ready()
  const origin = await web()
  const studio = await open('about:blank', { isNew: true })
  const scripts = new Map<string, Promise<Buffer>>()
  studio.page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? ''))
      scripts.set(response.url(), response.body())
  })
  await studio.page.goto(`${origin}/draft/${draftId}`)
  await studio.page.locator('.block-main').first().click()
  await studio.page.getByLabel('Narration').waitFor()
  const sizes = (await Promise.all(scripts.values())).map((body) => gzipSync(body).length)
  expect(sizes.length).toBeGreaterThan(20)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120 * 1024)
  // Nothing is loaded from elsewhere.
  expect([...scripts.keys()].every((url) => url.startsWith(origin))).toBe(true)
})

it('serves what the pages need, packed, and nothing else of the program', async () => {
  const origin = await web()
  const main = await fetch(`${origin}/studio/src/bot/surfaces/web/client/main.ts`)
  const { headers } = main
  expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual([
    'text/javascript; charset=utf-8',
    'gzip',
  ])
  const etag = headers.get('etag') ?? ''
  const again = await fetch(main.url, { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  const elsewhere = [
    ...['src/bot/words/en.ts', 'src/bot/surfaces/web/app.ts', 'src/bot/surfaces/web/client/tsconfig.json'],
    ...['src/bot/surfaces/web/client/%2e%2e/app.ts', 'fonts/%2e%2e/%2e%2e/package.json', 'words/fr.js'],
    ...['packages/..%2f..%2fpackage.json', 'src//etc/passwd', 'words/constructor.js'],
  ]
  for (const path of elsewhere)
    expect([path, (await fetch(`${origin}/studio/${path}`)).status]).toEqual([path, 404])
})
