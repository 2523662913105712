import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterEach, expect, it } from 'vitest'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { presetOf, savePreset } from '../../../src/core/draft/preset.ts'
import { draftFiles } from '../../../src/core/draft/references.ts'
import { reopenDraft } from '../../../src/core/draft/render.ts'
import { endingOf } from '../../../src/core/draft/storyboard.ts'
import { ProviderError, StaleEditError } from '../../../src/core/model/errors.ts'
import { END_CARD, ENDING } from '../../../src/core/model/formats.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()
const words = (callToAction: string) => ({ callToAction, logo: null, withoutLogo: false })
const by = { place: PLACE, actor: ANN }

// A brand is in every later draft of the workspace.
afterEach(async () => {
  await savePreset(program().core, by, { ...words(''), withoutLogo: true })
})

it('is in every film that is not finished, and in a finished one when it is opened again', async () => {
  const { core, ready } = program()
  const open = await ready()
  const finished = await ready()
  const draft = (draftId: string) => core.db.fork().findOneOrFail(DraftEntity, { draftId })
  await core.db.fork().nativeUpdate(DraftEntity, { draftId: finished }, { status: 'finalized' })
  const picture = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const logo = (file: string) => writeFile(file, picture)
  expect(await savePreset(core, by, { ...words('Follow us'), logo })).toBe(true)
  const { logo: kept } = await presetOf(core, PLACE.workspace)
  const brand = { callToAction: 'Follow us', logo: kept }
  expect(await draft(open)).toMatchObject({ brand, endCard: true })
  expect(await draft(finished)).toMatchObject({ brand: null })
  expect(endingOf(await draft(open))).toBe(END_CARD)
  // Drafts started from now on have it too, and a backup includes the logo.
  const later = await ready()
  expect(await draft(later)).toMatchObject({ brand })
  expect(await draftFiles(core.db.fork())).toContain(kept)
  await reopenDraft(core, scope(finished))
  expect(await draft(finished)).toMatchObject({ brand })
  // One film opts out.
  expect(await editSettings(core, scope(open), { endCard: false })).toBe(true)
  expect(endingOf(await draft(open))).toBe(ENDING)
  // Saving the same preset again changes nothing, and removing both parts removes the preset.
  expect(await savePreset(core, by, words('Follow us'))).toBe(false)
  expect(await savePreset(core, by, { ...words(''), withoutLogo: true })).toBe(true)
  expect(await draft(open)).toMatchObject({ brand: null, endCard: false })
})

it('is not changed by somebody who has not seen the newest, by words that cannot be shown, or by a picture that does not come', async () => {
  const { core } = program()
  const { version } = await presetOf(core, PLACE.workspace)
  await savePreset(core, { place: PLACE, actor: BEN }, words('Ours'), version)
  await expect(savePreset(core, by, words('Mine'), version)).rejects.toBeInstanceOf(StaleEditError)
  await expect(savePreset(core, by, words('🐝🐝'))).rejects.toMatchObject({ code: 'call_to_action_letters' })
  await expect(savePreset(core, by, words('x'.repeat(61)))).rejects.toMatchObject({ code: 'text_too_long' })
  const lost = async () => {
    throw new ProviderError('discord', 'too_large', 'It is larger than allowed.')
  }
  const picture = { ...words('Mine'), logo: lost }
  await expect(savePreset(core, by, picture)).rejects.toMatchObject({ code: 'logo_not_fetched' })
  expect(await presetOf(core, PLACE.workspace)).toMatchObject({ callToAction: 'Ours', logo: null })
})
