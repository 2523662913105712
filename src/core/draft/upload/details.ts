import type { VideoDetails } from '../../model/upload-target.ts'
import type { Payload } from '../payloads.ts'

/** A job's payload in the form that platforms expect. */
export function detailsOf({ details }: Pick<Payload<'upload'>, 'details'>): VideoDetails {
  const { publishAt } = details
  return { ...details, publishAt: publishAt === null ? null : new Date(publishAt) }
}
