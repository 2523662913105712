import type { SegmentChange } from '../../core/draft/edit-segment.ts'
import type { SettingsChange } from '../../core/draft/edit-settings.ts'
import { type Field, UserError } from '../../core/model/errors.ts'
import { LIMITS } from '../../core/model/limits.ts'
import { NO_MUSIC } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'

/** What somebody typed into the form of a segment. @throws UserError for a duration that is no number. */
export function segmentChangeOf(values: FormValues): SegmentChange {
  return {
    text: values.text,
    searchQuery: values.searchQuery,
    keyword: values.keyword,
    ...(values.duration !== undefined && {
      duration: values.duration.trim() === '' ? null : numberOf('duration', values.duration),
    }),
  }
}

/** What somebody chose in the settings or render form. @throws UserError for a volume that is no number. */
export function settingsChangeOf(values: FormValues): SettingsChange {
  return {
    title: values.title,
    description: values.description,
    template: values.template,
    language: values.language,
    ...(values.tags !== undefined && { tags: values.tags.split(/[,，、\n]/) }),
    ...(values.music !== undefined &&
      (values.music === NO_MUSIC ? { musicEnabled: false } : { musicEnabled: true, mood: values.music })),
    ...(values.volume !== undefined &&
      values.volume.trim() !== '' && { volume: numberOf('volume', values.volume) }),
  }
}

const RANGES = {
  duration: { ...LIMITS.segmentDuration, unit: 'seconds' },
  volume: { ...LIMITS.musicVolume, unit: 'percent' },
  targetDuration: { ...LIMITS.targetDuration, unit: 'seconds' },
  approvals: { ...LIMITS.approvals, unit: '' },
} as const

/** Reads `12`, `12.5`, `12,5`, `12 s`, `12초` or `30 %`. @throws UserError that says what is allowed. */
export function numberOf(field: keyof typeof RANGES & Field, typed: string): number {
  const match = /^([+-]?\d{1,9}(?:[.,]\d{1,6})?)\s*(?:s|sec|seconds?|초|%)?$/i.exec(typed.trim())
  if (!match?.[1]) throw new UserError('number_out_of_range', { field, ...RANGES[field] })
  return Number(match[1].replace(',', '.'))
}

/** Which field of a form an error is about; undefined when it is about none of them. */
export function fieldOf(error: UserError): string | undefined {
  const params: unknown = error.params
  if (typeof params !== 'object' || params === null || !('field' in params)) return undefined
  const names: Partial<Record<Field, string>> = {
    narration: 'text',
    targetDuration: 'duration',
    mood: 'music',
  }
  const field = params.field as Field
  return names[field] ?? field
}
