import { signal } from '@preact/signals'
import type { DraftJson, SegmentJson } from '../draft-json.ts'
import { say } from './say.ts'
import { Refusal, send } from './send.ts'
import { draft, here, online } from './state.ts'
import { whileSeen } from './while-seen.ts'
import { words } from './words.ts'

/** The server's changes to a known draft; each part is present only if it has changed. */
interface DraftChange {
  draft?: Omit<DraftJson, 'segments'>
  order?: number[]
  segments?: SegmentJson[]
}

/** Why the draft can't be shown: it doesn't exist for this reader, or nobody is signed in; null if it can. */
export const gone = signal<'missing' | 'signed_out' | null>(null)

/** Milliseconds before reconnecting: longer after each failure. */
const WAITS = [500, 1000, 2000, 4000, 8000]

/** Keeps the signals of a draft in line with the server. @returns a function that stops it. */
export function followDraft(draftId: string): () => void {
  const address = `/api/draft/${encodeURIComponent(draftId)}`
  let source: EventSource | null = null
  let timer = 0
  let failures = 0
  let isAsleep = false

  const stop = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const open = () => {
    stop()
    if (isAsleep) return
    const stream = new EventSource(`${address}/events`)
    source = stream
    // The first event arrives at once and is better evidence than an open connection.
    stream.addEventListener('draft', ({ data }) => {
      failures = 0
      if (!online.peek() && draft.peek()) say(words.backOnline)
      online.value = true
      gone.value = null
      draft.value = renewed(draft.value, JSON.parse(data))
    })
    stream.addEventListener('change', ({ data }) => {
      if (draft.value) draft.value = changed(draft.value, JSON.parse(data))
    })
    stream.addEventListener('here', ({ data }) => {
      here.value = namesOf(JSON.parse(data))
    })
    stream.addEventListener('gone', () => leave('missing'))
    stream.addEventListener('error', () => void broken())
  }
  const leave = (why: 'missing' | 'signed_out') => {
    stop()
    gone.value = why
  }
  const broken = async () => {
    online.value = false
    here.value = []
    stop()
    const wait = WAITS[Math.min(failures, WAITS.length - 1)] ?? 0
    failures++
    // An event source doesn't say why it failed, but a request for the draft does.
    const why = await send('GET', address).then(() => null, reasonOf)
    if (why) leave(why)
    else timer = window.setTimeout(open, wait * (0.75 + Math.random() / 2))
  }
  const whenOffline = () => {
    online.value = false
    here.value = []
    stop()
  }
  const whenOnline = () => {
    failures = 0
    open()
  }
  window.addEventListener('offline', whenOffline)
  window.addEventListener('online', whenOnline)
  const endWatch = whileSeen(document, {
    open: () => {
      isAsleep = false
      open()
    },
    close: () => {
      isAsleep = true
      stop()
    },
  })
  open()
  return () => {
    endWatch()
    stop()
    window.removeEventListener('offline', whenOffline)
    window.removeEventListener('online', whenOnline)
  }
}

/** Applies a segment from a response, before the events report it. */
export function learn(segment: SegmentJson): void {
  const { value } = draft
  const known = value?.segments.find(({ segment_id }) => segment_id === segment.segment_id)
  if (value && known && known.version < segment.version) draft.value = changed(value, { segments: [segment] })
}

function reasonOf(error: unknown): 'missing' | 'signed_out' | null {
  if (!(error instanceof Refusal)) return null
  if (error.status === 404) return 'missing'
  return error.status === 401 ? 'signed_out' : null
}

/** Keeps the objects of unchanged segments, so that their components aren't rendered again. */
function renewed(before: DraftJson | null, after: DraftJson): DraftJson {
  const known = new Map(before?.segments.map((segment) => [segment.segment_id, segment]))
  const segments = after.segments.map((segment) => {
    const old = known.get(segment.segment_id)
    return old && JSON.stringify(old) === JSON.stringify(segment) ? old : segment
  })
  return { ...after, segments }
}

function changed(before: DraftJson, { draft: rest, order, segments = [] }: DraftChange): DraftJson {
  const all = new Map([...before.segments, ...segments].map((segment) => [segment.segment_id, segment]))
  const ids = order ?? before.segments.map(({ segment_id }) => segment_id)
  return { ...before, ...rest, segments: ids.flatMap((id) => all.get(id) ?? []) }
}

function namesOf(people: readonly (string | { name: string })[]): string[] {
  return people.map((one) => (typeof one === 'string' ? one : one.name))
}
