import type { DraftView } from '../../core/model/read-models.ts'
import { CATEGORIES, DECLARATIONS, PRIVACIES, USUAL_CATEGORY } from '../../core/model/upload-target.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import type { FormField, FormValues, FormView } from './types.ts'

/** The value for no upload in a draft's settings forms. */
export const NO_UPLOAD = 'no'

/**
 * Maximum characters of the fields: slightly more than the platform's limits, because its errors explain better what is too
 * long.
 */
const LONGEST = { title: 200, description: 3000, tags: 1000, publishAt: 40 }

/** The form of an upload. The chat platform may have no room for the last fields, which can also be set later. */
export function uploadForm(draft: DraftView, words: Words, typed: FormValues = {}): FormView {
  const { title, description, tags } = draft
  return {
    action: encodeAction('upload', draft.draftId),
    title: words.upload.form,
    submit: words.upload.submit,
    fields: [
      ...wordFields(words, { title, description, tags: tags.join(', '), ...typed }),
      privacyField(words, typed.privacy ?? 'private'),
      {
        ...{ type: 'select', id: 'declaration', label: words.upload.declare, value: typed.declaration ?? '' },
        required: true,
        options: DECLARATIONS.map((value) => ({ value, label: capital(words.upload.declaration[value]) })),
      },
      publishField(words, typed.publishAt ?? ''),
      categoryField(words, typed.category ?? USUAL_CATEGORY),
    ],
  }
}

/** A video that is on a platform, by the number of its upload. */
interface Uploaded {
  draftId: string
  number: number
}

/** What can be said differently of a video that is on a platform. `now` is what is said of it. */
export function uploadDetailsForm(video: Uploaded, now: FormValues, words: Words): FormView {
  return uploadedForm(video, words, [
    ...wordFields(words, now),
    privacyField(words, now.privacy ?? 'private'),
    publishField(words, now.publishAt ?? ''),
  ])
}

/** The form to change the category of an uploaded video; `now` holds its current details. */
export function uploadCategoryForm(video: Uploaded, now: string, words: Words): FormView {
  return uploadedForm(video, words, [categoryField(words, now)])
}

function uploadedForm({ draftId, number }: Uploaded, words: Words, fields: FormField[]): FormView {
  const action = encodeAction('upload_details', draftId, 0, number)
  return { action, title: words.upload.detailsForm, submit: words.form.save, fields }
}

function categoryField(words: Words, value: string): FormField {
  const options = CATEGORIES.map((each) => ({ value: each, label: words.upload.categories[each] }))
  return { type: 'select', id: 'category', label: words.upload.category, value, options }
}

function wordFields(words: Words, { title = '', description = '', tags = '' }: FormValues): FormField[] {
  return [
    {
      type: 'text',
      id: 'title',
      label: words.form.title,
      value: title,
      maxLength: LONGEST.title,
      required: true,
    },
    {
      ...{ type: 'text', id: 'description', label: words.form.description, value: description },
      ...{ maxLength: LONGEST.description, multiline: true, hint: words.upload.descriptionHint },
    },
    {
      ...{ type: 'text', id: 'tags', label: words.form.tags, value: tags, maxLength: LONGEST.tags },
      hint: words.form.tagsHint,
    },
  ]
}

function privacyField(words: Words, value: string): FormField {
  const options = PRIVACIES.map((each) => ({ value: each, label: words.upload.privacy[each] }))
  return { type: 'select', id: 'privacy', label: words.upload.visibility, value, options }
}

function publishField(words: Words, value: string): FormField {
  return {
    ...{ type: 'text', id: 'publishAt', label: words.upload.publishAt, value, maxLength: LONGEST.publishAt },
    ...{ hint: words.upload.publishAtHint, placeholder: '2026-01-31 18:00' },
  }
}

/** Whether and how a draft's finished videos are uploaded, as a settings field. */
export function uploadAfterField(
  { uploadAfter }: DraftView,
  words: Words,
  typed: string | undefined,
): FormField {
  const options = [NO_UPLOAD, ...DECLARATIONS].map((value) => ({
    value,
    label: uploadChoiceText(value, words),
  }))
  return {
    type: 'select',
    id: 'upload',
    label: words.form.upload,
    value: typed ?? uploadAfter ?? NO_UPLOAD,
    options,
  }
}

/** A value of `uploadAfterField`, as people read it. */
export function uploadChoiceText(value: string, words: Words): string {
  const declaration = DECLARATIONS.find((each) => each === value)
  return declaration ? words.form.uploadAs(words.upload.declaration[declaration]) : words.form.uploadNo
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
