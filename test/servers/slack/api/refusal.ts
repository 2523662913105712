/** An answer with `ok: false`. */
export class Refusal extends Error {
  readonly error: string
  readonly extra: Record<string, unknown>
  constructor(error: string, extra: Record<string, unknown> = {}) {
    super(error)
    this.error = error
    this.extra = extra
  }
}

export type Args = Record<string, unknown>
export type Answer = Record<string, unknown>

/** Refuses with Slack's list of complaints, each of the form `[ERROR] … [json-pointer:/…]`. */
export function refuseWith(error: string, complaints: string[]): never {
  const errors = complaints.map((c) => c.replace(/^\[ERROR\] /, ''))
  throw new Refusal(error, { errors, response_metadata: { messages: complaints } })
}

export function optional(args: Args, name: string): string | undefined {
  const value = args[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return refuseWith('invalid_arguments', [`[ERROR] must be a string [json-pointer:/${name}]`])
}

export function required(args: Args, name: string): string {
  return optional(args, name) ?? refuseWith('invalid_arguments', [`[ERROR] missing required field: ${name}`])
}

export function isTrue(args: Args, name: string): boolean {
  return ['true', '1'].includes(optional(args, name) ?? '')
}

/** One page of a list, with Slack's cursor. */
export function page<T>(all: T[], args: Args, fallback = 100): { items: T[]; next: string } {
  const limit = Number(optional(args, 'limit') ?? fallback)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new Refusal('invalid_limit')
  const cursor = optional(args, 'cursor')
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString())
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor')
  const end = start + limit
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(String(end)).toString('base64') : '',
  }
}
