import { describe, expect, it } from 'vitest'
import { keepForm } from '../../../src/bot/handlers/kept-forms.ts'
import { decodeAction, encodeAction, type Verb } from '../../../src/bot/view/action-id.ts'
import { desk, filled, readyDraft } from '../../factories/desk.ts'
import { sharedProgram } from '../../factories/program.ts'
import { statementsOf } from '../../factories/statements.ts'
import { fakeChat, fakeRequest } from '../../fakes/chat.ts'

const program = sharedProgram()

// Platforms allow three seconds for a form, most of which the network and a busy machine take.
it.each<[Verb, number]>([
  ['create_form', 0],
  // One to check permission.
  ['edit_form', 2],
  ['add_form', 1],
  ['insert_form', 2],
  ['rewrite_form', 2],
  ['settings_form', 3],
  ['look_form', 2],
])('opens a form with few reads of the database: %s with %i', async (verb, reads) => {
  const { draftId, segment } = await readyDraft(program)
  const { press } = desk(program)
  await program().threads.settled()
  const counted = statementsOf(program())
  const { form } = await press(
    encodeAction(verb, draftId, verb === 'add_form' ? 0 : segment.id, segment.version),
  )
  expect([form === undefined, counted.length]).toEqual([false, reads])
})

describe('Edit again', () => {
  async function kept(verb: Verb, isAboutSegment: boolean) {
    const { draftId, segment } = await readyDraft(program)
    const segmentId = isAboutSegment ? segment.id : 0
    const { press } = desk(program)
    const { request } = fakeRequest(fakeChat(), {})
    const typed = {
      text: 'Typed.',
      title: 'Typed.',
      instruction: 'Typed.',
      topic: 'Typed.',
      template: 'news',
    }
    const id = await keepForm(program().bot, request, encodeAction(verb, draftId, segmentId), typed)
    await program().threads.settled()
    return { draftId, segmentId, id, press }
  }

  // One each for the submitted values, the permission and the subject.
  it.each<[Verb, boolean, number]>([
    ['edit', true, 3],
    ['rewrite', true, 3],
    ['add', true, 3],
    ['add', false, 2],
    ['settings', false, 4],
    ['create', false, 1],
  ])(
    'opens the form with the typed words: %s (of a segment: %s), with %i reads',
    async (verb, isOf, reads) => {
      const { draftId, segmentId, id, press } = await kept(verb, isOf)
      const counted = statementsOf(program())
      const { form } = await press(encodeAction('again', draftId, segmentId, id))
      expect(counted.length).toBe(reads)
      expect(Object.values(filled(form))).toContain(verb === 'render' ? 'news' : 'Typed.')
      expect(decodeAction(form?.action ?? '')).toMatchObject({ verb, segmentId })
    },
  )

  it('opens it from a button of an earlier version as well, which did not name the segment', async () => {
    const { draftId, segmentId, id, press } = await kept('edit', true)
    const { form } = await press(encodeAction('again', draftId, 0, id))
    expect(filled(form).text).toBe('Typed.')
    expect(decodeAction(form?.action ?? '')).toMatchObject({ verb: 'edit', segmentId })
  })
})
