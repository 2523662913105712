import type { VideoDetails } from '../../model/upload-target.ts'
import type { Payload } from '../payloads.ts'

/** A scheduled video is public once its time has passed. */
export function presentDetails(
  details: Payload<'upload'>['details'],
  now: Date,
): Payload<'upload'>['details'] {
  const { publishAt } = details
  if (publishAt === null || publishAt > now.getTime()) return details
  return { ...details, privacy: 'public', publishAt: null }
}

/** A job's payload in the form that platforms expect. */
export function detailsOf({ details }: Pick<Payload<'upload'>, 'details'>): VideoDetails {
  const { publishAt } = details
  return { ...details, publishAt: publishAt === null ? null : new Date(publishAt) }
}
