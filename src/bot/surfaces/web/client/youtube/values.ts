/** The contents of the form's fields as typed. */
export interface Values {
  title: string
  description: string
  tags: string
  category: string
  privacy: string
  publishAt: string
  declaration: string
}

/** The details of an uploaded video, as sent by the API. */
export interface Details {
  upload_id: number
  title: string
  description: string
  tags: string[]
  category: string
  privacy: string
  publish_at: string | null
  version: string
}

/** The fields that can still be changed after the upload. */
const CHANGEABLE = ['title', 'description', 'tags', 'category', 'privacy', 'publishAt'] as const

export function valuesOf({ title, description, tags, category, privacy, publish_at }: Details): Values {
  const publishAt = publish_at === null ? '' : local(publish_at)
  return { title, description, tags: tags.join(', '), category, privacy, publishAt, declaration: '' }
}

/** All fields but the declaration, as the API takes them. */
export function bodyOf(values: Values) {
  const { title, description, tags, category, privacy } = values
  const publishAt = publishAtOf(values)
  const moment = publishAt === '' ? null : new Date(publishAt).toISOString()
  return { title, description, tags: tagsIn(tags), category, privacy, publish_at: moment }
}

/**
 * Only the fields that differ from the ones before: what the person hasn't touched stays as it is on the server. Texts are
 * compared, not what they stand for, because the time field leaves out the seconds of a stored moment.
 */
export function changeOf(before: Values, after: Values): Partial<ReturnType<typeof bodyOf>> {
  const body = bodyOf(after)
  const publishAt = publishAtOf(after)
  const changed = changedIn({ ...before, publishAt: publishAtOf(before) }, { ...after, publishAt })
  return Object.fromEntries(
    changed.map((field) => (field === 'publishAt' ? ['publish_at', body.publish_at] : [field, body[field]])),
  )
}

/** Someone else's values, with what the person has changed on top of them. */
export function onTopOf(theirs: Values, before: Values, after: Values): Values {
  const mine = changedIn(before, after).map((field) => [field, after[field]])
  return { ...theirs, ...Object.fromEntries(mine) }
}

function changedIn(before: Values, after: Values) {
  return CHANGEABLE.filter((field) => before[field] !== after[field])
}

/** Parses tags in the same way as the chats. */
export function tagsIn(text: string): string[] {
  return text
    .split(/[,，、\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

/** A video that can't be scheduled doesn't keep an earlier time. */
function publishAtOf({ privacy, publishAt }: Values): string {
  return privacy === 'private' ? publishAt : ''
}

/** A moment in the format of a browser's time field: in the reader's time zone, to the minute. */
function local(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
