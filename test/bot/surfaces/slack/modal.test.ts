import { describe, expect, it } from 'vitest'
import { formValuesOf, modalOf } from '../../../../src/bot/surfaces/slack/modal.ts'
import { createForm } from '../../../../src/bot/view/forms.ts'
import type { FormView } from '../../../../src/bot/view/types.ts'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { initialValues } from '../../../servers/slack/form.ts'
import { checkModal } from '../../../servers/slack/validate.ts'

const words = wordsFor('en')

function accepted(form: FormView) {
  const checked = checkModal(modalOf(form, words, '{}'), () => true)
  expect(checked.complaints).toBeUndefined()
  if (!checked.value) throw new Error('refused')
  return checked.value
}
/** The values sent when a person submits the form unchanged. */
const sentBack = (form: FormView) => formValuesOf(initialValues(accepted(form).blocks))

describe('forms for Slack', () => {
  it('asks for everything a new draft can have, in every language', () => {
    for (const locale of ['en', 'ko']) {
      const form = createForm(wordsFor(locale), { topic: 'Tea' })
      const { blocks } = accepted(form)
      expect(blocks.map(({ block_id }) => block_id)).toEqual(form.fields.map(({ id }) => id))
      expect(sentBack(form)).toMatchObject({ topic: 'Tea', script: '', format: 'shorts', music: 'calm' })
    }
  })

  it.each([
    ['a line break', '고래가 노래합니다.\n'.repeat(500)],
    ['a space', 'Whales sing in the deep. '.repeat(300).trim()],
    ['nothing', 'x'.repeat(7001)],
    ['half an emoji', '🐋'.repeat(4000)],
    ['many parts', 'One sentence of a long script.\n'.repeat(640).slice(0, 19_990)],
  ])('divides a script at %s into fields that together hold all of it', (_at, script) => {
    const form = createForm(words, { script: script.trim() })
    const { blocks } = accepted(form)
    const parts = blocks.filter(({ block_id }) => block_id?.startsWith('script'))
    expect(parts.length).toBeGreaterThan(1)
    expect(sentBack(form).script).toBe(script.trim())
  })

  it('puts the parts of a text together by their numbers, in whatever order they come', () => {
    const part = (value: string) => ({ value: { type: 'plain_text_input', value } })
    const state = {
      'script~10s': part('ten'),
      'script~2n': part('two'),
      topic: part('Tea'),
      script: part('one'),
      'script~3': part('three'),
    }
    expect(formValuesOf(state)).toEqual({ script: 'one\ntwothree ten', topic: 'Tea' })
  })

  it('says that a field holds less than a script may have', () => {
    const script = accepted(createForm(words)).blocks.find(({ block_id }) => block_id === 'script')
    expect(JSON.stringify(script)).toMatch(/Up to 3000 characters fit here/)
    expect(script).toMatchObject({ element: { max_length: 3000 } })
  })

  it('keeps titles within 24 characters and values within their fields', () => {
    const form: FormView = {
      action: 'edit:d:1:2',
      title: 'A title that is much longer than Slack allows',
      submit: 'Save everything that was typed here',
      fields: [
        { type: 'text', id: 'a', label: 'A', value: 'two\nlines', maxLength: 5 },
        { type: 'select', id: 'b', label: 'B', value: 'gone', options: [{ value: 'x', label: 'X' }] },
      ],
    }
    const modal = accepted(form)
    expect(modal.title.text).toBe('A title that is much lo…')
    expect(sentBack(form)).toEqual({ a: 'two lines', b: '' })
  })
})
