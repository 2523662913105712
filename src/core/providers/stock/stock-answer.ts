import { z } from 'zod'
import type { Service } from '../../media/download/http-failure.ts'
import { ProviderError } from '../../model/errors.ts'

/**
 * Reads a list of items leniently: unknown fields are ignored, and items that don't fit are left out. Only an answer
 * without the list, or without any readable item in it, is invalid.
 * @throws ProviderError `bad_answer`
 */
export function readItems<T>(answer: unknown, list: string, item: z.ZodType<T>, service: Service): T[] {
  const outer = z.object({ [list]: z.array(z.unknown()) }).safeParse(answer)
  const entries = outer.success ? outer.data[list] : undefined
  if (!entries) throw unreadable(service)
  const items = entries.flatMap((entry) => {
    const read = item.safeParse(entry)
    return read.success ? [read.data] : []
  })
  if (entries.length > 0 && items.length === 0) throw unreadable(service)
  return items
}

function unreadable(service: Service): ProviderError {
  return new ProviderError(service.name, 'bad_answer', `${service.title} answered in an unknown format.`)
}

/** An id as sent by the services, a number or a string. */
export const idSchema = z.union([z.string().min(1), z.number().int()]).transform(String)

/** Seconds, as a number or as digits. */
export const durationSchema = z.coerce.number().positive()

/** Pixels; null or invalid values become 0, which counts as unknown. */
export const pixelsSchema = z.number().nonnegative().catch(0)

/** A page's address for the credits: anything but http(s) is dropped, because it becomes a link. */
export const pageSchema = z
  .string()
  .refine((address) => /^https?:$/.test(URL.parse(address)?.protocol ?? ''))
  .nullable()
  .catch(null)

/** A name or description as one line; null if empty. */
export const lineSchema = z
  .string()
  .transform((name) => name.replace(/[\p{C}\s]+/gu, ' ').trim() || null)
  .nullable()
  .catch(null)
