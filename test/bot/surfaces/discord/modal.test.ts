import { describe, expect, test } from 'vitest'
import { modalOf } from '../../../../src/bot/surfaces/discord/modal.ts'
import { createForm } from '../../../../src/bot/view/forms.ts'
import type { FormView } from '../../../../src/bot/view/types.ts'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { formErrors } from '../../../servers/discord/checks/form-errors.ts'
import { checkModal } from '../../../servers/discord/checks/modal.ts'

/** The modal, after Discord's own checks. */
function checked(form: FormView) {
  const modal = modalOf(form)
  const errors = formErrors(['data'])
  checkModal(errors, { ...modal })
  errors.refuseIfAny()
  return modal
}

const LONG = 'w'.repeat(500)

describe('a form as a modal', () => {
  test('everything that is too long is shortened, but not what was typed', () => {
    const text = 'Die Biene — '.repeat(300)
    const modal = checked({
      action: 'edit:draft:1:1',
      title: LONG,
      submit: LONG,
      fields: [
        {
          type: 'text',
          id: 'text',
          label: LONG,
          hint: LONG,
          placeholder: LONG,
          value: text,
          maxLength: 20_000,
          multiline: true,
          required: true,
        },
        { type: 'text', id: 'line', label: 'Line', value: 'one\ntwo', maxLength: 20 },
        {
          type: 'select',
          id: 'music',
          label: 'Music',
          value: 'b',
          options: [
            { value: 'a', label: LONG },
            { value: 'b', label: 'B' },
          ],
        },
      ],
    })
    expect(modal).toMatchObject({
      components: [
        { component: { value: text, max_length: 4000, required: true, style: 2 } },
        { component: { value: 'one two', max_length: 20, required: false, style: 1 } },
        { component: { options: [{ value: 'a' }, { value: 'b', default: true }] } },
      ],
    })
  })

  test('of a form with more fields than Discord shows the first five are shown', () => {
    const modal = checked(createForm(wordsFor('ko'), { topic: '벌' }))
    expect(modal.components).toHaveLength(5)
    expect(modal).toMatchObject({
      components: [{ component: { custom_id: 'topic', value: '벌' } }, {}, {}, {}, {}],
    })
  })

  test('an empty value is left out, and a value beyond the limit does not break the form', () => {
    const modal = checked({
      action: 'a',
      title: 'T',
      submit: 'S',
      fields: [
        { type: 'text', id: 'empty', label: '', value: '', maxLength: 10 },
        { type: 'text', id: 'long', label: 'L', value: 'x'.repeat(6000), maxLength: 6000, multiline: true },
      ],
    })
    expect(modal.components[0]).not.toHaveProperty('component.value')
    expect(modal).toMatchObject({ components: [{}, { component: { value: `${'x'.repeat(3999)}…` } }] })
  })
})
