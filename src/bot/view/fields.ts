import type { FormField } from './types.ts'

/** A single-line text field of at most `maxLength` characters. */
export function line(
  id: string,
  label: string,
  value: string,
  maxLength: number,
  rest: { hint?: string; required?: boolean } = {},
): Extract<FormField, { type: 'text' }> {
  return { type: 'text', id, label, value, maxLength, ...rest }
}

/** A choice among these names, as people read them. */
export function choice<T extends string>(
  id: string,
  label: string,
  value: string,
  names: readonly T[],
  labelOf: (name: T) => string,
): FormField {
  return {
    type: 'select',
    id,
    label,
    value,
    options: names.map((name) => ({ value: name, label: labelOf(name) })),
  }
}
