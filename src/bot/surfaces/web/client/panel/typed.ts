import { signal } from '@preact/signals'
import type { SegmentJson } from '../../draft-json.ts'

/** The fields of a segment that people type into. */
export const FIELDS = ['text', 'image_search_query', 'keyword', 'duration'] as const
export type Field = (typeof FIELDS)[number]

/** Typed but unsaved text: only the fields that differ, and the version of the segment they are based on. */
export interface Typed {
  version: number
  values: Partial<Record<Field, string>>
}

/** By draft and segment. Also kept in the browser's session storage, so neither a reload nor a closed panel loses it. */
const all = signal<Readonly<Record<string, Typed>>>({})

export function typedOf(draftId: string, segmentId: number): Typed | null {
  const key = keyOf(draftId, segmentId)
  return all.value[key] ?? remembered(key)
}

/** Records the text typed into a field; a value equal to the segment's doesn't count. */
export function type(draftId: string, segment: SegmentJson, field: Field, value: string): void {
  const { version, values } = typedOf(draftId, segment.segment_id) ?? { version: segment.version, values: {} }
  const { [field]: _, ...others } = values
  const next = value === shownOf(segment, field) ? others : { ...others, [field]: value }
  const isUntouched = Object.keys(values).length === 0
  keep(draftId, segment.segment_id, { version: isUntouched ? segment.version : version, values: next })
}

/** Forgets what has been saved, except for what was typed in the meantime. */
export function saved(draftId: string, segment: SegmentJson, sent: Typed['values']): void {
  const typed = typedOf(draftId, segment.segment_id)
  if (!typed) return
  const later = Object.entries(typed.values).filter(([field, value]) => sent[field as Field] !== value)
  keep(draftId, segment.segment_id, { version: segment.version, values: Object.fromEntries(later) })
}

/** Keeps the typed text, now based on another version of the segment. */
export function moveTo(draftId: string, segmentId: number, version: number): void {
  const typed = typedOf(draftId, segmentId)
  if (typed) keep(draftId, segmentId, { ...typed, version })
}

export function forget(draftId: string, segmentId: number): void {
  keep(draftId, segmentId, { version: 0, values: {} })
}

/** A segment's current value as a field shows it. */
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
    // Storage is full or not allowed: the text is kept only while the page is open.
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
