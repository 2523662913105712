import { describe, expect, it } from 'vitest'
import { numberOf, segmentChangeOf, settingsChangeOf } from '../../../src/bot/handlers/form-values.ts'
import { decodeAction } from '../../../src/bot/view/action-id.ts'
import { type ApprovalSettings, approvalsForm } from '../../../src/bot/view/approval-fields.ts'
import {
  createForm,
  languageForm,
  lookForm,
  newSegmentForm,
  rewriteForm,
  segmentForm,
  settingsForm,
} from '../../../src/bot/view/forms.ts'
import { shorten } from '../../../src/bot/view/shorten.ts'
import type { FormView } from '../../../src/bot/view/types.ts'
import { uploadDetailsForm, uploadForm } from '../../../src/bot/view/upload-form.ts'
import { pronunciationForm } from '../../../src/bot/view/workspace-form.ts'
import { en } from '../../../src/bot/words/en.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import { cleanSettings, settingsDifferences } from '../../../src/core/draft/edit-settings.ts'
import { draftRow, segmentRow } from '../../factories/rows.ts'

const values = ({ fields }: FormView) => Object.fromEntries(fields.map(({ id, value }) => [id, value]))

const NONE: ApprovalSettings = { needed: 0, role: null, roles: null }
const EDITORS: ApprovalSettings = {
  needed: 2,
  role: { id: '7', name: 'Editors' },
  roles: [
    { id: '7', name: 'Editors' },
    { id: '8', name: 'Interns' },
  ],
}

const PRESET = { logo: 'logos/aa/aa.png', callToAction: 'Follow us', version: 3 }

describe('forms', () => {
  it('of a segment are filled in with what is there, and come back as the same', () => {
    const segment = segmentRow({ version: 7, duration: 100 / 30, segmentIndex: 4 })
    const form = segmentForm(segment, en)
    expect(form.title).toBe('Edit segment 5')
    expect(decodeAction(form.action)).toMatchObject({ verb: 'edit', segmentId: 10, number: 7 })
    expect(values(form)).toEqual({ text: 'Words.', searchQuery: 'query', keyword: 'word', duration: '3.33' })
    expect(segmentChangeOf(values(form))).toEqual({
      ...{ text: 'Words.', searchQuery: 'query', keyword: 'word', duration: 3.33 },
    })
    expect(segmentChangeOf(values(segmentForm(segmentRow(), en)))).toMatchObject({ duration: null })
  })

  it('keep typed words over what is there', () => {
    const typed = { text: 'Typed.', duration: 'soon' }
    expect(values(segmentForm(segmentRow(), en, typed))).toMatchObject({ ...typed, keyword: 'word' })
    expect(values(newSegmentForm('d', null, en, { text: 'New.' }))).toEqual({
      text: 'New.',
      searchQuery: '',
      keyword: '',
    })
    expect(values(settingsForm(draftRow(), NONE, en, { title: '', music: 'happy' }))).toMatchObject({
      ...{ title: '', music: 'happy', template: 'clean' },
    })
    expect(values(createForm(en, { script: 'Mine.', format: 'square' }))).toMatchObject({
      ...{ script: 'Mine.', format: 'square', language: 'auto' },
    })
    expect(values(rewriteForm(segmentRow(), en, { instruction: 'calmer' }))).toEqual({
      instruction: 'calmer',
    })
  })

  it('of settings and render carry the version that was seen, and change nothing when sent as they are', () => {
    const draft = draftRow({
      settingsVersion: 9,
      tags: ['a', 'b c'],
      musicEnabled: false,
      description: 'x\n\ny',
    })
    for (const form of [settingsForm(draft, NONE, en), lookForm(draft, en)]) {
      expect(decodeAction(form.action)?.number).toBe(9)
      expect(settingsDifferences(draft, cleanSettings(settingsChangeOf(values(form))))).toEqual({})
    }
  })

  it('lose none of the settings where five fields are shown: the others have a form of their own', () => {
    const ids = ({ fields }: FormView) => fields.map(({ id }) => id)
    const others = [
      ...[lookForm(draftRow(), en), languageForm(draftRow(), en), approvalsForm(draftRow(), EDITORS, en)],
    ].flatMap(ids)
    for (const id of ids(settingsForm(draftRow(), EDITORS, en)).slice(5)) expect(others).toContain(id)
  })

  it('offer upload only where an account is connected, and never a choice of one', () => {
    const options = (accountId: number | null) => {
      const field = lookForm(draftRow({ accountId }), en).fields.find(({ id }) => id === 'upload')
      return field?.type === 'select' ? field.options.map(({ value }) => value) : []
    }
    expect(options(null)).toEqual([])
    expect(options(3)).toEqual(['no', 'plain', 'kids', 'synthetic', 'kids_synthetic'])
    for (const { fields } of [settingsForm(draftRow(), NONE, en), lookForm(draftRow(), en), createForm(en)])
      for (const field of fields)
        if (field.type === 'select') expect(field.options.length, field.id).toBeGreaterThan(1)
  })

  it('have titles and labels that fit a platform, in both languages', () => {
    for (const words of [en, ko]) {
      const segment = segmentRow({ segmentIndex: 99 })
      for (const form of [
        ...[segmentForm(segment, words), newSegmentForm('d', segment, words), rewriteForm(segment, words)],
        ...[settingsForm(draftRow(), EDITORS, words), approvalsForm(draftRow(), EDITORS, words)],
        ...[pronunciationForm({ entries: [], version: 0, preset: PRESET }, '', EDITORS, words)],
        ...[lookForm(draftRow({ accountId: 3 }), words), createForm(words)],
        ...[uploadForm(draftRow(), words), uploadDetailsForm({ draftId: 'd', number: 1 }, {}, words)],
      ]) {
        // Slack: 24 characters for a title; Discord: 45 for a label, and 100 for a hint.
        expect(form.title.length).toBeLessThanOrEqual(24)
        expect(form.submit.length).toBeLessThanOrEqual(24)
        for (const { label, hint } of form.fields) {
          expect(label.length).toBeLessThanOrEqual(45)
          expect((hint ?? '').length).toBeLessThanOrEqual(100)
        }
        expect(new Set(form.fields.map(({ id }) => id)).size).toBe(form.fields.length)
      }
    }
  })
})

describe('typed numbers', () => {
  it.each([
    ['12', 12],
    [' 12.5 ', 12.5],
    ['12,5', 12.5],
    ['30 %', 30],
    ['-3', -3],
  ])('%s', (typed, number) => {
    expect(numberOf('volume', typed)).toBe(number)
  })

  it.each(['', 'soon', '1e3', '12 minutes', '1.2.3', '٣', '0x10', 'Infinity'])('not “%s”', (typed) => {
    expect(() => numberOf('volume', typed)).toThrow(/must be a number from 0 to 100 percent/)
  })
})

describe('shortening', () => {
  it('keeps what fits, and cuts between characters', () => {
    expect(shorten('abc', 3)).toBe('abc')
    expect(shorten('abcd', 3)).toBe('ab…')
    expect(shorten('ab cd', 4)).toBe('ab…')
    expect(shorten('👍🏽👍🏽👍🏽', 9)).toBe('👍🏽👍🏽…')
    expect(shorten('한국어', 2)).toBe('한…')
  })
})
