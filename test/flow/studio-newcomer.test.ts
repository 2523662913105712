import { expect, it } from 'vitest'
import { testProgram } from '../factories/program.ts'
import { blocks, drag, sharedBrowser } from '../factories/studio.ts'
import { localWebOf } from '../factories/web.ts'
import { fakeProviders } from '../fakes/providers.ts'

const open = sharedBrowser()

it('lets a newcomer make, edit, reorder, play and render a film with nothing set up but a browser', async () => {
  const fakes = fakeProviders(['Bees dance.', 'The dance is a map.', 'Others follow it.'])
  fakes.pace = 12
  const program = await testProgram({ fakes, rendersAhead: true })
  const { page, faults } = await open(await localWebOf(program), { isNew: true })

  // The link's page has a sign-in button, which leads to the form.
  await page.getByRole('button').click()
  await page.getByLabel('Topic', { exact: true }).fill('Why bees dance')
  await page.getByText('Square 1:1').click()
  await page.getByRole('button', { name: 'Create draft' }).click()
  await page.waitForURL(/\/draft\/draft_/)
  await page.getByRole('heading', { level: 1, name: 'Why bees dance' }).waitFor()
  await page.getByText('Ready to render').first().waitFor()
  expect(await blocks(page)).toEqual(['Bees dance.', 'The dance is a map.', 'Others follow it.'])

  // Texts are edited in the panel.
  await page.locator('.block-main').nth(1).click()
  await page.getByLabel('Narration').fill('It is a map.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => blocks(page)).toEqual(['Bees dance.', 'It is a map.', 'Others follow it.'])

  // A block is dragged behind the last one.
  await drag(page, 0, 2)
  await expect.poll(() => blocks(page)).toEqual(['It is a map.', 'Others follow it.', 'Bees dance.'])

  // It plays to its end before any render.
  await page.getByText('Ready to render').first().waitFor()
  const playhead = page.getByRole('slider', { name: 'Playhead' })
  await playhead.focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => playhead.getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(0.8)

  await page.getByRole('button', { name: 'Render' }).click()
  await page.getByRole('progressbar').waitFor()
  // Not PATIENCE: three segments are rendered, beside whatever else this machine does.
  await page.getByRole('heading', { name: 'Your video' }).waitFor({ timeout: 100_000 })
  const video = await page.getByRole('link', { name: 'Video (MP4)' }).getAttribute('href')
  const bytes = await page.request.get(new URL(video ?? '', page.url()).href)
  expect(bytes.headers()['content-type']).toBe('video/mp4')
  expect((await bytes.body()).subarray(4, 8).toString()).toBe('ftyp')
  await page.getByRole('button', { name: 'Make changes' }).click()
  await page.getByRole('button', { name: 'Render' }).waitFor()
  expect(faults).toEqual([])
})
