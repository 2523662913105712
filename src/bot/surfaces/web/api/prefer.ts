import type { Context } from 'hono'
import type { Env } from '../env.ts'

/** Maximum wait in milliseconds, after which the caller has to check again later. */
const LONGEST = 600_000

export interface Preference {
  /** Milliseconds to wait for the job to end; 0 not to wait. */
  patience: number
  /** The value of Preference-Applied; null if the request had no preference. */
  applied: string | null
}

/** How long the caller wants to wait: https://www.rfc-editor.org/rfc/rfc7240#section-4 */
export function preferenceOf(context: Context<Env>): Preference {
  const asked = (context.req.header('prefer') ?? '').split(/[,;]/).map((each) => each.trim().toLowerCase())
  const seconds = asked
    .map((each) => /^wait="?(\d{1,6})"?$/.exec(each)?.[1])
    .find((each) => each !== undefined)
  const isAsync = asked.includes('respond-async')
  const applied = [
    ...(isAsync ? ['respond-async'] : []),
    ...(seconds === undefined ? [] : [`wait=${seconds}`]),
  ].join(', ')
  const otherwise = isAsync ? 0 : LONGEST
  return {
    patience: seconds === undefined ? otherwise : Math.min(LONGEST, Number(seconds) * 1000),
    applied: applied === '' ? null : applied,
  }
}
