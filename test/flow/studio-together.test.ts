import { expect, it } from 'vitest'
import { type DiscordBot, discordBot, readable } from '../factories/discord.ts'
import { blocks, drag, type Studio, sharedBrowser } from '../factories/studio.ts'
import { webOf } from '../factories/web.ts'
import { fakeProviders } from '../fakes/providers.ts'
import type { Message } from '../servers/discord/types.ts'

const open = sharedBrowser()

it('shows two browsers and a thread the same draft, whoever changes it', async () => {
  const fakes = fakeProviders(['One for all.', 'Two for tea.', 'Three for me.'])
  fakes.pace = 12
  const bot = await discordBot({ program: { fakes } })
  await webOf(bot.program, null)
  const draft = await bot.create({ options: { topic: 'Numbers', format: 'square' } })
  const ann = await fromThread(bot, 'ann', draft.controls())
  const ben = await fromThread(bot, 'ben', draft.controls())
  const all = () => [ann, ben].map(({ page }) => page)
  const inThread = () =>
    draft
      .messages()
      .map(readable)
      .filter((text) => /Segment \d/.test(text))

  for (const page of all()) {
    await expect.poll(() => page.getByRole('list', { name: 'Who is here' }).innerText()).toMatch(/A[\s\S]*B/i)
    expect(await blocks(page)).toEqual(['One for all.', 'Two for tea.', 'Three for me.'])
  }

  // From the thread into both browsers.
  const form = await bot.ben.press(draft.segment(1), 'Edit').modal()
  await bot.ben.submit(form, { Narration: 'One for nobody.' }).acknowledged()
  for (const page of all()) await expect.poll(async () => (await blocks(page))[0]).toBe('One for nobody.')

  // From one browser into the other and the thread.
  await drag(ann.page, 0, 2)
  const moved = ['Two for tea.', 'Three for me.', 'One for nobody.']
  for (const page of all()) await expect.poll(() => blocks(page)).toEqual(moved)
  await bot.settle(draft.draftId)
  expect(inThread()).toEqual(moved.map((text) => expect.stringContaining(text)))

  // One person undoes the other's change; the page says whose it was.
  await ben.page.keyboard.press('Control+z')
  await ben.page.getByRole('status').getByText("Undid: Ann's move of a segment to position 3.").waitFor()
  const before = ['One for nobody.', 'Two for tea.', 'Three for me.']
  for (const page of all()) await expect.poll(() => blocks(page)).toEqual(before)
  await ann.page.keyboard.press('Control+Shift+Z')
  for (const page of all()) await expect.poll(() => blocks(page)).toEqual(moved)
  await bot.settle(draft.draftId)
  expect(inThread()).toEqual(moved.map((text) => expect.stringContaining(text)))
  expect([ann.faults, ben.faults]).toEqual([[], []])
})

/** Opens the studio as a reader of the thread does: with its button, and the link that only they receive. */
async function fromThread(bot: DiscordBot, who: 'ann' | 'ben', message: Message): Promise<Studio> {
  const [told] = await bot[who].press(message, 'Studio').privateMessages()
  const link = /http:\/\/127\.0\.0\.1:\d+\/sign-in\/[\w-]+/.exec(JSON.stringify(told))?.[0]
  const studio = await open(link ?? 'about:blank', { isNew: true })
  await studio.page.getByRole('button').click()
  await studio.page.locator('.block').first().waitFor()
  return studio
}
