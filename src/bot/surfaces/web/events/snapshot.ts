import type { DraftJson, SegmentJson } from '../draft-json.ts'

/** The changes to a draft since a client's last state; each part is present only if it has changed. */
export interface DraftChange {
  /** Everything except the segments. */
  draft?: Omit<DraftJson, 'segments'>
  /** The ids of the segments, in order. */
  order?: number[]
  /** The segments that are new or have changed. */
  segments?: SegmentJson[]
}

/**
 * A draft at one moment, stored as the JSON texts of its parts, so that snapshots can be compared and sent without
 * serializing again.
 */
export class Snapshot {
  readonly #draft: string
  readonly #order: string
  readonly #segments = new Map<number, string>()

  /** @param before a snapshot whose texts are shared where they are equal. */
  constructor({ segments, ...draft }: DraftJson, before: Snapshot | null) {
    const known = before && { draft: before.#draft, order: before.#order, segments: before.#segments }
    this.#draft = same(JSON.stringify(draft), known?.draft)
    this.#order = same(JSON.stringify(segments.map(({ segment_id }) => segment_id)), known?.order)
    for (const segment of segments) {
      const id = segment.segment_id
      this.#segments.set(id, same(JSON.stringify(segment), known?.segments.get(id)))
    }
  }

  /** As a DraftJson. */
  whole(): string {
    return `${this.#draft.slice(0, -1)},"segments":[${[...this.#segments.values()].join(',')}]}`
  }

  /** As a DraftChange; null if nothing has changed. */
  since(before: Snapshot): string | null {
    const parts: string[] = []
    if (this.#draft !== before.#draft) parts.push(`"draft":${this.#draft}`)
    if (this.#order !== before.#order) parts.push(`"order":${this.#order}`)
    const segments = [...this.#segments].filter(([id, text]) => before.#segments.get(id) !== text)
    if (segments.length > 0) parts.push(`"segments":[${segments.map(([, text]) => text).join(',')}]`)
    return parts.length === 0 ? null : `{${parts.join(',')}}`
  }
}

function same(text: string, before: string | undefined): string {
  return text === before ? before : text
}
