import type { DraftJson, SegmentJson } from '../draft-json.ts'

/** What has changed of a draft since what somebody was told: each part is there only if it is another one now. */
export interface DraftChange {
  /** All but its segments. */
  draft?: Omit<DraftJson, 'segments'>
  /** The ids of its segments, in their order. */
  order?: number[]
  /** Those segments that are new or have changed. */
  segments?: SegmentJson[]
}

/** A draft at one moment, as the texts of its parts, so that two moments are compared and told without making them again. */
export class Snapshot {
  readonly #draft: string
  readonly #order: string
  readonly #segments = new Map<number, string>()

  /** @param before shares its texts with this one where they are the same. */
  constructor({ segments, ...draft }: DraftJson, before: Snapshot | null) {
    const known = before && { draft: before.#draft, order: before.#order, segments: before.#segments }
    this.#draft = same(JSON.stringify(draft), known?.draft)
    this.#order = same(JSON.stringify(segments.map(({ segment_id }) => segment_id)), known?.order)
    for (const segment of segments) {
      const id = segment.segment_id
      this.#segments.set(id, same(JSON.stringify(segment), known?.segments.get(id)))
    }
  }

  /** A DraftJson. */
  whole(): string {
    return `${this.#draft.slice(0, -1)},"segments":[${[...this.#segments.values()].join(',')}]}`
  }

  /** A DraftChange; null where nothing has changed. */
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
