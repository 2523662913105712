import type { SegmentChange } from '../../core/draft/edit-segment.ts'
import type { SettingsChange } from '../../core/draft/edit-settings.ts'
import { UserError } from '../../core/model/errors.ts'
import type { Field } from '../../core/model/fields.ts'
import { LIMITS } from '../../core/model/limits.ts'
import { secondsIn } from '../../core/model/text/duration.ts'
import { NO_MUSIC } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import { NO_UPLOAD } from '../view/upload-form.ts'

/** The values of a segment's form. @throws UserError for an invalid duration. */
export function segmentChangeOf(values: FormValues): SegmentChange {
  return {
    text: values.text,
    searchQuery: values.searchQuery,
    keyword: values.keyword,
    ...(values.duration !== undefined && {
      duration: values.duration.trim() === '' ? null : durationOf('duration', values.duration),
    }),
  }
}

/** The values of the settings or render form. @throws UserError for a volume that isn't a number. */
export function settingsChangeOf(values: FormValues): SettingsChange {
  return {
    title: values.title,
    description: values.description,
    template: values.template,
    language: values.language,
    ...(values.upload !== undefined && { uploadAfter: values.upload === NO_UPLOAD ? null : values.upload }),
    ...(values.endCard !== undefined && { endCard: values.endCard === 'on' }),
    ...(values.tags !== undefined && { tags: values.tags.split(/[,，、\n]/) }),
    ...(values.music !== undefined &&
      (values.music === NO_MUSIC ? { musicEnabled: false } : { musicEnabled: true, mood: values.music })),
    ...(values.volume !== undefined &&
      values.volume.trim() !== '' && { volume: numberOf('volume', values.volume) }),
  }
}

const LENGTHS = { duration: LIMITS.segmentDuration, targetDuration: LIMITS.targetDuration } as const

/** The seconds in a duration as people write it. @throws UserError saying what is allowed. */
export function durationOf(field: keyof typeof LENGTHS, typed: string): number {
  const seconds = secondsIn(typed)
  if (seconds === null) throw new UserError('duration_out_of_range', { field, ...LENGTHS[field] })
  return seconds
}

const RANGES = {
  volume: { ...LIMITS.musicVolume, unit: 'percent' },
  approvals: { ...LIMITS.approvals, unit: '' },
} as const

/** Parses `12`, `12.5`, `12,5` or `30 %`. @throws UserError saying what is allowed. */
export function numberOf(field: keyof typeof RANGES & Field, typed: string): number {
  const match = /^([+-]?\d{1,9}(?:[.,]\d{1,6})?)\s*%?$/.exec(typed.trim())
  if (!match?.[1]) throw new UserError('number_out_of_range', { field, ...RANGES[field] })
  return Number(match[1].replace(',', '.'))
}

/** Parses `7`, `7.` or `7번`; NaN for anything else. */
export function placeOf(typed: string): number {
  return Number(
    /^\s*(?:no\.?|#)?\s*(\d{1,6})\s*[.)]?\s*번?(?:째)?\s*$/iu.exec(typed.normalize('NFKC'))?.[1] ??
      Number.NaN,
  )
}

/** The form field that an error concerns; undefined if there is none. */
export function fieldOf(error: UserError): string | undefined {
  const params: unknown = error.params
  if (typeof params !== 'object' || params === null || !('field' in params)) return undefined
  const names: Partial<Record<Field, string>> = {
    narration: 'text',
    targetDuration: 'duration',
    mood: 'music',
    uploadAfter: 'upload',
  }
  const field = params.field as Field
  return names[field] ?? field
}
