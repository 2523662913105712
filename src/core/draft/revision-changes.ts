import type { Draft } from '../../db/entities/draft.ts'
import type { RevisionAction, RevisionSnapshot } from '../../db/entities/revision.ts'
import type { EntityManager } from '../../db/types.ts'

export interface ShownFootage {
  provider: string
  id: string
  title: string
}

/** One change made by a revision. Positions start at 1. */
export type Change =
  | { what: 'text' | 'search' | 'keyword'; place: number; before: string; after: string }
  /** In seconds; null for the length of its voice. */
  | { what: 'duration'; place: number; before: number | null; after: number | null }
  | { what: 'take'; place: number; before: number; after: number }
  /** Null if there was none. */
  | { what: 'footage'; place: number; before: ShownFootage | null; after: ShownFootage | null }
  | { what: 'moved'; before: number; after: number }
  | { what: 'added' | 'removed'; place: number; text: string }
  | { what: 'setting'; before: Settings; after: Settings; name: keyof Settings }

export type Settings = RevisionSnapshot['draft']

/**
 * What each of the given revisions has changed compared with the previous one, by number. None for the first stored one.
 * Segments are compared by the database, so that only differences are read.
 */
export async function revisionChanges(
  em: EntityManager,
  draft: Draft,
  revisions: readonly { number: number; action: RevisionAction }[],
): Promise<Map<number, Change[]>> {
  const changes = new Map<number, Change[]>(revisions.map(({ number }) => [number, []]))
  const wanted = [...changes.keys()]
  if (wanted.length === 0) return changes
  const [first, last] = [Math.min(...wanted) - 1, Math.max(...wanted)]
  const rows: Row[] = await em.execute(COMPARED, [
    ...[draft.draftId, first, last, draft.revision],
    ...[draft.revision, draft.draftId, draft.revision >= first && draft.revision <= last ? 1 : 0],
    ...[first, last],
  ])
  const settings = await settingsOf(em, draft, first, last)
  for (const { number, action } of revisions) {
    const [before, after] = [settings.get(number - 1), settings.get(number)]
    if (!before || !after) continue
    const ofSegments = segmentChanges(
      rows.filter((row) => row.number === number),
      action.segment,
    )
    changes.set(number, [...ofSegments, ...settingChanges(before, after)])
  }
  return changes
}

type Value<T> = T | null

/** A segment that differs between a revision and the previous one; its fields are null where it doesn't exist. */
interface Row {
  number: number
  place_before: Value<number>
  place_after: Value<number>
  text_before: Value<string>
  text_after: Value<string>
  search_before: Value<string>
  search_after: Value<string>
  keyword_before: Value<string>
  keyword_after: Value<string>
  duration_before: Value<number>
  duration_after: Value<number>
  take_before: Value<number>
  take_after: Value<number>
  footage_before: Value<string>
  footage_after: Value<string>
}

/** The sources of a comparison; footage that is to be replaced only has its id left. */
const partOf = (field: (name: string, column: string) => string) => `
  ${field('text', 'text')} as text, ${field('imageSearchQuery', 'image_search_query')} as search,
  ${field('keyword', 'keyword')} as keyword, ${field('duration', 'duration')} as duration,
  ${field('voiceTake', 'voice_take')} as take,
  case when ${field('videoLocalPath', 'video_local_path')} is null then null else json_object(
    'provider', ${field('videoProvider', 'video_provider')}, 'id', ${field('videoId', 'video_id')},
    'title', coalesce(${field('videoTitle', 'video_title')}, '')) end as footage`

const FIELDS = ['place', 'text', 'search', 'keyword', 'duration', 'take', 'footage']

