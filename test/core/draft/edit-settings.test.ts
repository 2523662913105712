import { describe, expect, it } from 'vitest'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { StaleEditError } from '../../../src/core/model/errors.ts'
import { BEN } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

const program = sharedProgram()

async function ready() {
  const { core, load, ready } = program()
  const draftId = await ready()
  return { core, draftId, scope: scope(draftId), load: () => load(draftId) }
}

describe('the settings of a draft', () => {
  it('change together, are cleaned, and leave the assets alone', async () => {
    const { core, scope, load } = await ready()
    const before = await load()
    const changed = await editSettings(core, scope, {
      title: '  A better\ntitle ',
      description: 'One line.\r\n\r\nAnother. ',
      tags: ['#Tea', ' tea ', 'Tea', '', '#'],
      template: 'news',
      mood: 'happy',
      volume: 33.4,
    })
    expect(changed).toBe(true)
    const { draft, segments } = await load()
    expect(draft).toMatchObject({
      title: 'A better title',
      description: 'One line.\n\nAnother.',
      tags: ['Tea', 'tea'],
      template: 'news',
      musicMood: 'happy',
      musicVolume: 33,
      status: 'assets_ready',
      settingsEditedByName: 'Ann',
    })
    expect(segments).toEqual(before.segments)
  })

  it('make no revision when nothing is different', async () => {
    const { core, scope, load } = await ready()
    const { draft } = await load()
    const { title, description, tags, template } = draft
    expect(await editSettings(core, scope, { title: `${title} `, description, tags, template })).toBe(false)
    expect((await load()).draft).toEqual(draft)
  })

  it('are not changed by somebody who has not seen the newest, nor held up by edits of segments', async () => {
    const { core, draftId, scope: ann, load } = await ready()
    const seen = (await load()).draft.settingsVersion
    await editSettings(core, ann, { title: 'By Ann' }, seen)
    const stale = await editSettings(core, scope(draftId, BEN), { title: 'By Ben' }, seen).catch(
      (error) => error,
    )
    expect(stale).toBeInstanceOf(StaleEditError)
    expect(stale.changedBy).toBe('Ann')
    const { draft } = await load()
    expect(draft.title).toBe('By Ann')
    expect(await editSettings(core, scope(draftId, BEN), { title: 'By Ben' }, draft.settingsVersion)).toBe(
      true,
    )
  })

  it('have every segment spoken again for another speaking rate', async () => {
    const { core, scope, load, draftId } = await ready()
    const { queue, fakes } = program()
    const spoken = fakes.spoken.length
    const before = (await load()).segments
    await editSettings(core, scope, { voiceSpeed: 2 })
    expect((await load()).draft.status).toBe('editing')
    await queue.idle(draftId)
    const { draft, segments } = await load()
    expect(draft.status).toBe('assets_ready')
    expect(fakes.spoken.slice(spoken).toSorted()).toEqual(before.map(({ text }) => text).toSorted())
    for (const [index, { ttsDuration }] of segments.entries())
      expect(ttsDuration).toBeLessThan(before[index]?.ttsDuration ?? 0)
  })

  it.each([
    ['an empty title', { title: ' ' }, 'text_empty'],
    ['a long title', { title: 'x'.repeat(101) }, 'text_too_long'],
    ['a long description', { description: 'x'.repeat(2001) }, 'text_too_long'],
    ['16 tags', { tags: Array.from({ length: 16 }, (_, index) => `tag ${index}`) }, 'too_many_tags'],
    ['a tag of 31 characters', { tags: ['x'.repeat(31)] }, 'too_many_tags'],
    ['an unknown template', { template: 'baroque' }, 'not_a_choice'],
    ['an unknown mood', { mood: 'grim' }, 'not_a_choice'],
    ['a volume of -1', { volume: -1 }, 'number_out_of_range'],
    ['a volume of 101', { volume: 101 }, 'number_out_of_range'],
    ['a speaking rate of 3', { voiceSpeed: 3 }, 'number_out_of_range'],
    ['a title of nulls', { title: 'a\0\0\0\0b' }, 'text_has_control_characters'],
  ])('refuse %s', async (_name, change, code) => {
    const { core, scope, load } = await ready()
    const { draft } = await load()
    await expect(editSettings(core, scope, { ...change })).rejects.toMatchObject({ name: 'UserError', code })
    expect((await load()).draft).toEqual(draft)
  })

  it('cannot be changed from another workspace', async () => {
    const { core, draftId } = await ready()
    await expect(editSettings(core, scope(draftId, BEN, 'test:2'), { title: 'Mine' })).rejects.toMatchObject({
      code: 'draft_not_found',
    })
  })
})
