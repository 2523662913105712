import { signal } from '@preact/signals'
import type { SegmentJson } from '../../draft-json.ts'

/** The fields of a segment that people type into. */
export const FIELDS = ['text', 'image_search_query', 'keyword', 'duration'] as const
export type Field = (typeof FIELDS)[number]

/** What somebody has typed and not saved: only what is different, and the version of the segment over which it was typed. */
export interface Typed {
  version: number
  values: Partial<Record<Field, string>>
}

/** By draft and segment. What is here is in the browser's session too: neither a reload nor a closed panel loses it. */
const all = signal<Readonly<Record<string, Typed>>>({})

export function typedOf(draftId: string, segmentId: number): Typed | null {
  const key = keyOf(draftId, segmentId)
  return all.value[key] ?? remembered(key)
}

/** Takes what was typed into one field; what is as it was is not typed. */
export function type(draftId: string, segment: SegmentJson, field: Field, value: string): void {
  const { version, values } = typedOf(draftId, segment.segment_id) ?? { version: segment.version, values: {} }
  const { [field]: _, ...others } = values
  const next = value === shownOf(segment, field) ? others : { ...others, [field]: value }
  const isUntouched = Object.keys(values).length === 0
  keep(draftId, segment.segment_id, { version: isUntouched ? segment.version : version, values: next })
}

/** Lets go of what has been saved, but for what was typed meanwhile. */
export function saved(draftId: string, segment: SegmentJson, sent: Typed['values']): void {
  const typed = typedOf(draftId, segment.segment_id)
  if (!typed) return
  const later = Object.entries(typed.values).filter(([field, value]) => sent[field as Field] !== value)
  keep(draftId, segment.segment_id, { version: segment.version, values: Object.fromEntries(later) })
}

/** Keeps what was typed, now over another version of the segment. */
export function moveTo(draftId: string, segmentId: number, version: number): void {
  const typed = typedOf(draftId, segmentId)
  if (typed) keep(draftId, segmentId, { ...typed, version })
}

export function forget(draftId: string, segmentId: number): void {
  keep(draftId, segmentId, { version: 0, values: {} })
}

/** What a field shows of a segment as it is. */
export function shownOf(segment: SegmentJson, field: Field): string {
  if (field !== 'duration') return segment[field]
  return segment.duration === null ? '' : String(Math.round(segment.duration * 100) / 100)
}

function keep(draftId: string, segmentId: number, typed: Typed): void {
  const key = keyOf(draftId, segmentId)
  const { [key]: _, ...others } = all.value
  const isEmpty = Object.keys(typed.values).length === 0
  all.value = isEmpty ? others : { ...others, [key]: typed }
  try {
    if (isEmpty) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(typed))
  } catch {
    // Full, or not allowed: then it is kept for as long as the page is open.
  }
}

function keyOf(draftId: string, segmentId: number): string {
  return `rushes.typed.${draftId}.${segmentId}`
}

function remembered(key: string): Typed | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return isTyped(kept) ? kept : null
  } catch {
    return null
  }
}

function isTyped(kept: unknown): kept is Typed {
  if (typeof kept !== 'object' || kept === null || !('version' in kept) || !('values' in kept)) return false
  const { version, values } = kept
  if (typeof version !== 'number' || typeof values !== 'object' || values === null) return false
  return Object.entries(values).every(
    ([field, value]) => FIELDS.includes(field as Field) && typeof value === 'string',
  )
}
