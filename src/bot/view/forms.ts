import { CREATE_DEFAULTS } from '../../core/draft/create-input.ts'
import { TEMPLATE_NAMES } from '../../core/media/captions/templates.ts'
import { FORMAT_NAMES, LANGUAGES, MOODS } from '../../core/model/formats.ts'
import { LIMITS } from '../../core/model/limits.ts'
import type { DraftView, SegmentView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import { type ApprovalSettings, approvalFields } from './approval-fields.ts'
import { choice, line } from './fields.ts'
import type { FormField, FormValues, FormView } from './types.ts'
import { uploadAfterField } from './upload-form.ts'

/** The value of `musicOptions` for no music. */
export const NO_MUSIC = 'none'
/** The value of `languageOptions` for the topic's own language. */
export const AUTO = 'auto'
/** Maximum characters of a duration. */
const DURATION = 40

/** The form of one segment. `typed` fills in previously typed values instead of the current ones. */
export function segmentForm(segment: SegmentView, words: Words, typed: FormValues = {}): FormView {
  return {
    action: encodeAction('edit', segment.draftId, segment.id, segment.version),
    title: words.form.edit(segment.segmentIndex + 1),
    submit: words.form.save,
    fields: segmentFields(words, {
      text: segment.text,
      searchQuery: segment.imageSearchQuery,
      keyword: segment.keyword,
      duration: segment.duration === null ? '' : String(Math.round(segment.duration * 100) / 100),
      ...typed,
    }),
  }
}

/** The form of a new segment: after another one, or at the end if `after` is null. */
export function newSegmentForm(
  draftId: string,
  after: SegmentView | null,
  words: Words,
  typed: FormValues = {},
): FormView {
  const fields = segmentFields(words, { text: '', searchQuery: '', keyword: '', duration: '', ...typed })
  return {
    action: encodeAction('add', draftId, after?.id ?? 0),
    title: after ? words.form.insert(after.segmentIndex + 1) : words.form.add,
    submit: words.form.save,
    fields: fields.filter(({ id }) => id !== 'duration'),
  }
}

/** A draft's title, description, tags, template and music, and who has to approve it. */
export function settingsForm(
  draft: DraftView,
  approvals: ApprovalSettings,
  words: Words,
  typed: FormValues = {},
): FormView {
  return {
    action: encodeAction('settings', draft.draftId, 0, draft.settingsVersion),
    title: words.form.settings,
    submit: words.form.save,
    fields: [
      line('title', words.form.title, typed.title ?? draft.title, LIMITS.title, { required: true }),
      {
        ...line(
          'description',
          words.form.description,
          typed.description ?? draft.description,
          LIMITS.description,
        ),
        multiline: true,
      },
      line('tags', words.form.tags, typed.tags ?? draft.tags.join(', '), LIMITS.tags * (LIMITS.tag + 2), {
        hint: words.form.tagsHint,
      }),
      ...lookFields(draft, words, typed),
      languageField(words, typed.language ?? draft.language, LANGUAGES),
      ...approvalFields(approvals, words, typed),
    ],
  }
}

/** Only the language field of `settingsForm`. */
export function languageForm(draft: DraftView, words: Words, typed: FormValues = {}): FormView {
  return {
    action: encodeAction('settings', draft.draftId, 0, draft.settingsVersion),
    title: words.buttons.language,
    submit: words.form.save,
    fields: [languageField(words, typed.language ?? draft.language, LANGUAGES)],
  }
}

/** Only captions, music and ending of `settingsForm`, as a render will use them. */
export function lookForm(draft: DraftView, words: Words, typed: FormValues = {}): FormView {
  return {
    action: encodeAction('settings', draft.draftId, 0, draft.settingsVersion),
    title: words.buttons.changeLook,
    submit: words.form.save,
    fields: lookFields(draft, words, typed),
  }
}

/** Asks how to rewrite a segment. */
export function rewriteForm(segment: SegmentView, words: Words, typed: FormValues = {}): FormView {
  return {
    action: encodeAction('rewrite', segment.draftId, segment.id, segment.version),
    title: words.form.rewrite(segment.segmentIndex + 1),
    submit: words.buttons.rewrite,
    fields: [
      line('instruction', words.form.instruction, typed.instruction ?? '', 300, {
        hint: words.form.instructionHint,
        required: true,
      }),
    ],
  }
}

/** The fields of a new draft, the same as the options of `/draft create`. */
export function createForm(words: Words, typed: FormValues = {}): FormView {
  return {
    action: encodeAction('create'),
    title: words.form.create,
    submit: words.form.start,
    fields: [
      line('topic', words.form.topic, typed.topic ?? '', LIMITS.topic, { hint: words.form.topicHint }),
      {
        ...line('script', words.form.script, typed.script ?? '', LIMITS.script, {
          hint: words.form.scriptHint,
        }),
        multiline: true,
      },
      choice(
        'format',
        words.form.format,
        typed.format ?? CREATE_DEFAULTS.format,
        FORMAT_NAMES,
        (name) => words.format[name],
      ),
      line(
        'duration',
        words.form.targetDuration,
        typed.duration ?? String(CREATE_DEFAULTS.targetDuration),
        DURATION,
        { hint: words.form.targetDurationHint },
      ),
      line('style', words.form.style, typed.style ?? '', LIMITS.style),
      languageField(words, typed.language ?? AUTO, [AUTO, ...LANGUAGES]),
      templateField(words, typed.template ?? CREATE_DEFAULTS.template),
      musicField(words, typed.music ?? CREATE_DEFAULTS.mood),
    ],
  }
}

/** The fields of a form after the last one that was filled in, for which the platform had no room. */
export function fieldsAfter({ fields }: FormView, filled: FormValues): FormField[] {
  const last = fields.findLastIndex(({ id }) => id in filled)
  return last < 0 ? [] : fields.slice(last + 1)
}

/** A field's value, as people read it. */
export function shownValue(field: FormField): string {
  if (!('options' in field)) return field.value
  return field.options.find(({ value }) => value === field.value)?.label ?? field.value
}

/** The music select's value for a draft. */
export function musicOf(draft: DraftView): string {
  return draft.musicEnabled ? draft.musicMood : NO_MUSIC
}

function segmentFields(
  words: Words,
  values: Record<'text' | 'searchQuery' | 'keyword' | 'duration', string>,
): FormField[] {
  return [
    {
      ...line('text', words.form.narration, values.text, LIMITS.narration, { required: true }),
      multiline: true,
    },
    line('searchQuery', words.form.search, values.searchQuery, LIMITS.searchQuery, {
      hint: words.form.searchHint,
    }),
    line('keyword', words.form.keyword, values.keyword, LIMITS.keyword),
    line('duration', words.form.duration, values.duration, DURATION, { hint: words.form.durationHint }),
  ]
}

function languageField(words: Words, value: string, names: readonly string[]): FormField {
  return choice('language', words.form.language, value, names, (name) =>
    name === AUTO ? words.form.auto : languageName(name),
  )
}

function templateField(words: Words, value: string): FormField {
  return choice(
    'template',
    words.form.template,
    value,
    TEMPLATE_NAMES,
    (name) => words.template[name] ?? name,
  )
}

function musicField(words: Words, value: string): FormField {
  return choice('music', words.form.music, value, [NO_MUSIC, ...MOODS], (name) =>
    name === NO_MUSIC ? words.noMusic : words.music(words.mood[name]),
  )
}

function lookFields(draft: DraftView, words: Words, typed: FormValues): FormField[] {
  return [
    templateField(words, typed.template ?? draft.template),
    musicField(words, typed.music ?? musicOf(draft)),
    line('volume', words.form.volume, typed.volume ?? String(draft.musicVolume), 5, {
      hint: words.form.volumeHint,
    }),
    ...(draft.brand === null ? [] : [endCardField(words, typed.endCard ?? (draft.endCard ? 'on' : 'off'))]),
    // Without an account there is no choice.
    ...(draft.accountId === null ? [] : [uploadAfterField(draft, words, typed.upload)]),
  ]
}

function endCardField(words: Words, value: string): FormField {
  return choice('endCard', words.form.endCard, value, ['on', 'off'], (name) =>
    name === 'on' ? words.form.endCardOn : words.form.endCardOff,
  )
}

/** A language's name in that language. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
}
