import { z } from 'zod'

/** https://developers.google.com/youtube/v3/docs/errors */
const Failure = z.object({
  error: z.object({
    message: z.string().default(''),
    errors: z
      .array(z.looseObject({ reason: z.string().optional(), message: z.string().optional() }))
      .default([]),
    status: z.string().optional(),
  }),
})

/** How many characters of Google's own sentence are shown. */
const LONGEST = 300

/** Google's reason for a refusal: its code and its sentence as plain text; null if it gives none. */
export function reasonIn(text: string): { reason: string; message: string } | null {
  const read = Failure.safeParse(parsed(text))
  if (!read.success) return null
  const { errors, message, status } = read.data.error
  const [first] = errors
  const reason = (first?.reason ?? status ?? '').replaceAll(/[^\w]/g, '').slice(0, 60)
  // The sentences contain links and code markup: `The request cannot be completed because you have exceeded your <a
  // href=…>`.
  const plain = (first?.message || message).replaceAll(/<[^>]*>/g, '')
  return { reason: reason || 'unknown', message: plain.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
