import { UserError } from '../../core/model/errors.ts'
import {
  CATEGORIES,
  type Category,
  DECLARATIONS,
  DECLARED,
  PRIVACIES,
  type Privacy,
} from '../../core/model/upload-target.ts'
import type { FormValues } from '../view/types.ts'

/** @throws UserError if nothing was chosen: this is never assumed. */
export function declaredIn(value: string | undefined) {
  const declaration = DECLARATIONS.find((each) => each === value)
  if (!declaration)
    throw new UserError('not_a_choice', {
      ...{ field: 'declaration', value: value ?? '', allowed: DECLARATIONS.join(', ') },
    })
  return DECLARED[declaration]
}

/** Title, description, tags, visibility and schedule from an upload form. @throws UserError for invalid values */
export function uploadValuesOf({ title, description, tags, privacy, publishAt, category }: FormValues) {
  return {
    ...(category !== undefined && { category: categoryIn(category) }),
    title: title ?? '',
    description: description ?? '',
    tags: (tags ?? '').split(/[,，、\n]/),
    privacy: privacyIn(privacy),
    publishAt: momentIn(publishAt ?? ''),
  }
}

/** @throws UserError */
export function categoryIn(value: string): Category {
  const category = CATEGORIES.find((each) => each === value)
  if (category) return category
  throw new UserError('not_a_choice', { field: 'category', value, allowed: CATEGORIES.join(', ') })
}

/** @throws UserError */
export function privacyIn(value: string | undefined): Privacy {
  const privacy = PRIVACIES.find((each) => each === value)
  if (privacy) return privacy
  throw new UserError('not_a_choice', {
    ...{ field: 'privacy', value: value ?? '', allowed: PRIVACIES.join(', ') },
  })
}

/**
 * Reads `2026-01-31 18:00`, `2026-01-31T18:00` and what ISO 8601 puts behind it; UTC unless it says otherwise. Null for nothing.
 * @throws UserError
 */
export function momentIn(typed: string): number | null {
  const text = typed.trim()
  if (text === '') return null
  const [, day, clock, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[ T]+(\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(text) ?? []
  const time = Date.parse(
    `${day}T${clock?.padStart(5, '0')}${/^UTC$/i.test(zone) ? 'Z' : zone.toUpperCase()}`,
  )
  // Days that don't exist, such as 30 February, would otherwise become later ones.
  const exists = day !== undefined && new Date(Date.parse(`${day}T00:00Z`) || 0).toISOString().startsWith(day)
  if (!exists || Number.isNaN(time)) throw new UserError('not_a_time', { field: 'publishAt' })
  return time
}