/** For the current revision, assets may have arrived since its snapshot, so the segments themselves count. */
const COMPARED = `
  with part as materialized (
    select v.number as number, e.key as place, json_extract(e.value, '$.id') as id,
      ${partOf((name) => `json_extract(e.value, '$.${name}')`)}
    from draft_versions v, json_each(v.snapshot, '$.segments') e
    where v.draft_id = ? and v.number between ? and ? and v.number <> ?
    union all
    select ? as number, s.segment_index as place, s.id as id, ${partOf((_name, column) => `s.${column}`)}
    from draft_segments s where s.draft_id = ? and ? = 1
  )
  select coalesce(a.number, b.number + 1) as number,
    ${FIELDS.map((name) => `b.${name} as ${name}_before, a.${name} as ${name}_after`).join(', ')}
  from (select * from part where number > ?) a
  full outer join part b on b.number = a.number - 1 and b.id = a.id
  where (a.id is not null or b.number < ?)
    and (${FIELDS.map((name) => `a.${name} is not b.${name}`).join(' or ')})
  order by number, coalesce(a.place, b.place)`

function segmentChanges(rows: readonly Row[], acted: number | undefined): Change[] {
  const there = rows.filter((row) => row.text_before !== null && row.text_after !== null)
  const added = rows.filter(({ text_before, text_after }) => text_before === null && text_after !== null)
  const removed = rows.filter(({ text_before, text_after }) => text_before !== null && text_after === null)
  return [
    ...there.flatMap(contentChanges),
    ...added.map(
      (row): Change => ({ what: 'added', place: from1(row.place_after), text: row.text_after ?? '' }),
    ),
    ...removed.map(
      (row): Change => ({ what: 'removed', place: from1(row.place_before), text: row.text_before ?? '' }),
    ),
    // If segments are added or removed, the others only make room.
    ...(added.length + removed.length > 0 ? [] : moves(there, acted)),
  ]
}

function contentChanges(row: Row): Change[] {
  const place = from1(row.place_after)
  const changes: Change[] = []
  const differs = (name: 'text' | 'search' | 'keyword') => row[`${name}_before`] !== row[`${name}_after`]
  for (const what of ['text', 'search', 'keyword'] as const)
    if (differs(what))
      changes.push({ what, place, before: row[`${what}_before`] ?? '', after: row[`${what}_after`] ?? '' })
  if (row.duration_before !== row.duration_after)
    changes.push({ what: 'duration', place, before: row.duration_before, after: row.duration_after })
  if (row.take_before !== row.take_after)
    changes.push({ what: 'take', place, before: row.take_before ?? 0, after: row.take_after ?? 0 })
  // Footage resulting from a new search needs no separate line while it is being fetched.
  if (row.footage_before !== row.footage_after && !(row.footage_after === null && changes.length > 0))
    changes.push({
      ...{ what: 'footage', place },
      ...{ before: footageIn(row.footage_before), after: footageIn(row.footage_after) },
    })
  return changes
}

/** Moving one segment moves others by one; the moved one is the one named by the action, or the one that moved furthest. */
function moves(rows: readonly Row[], acted: number | undefined): Change[] {
  const moved = rows
    .map((row) => ({
      what: 'moved' as const,
      before: from1(row.place_before),
      after: from1(row.place_after),
    }))
    .filter(({ before, after }) => before !== after)
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
  const named = moved.filter(({ after }) => after === acted)
  if (named.length > 0) return named
  return moved.filter(({ before, after }, index) => index === 0 || Math.abs(after - before) > 1)
}

/** The settings at each revision in a range. */
async function settingsOf(
  em: EntityManager,
  draft: Draft,
  first: number,
  last: number,
): Promise<Map<number, Settings>> {
  const rows: { number: number; settings: string }[] = await em.execute(
    `select number, json_extract(snapshot, '$.draft') as settings from draft_versions
       where draft_id = ? and number between ? and ?`,
    [draft.draftId, first, last],
  )
  return new Map(rows.map(({ number, settings }) => [number, JSON.parse(settings)]))
}

function settingChanges(before: Settings, after: Settings): Change[] {
  const names = Object.keys(after) as (keyof Settings)[]
  return names
    .filter((name) => name in before && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ what: 'setting', before, after, name }))
}

function footageIn(json: string | null): ShownFootage | null {
  if (json === null) return null
  const { provider, id, title } = JSON.parse(json)
  return { provider: String(provider ?? ''), id: String(id ?? ''), title: String(title ?? '') }
}

function from1(place: number | null): number {
  return Number(place) + 1
}
