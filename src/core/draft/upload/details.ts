import type { VideoDetails } from '../../model/upload-target.ts'
import type { Payload } from '../payloads.ts'

/** What a job carries, as platforms take it. */
export function detailsOf({ details }: Pick<Payload<'upload'>, 'details'>): VideoDetails {
  const { publishAt } = details
  return { ...details, publishAt: publishAt === null ? null : new Date(publishAt) }
}
