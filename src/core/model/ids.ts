import { randomInt } from 'node:crypto'

/** `draft_YYYYMMDD_HHMMSS_xxxx` in UTC; the suffix distinguishes ids of the same second. At most 50 characters. */
export function newDraftId(now: Date): string {
  return `draft_${stamp(now)}_${suffix()}`
}

/** `job_YYYYMMDD_HHMMSS_xxxxxx` in UTC. */
export function newJobId(now: Date): string {
  return `job_${stamp(now)}_${suffix()}${suffix()}`
}

function stamp(now: Date): string {
  const digits = now.toISOString().replaceAll(/[-:]/g, '')
  return `${digits.slice(0, 8)}_${digits.slice(9, 15)}`
}

/** Four letters or digits: 1.7 million combinations. */
function suffix(): string {
  return randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0')
}
