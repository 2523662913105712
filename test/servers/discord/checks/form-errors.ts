import { Refusal } from '../refusal.ts'

type Path = readonly (string | number)[]

/** Collects the errors of a body, and refuses it as Discord does: 400, 50035, with the errors nested like the body. */
export interface FormErrors {
  add(path: Path, code: string, message: string): void
  /** Checks for a text of `min` to `max` code points. Returns whether it is one. */
  text(path: Path, value: unknown, min: number, max: number): value is string
  /** Checks for an integer from `min` to `max`; it may be absent. */
  integer(path: Path, value: unknown, min: number, max: number): void
  /** Checks for a list of `min` to `max` items; returns it, or an empty one if it is not a list. */
  list(path: Path, value: unknown, min: number, max: number): unknown[]
  refuseIfAny(): void
}

/** `prefix` is the position of the form in the body: `['data']` for the answer to an interaction. */
export function formErrors(prefix: Path = []): FormErrors {
  const root: Record<string, unknown> = {}
  let any = false
  const add: FormErrors['add'] = (path, code, message) => {
    any = true
    let node = root
    for (const key of [...prefix, ...path]) {
      const child = node[key]
      const next: Record<string, unknown> = isObject(child) ? child : {}
      node[key] = next
      node = next
    }
    const list = Array.isArray(node._errors) ? node._errors : []
    list.push({ code, message })
    node._errors = list
  }
  return {
    add,
    text: (path, value, min, max): value is string => {
      if (value === undefined || value === null) {
        add(path, 'BASE_TYPE_REQUIRED', 'This field is required')
        return false
      }
      if (typeof value !== 'string') {
        add(path, 'STRING_TYPE_CONVERT', 'Could not interpret value as string.')
        return false
      }
      const length = codePoints(value)
      if (length < min || length > max) {
        if (min > 0) add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)
        else add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)
        return false
      }
      return true
    },
    integer: (path, value, min, max) => {
      if (value === undefined || value === null) return
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        add(path, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`)
      } else if (value < min) {
        add(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`)
      } else if (value > max) {
        add(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`)
      }
    },
    list: (path, value, min, max) => {
      if (value === undefined || value === null) {
        if (min > 0) add(path, 'BASE_TYPE_REQUIRED', 'This field is required')
        return []
      }
      if (!Array.isArray(value)) {
        add(path, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')
        return []
      }
      if (value.length < min || value.length > max) {
        if (min > 0) add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)
        else add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)
      }
      return value
    },
    refuseIfAny: () => {
      if (any) throw new Refusal(400, 50035, 'Invalid Form Body', root)
    },
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Discord counts code points: an emoji outside the basic plane is one character. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
