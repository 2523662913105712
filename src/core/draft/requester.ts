import type { Job } from '../../db/entities/job.ts'
import type { Actor } from '../model/people.ts'

/** Who requested a job; null for the program itself. */
export function requesterOf({ requesterId: id, requesterName: name }: Job): Actor | null {
  return id === null ? null : { id, name: name ?? '' }
}
