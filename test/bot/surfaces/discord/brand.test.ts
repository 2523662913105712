import sharp from 'sharp'
import { expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { sweepUnused } from '../../../../src/core/pipeline/sweep.ts'
import { discordBot, readable } from '../../../factories/discord.ts'

const EN = wordsFor('en')
const { form: FORM } = EN

test('a manager gives the workspace a logo and a call to action, all open films end with them, and one leaves them out', async () => {
  const bot = await discordBot()
  const { draftId, top } = await bot.create()
  const before = lengthOf(readable(top()))
  const boss = bot.discord.user('boss', { add: ['ManageGuild'] })
  const { core } = bot.program
  const brand = async () =>
    (await core.db.fork().execute('select brand from drafts where draft_id = ?', [draftId]))[0]?.brand

  const form = await boss.command('draft settings').modal()
  const wrong = boss.sendFile('logo.png', Buffer.from('%PDF-1.7 no picture'))
  const [refusal] = await boss.submit(form, { [FORM.logo]: wrong }).privateMessages()
  expect(readable(refusal ?? fail())).toContain('The logo cannot be used: it is a design file')
  expect(await brand()).toBe(null)

  const square = { width: 200, height: 200, channels: 4, background: '#d02040' } as const
  const picture = await sharp({ create: square })
    .withExif({ IFD0: { Copyright: 'someone' } })
    .png()
    .toBuffer()
  const logo = boss.sendFile('logo.png', picture)
  const again = await boss.command('draft settings').modal()
  const sent = boss.submit(again, { [FORM.callToAction]: ' Follow  @acme ', [FORM.logo]: logo })
  expect(readable((await sent.privateMessages())[0] ?? fail())).toContain(EN.private.brandSaved)
  await bot.settle(draftId)
  const kept = JSON.parse(await brand())
  expect(kept).toEqual({ callToAction: 'Follow @acme', logo: expect.stringMatching(/^logos\/.+\.png$/) })
  // The picture is decoded and encoded again: nothing hidden in the file survives.
  const stored = await core.store.withLocalFile(kept.logo, (file) => sharp(file).metadata())
  expect(stored).toMatchObject({ format: 'png', width: 200, height: 200 })
  expect(stored.exif).toBe(undefined)
  expect(lengthOf(readable(top()))).toBeCloseTo(before + 0.5)
  // Files that only the brand refers to are not leftovers; unreferenced files are.
  await sweepUnused(core.db, core.store, Date.now() + 1000)
  expect(await core.store.has(kept.logo)).toBe(true)

  // The film can opt out; Settings offers this where there is a brand.
  const settings = await bot.ann.press(top(), 'Settings').modal()
  const more = (await bot.ann.submit(settings, {}).privateMessages()).at(-1)
  const rest = await bot.ann.press(more ?? fail(), EN.buttons.changeLook).modal()
  bot.ann.submit(rest, { [FORM.endCard]: FORM.endCardOff })
  await bot.discord.until(() => Math.abs(lengthOf(readable(top())) - before) < 0.05, 'the old length')
  await bot.settle(draftId)

  const last = await boss.command('draft settings').modal()
  expect(last.text).toContain(`${FORM.callToAction}: Follow @acme`)
  const away = boss.submit(last, { [FORM.callToAction]: '', [FORM.keptLogo]: FORM.keptLogoNo })
  expect(readable((await away.privateMessages())[0] ?? fail())).toContain(EN.private.brandRemoved)
  await bot.settle(draftId)
  expect(await brand()).toBe(null)
  await sweepUnused(core.db, core.store, Date.now() + 1000)
  expect(await core.store.has(kept.logo)).toBe(false)
})

/** Seconds shown by the top message. */
function lengthOf(text: string): number {
  const [, seconds] = /([\d.]+) s(?:ec|\b)/.exec(text) ?? []
  return Number(seconds)
}

function fail(): never {
  throw new Error('There is no answer.')
}
