import { signal } from '@preact/signals'
import { html } from 'htm/preact'
import type { DraftListItem } from '../../draft-json.ts'
import { sayError, sentenceOf } from '../say.ts'
import { request } from '../send.ts'
import { whileSeen } from '../while-seen.ts'
import { clockTime, language, shared, words } from '../words.ts'

/** Drafts per request. */
const PAGE = 24

const drafts = signal<DraftListItem[] | null>(null)
const total = signal(0)
const status = signal('')
const search = signal('')
const problem = signal('')
/** The people in each draft, by its id. */
const here = signal<Record<string, string[]>>({})
/** Number of the newest request, to ignore late responses. */
let turn = 0

async function load(count: number): Promise<void> {
  turn++
  const mine = turn
  const query = new URLSearchParams({ skip: '0', limit: String(Math.min(100, count)) })
  if (status.peek() !== '') query.set('status', status.peek())
  if (search.peek() !== '') query.set('words', search.peek())
  try {
    const { items, all } = await page(query)
    if (mine !== turn) return
    drafts.value = items
    total.value = all
    problem.value = ''
  } catch (error) {
    if (mine === turn) problem.value = sentenceOf(error)
  }
}

async function page(query: URLSearchParams): Promise<{ items: DraftListItem[]; all: number }> {
  const response = await request('GET', `/api/draft/?${query}`)
  return { items: await response.json(), all: Number(response.headers.get('x-total-count') ?? 0) }
}

async function more(): Promise<void> {
  const shown = drafts.peek() ?? []
  const query = new URLSearchParams({ skip: String(shown.length), limit: String(PAGE) })
  if (status.peek() !== '') query.set('status', status.peek())
  if (search.peek() !== '') query.set('words', search.peek())
  try {
    const known = new Set(shown.map(({ draft_id }) => draft_id))
    const { items } = await page(query)
    drafts.value = [...shown, ...items.filter(({ draft_id }) => !known.has(draft_id))]
  } catch (error) {
    sayError(error)
  }
}

/** Keeps the list up to date. @returns a function that stops it. */
export function followList(): () => void {
  void load(PAGE)
  let source: EventSource | null = null
  let timer = 0
  const again = () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void load(Math.max(PAGE, drafts.peek()?.length ?? 0)), 200)
  }
  // Changes during a lost connection only show up when the list is loaded again.
  let wasAway = false
  const close = () => {
    wasAway = true
    source?.close()
    source = null
  }
  const open = () => {
    source?.close()
    const stream = new EventSource('/api/events')
    source = stream
    stream.addEventListener('changed', again)
    stream.addEventListener('here', ({ data }) => {
      here.value = JSON.parse(data)
    })
    stream.addEventListener('error', () => {
      wasAway = true
    })
    stream.addEventListener('open', () => {
      if (wasAway) again()
      wasAway = false
    })
  }
  const reopen = () => {
    wasAway = true
    open()
  }
  const endWatch = whileSeen(document, { open: reopen, close })
  open()
  return () => {
    endWatch()
    clearTimeout(timer)
    source?.close()
  }
}

let typing = 0

/** The list of drafts, newest first. */
export function List() {
  const { list } = words
  const items = drafts.value
  const isFiltered = status.value !== '' || search.value !== ''
  const find = (text: string) => {
    search.value = text.trim()
    clearTimeout(typing)
    typing = window.setTimeout(() => void load(PAGE), 250)
  }
  const choose = (chosen: string) => {
    status.value = chosen
    void load(PAGE)
  }
  return html`<section class="drafts" aria-labelledby="drafts-title">
    <div class="drafts-head">
      <h2 id="drafts-title">${words.drafts}</h2>
      ${
        (total.value > 0 || isFiltered) &&
        html`
        <p class="muted small" role="status">${list.total(total.value)}</p>
        <input type="search" aria-label=${list.search} placeholder=${list.search} maxlength="200"
          onInput=${(event: InputEvent) => find((event.currentTarget as HTMLInputElement).value)} />
        <select aria-label=${list.status} onChange=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}>
          <option value="">${list.all}</option>
          ${Object.entries(shared.status).map(([id, name]) => html`<option key=${id} value=${id}>${name}</option>`)}
        </select>`
      }
    </div>
    ${problem.value !== '' && html`<p class="refusal" role="alert">${problem.value}</p>`}
    ${items === null && problem.value === '' && html`<p class="muted">${words.loading}</p>`}
    ${items?.length === 0 && html`<p class="muted none">${isFiltered ? list.noMatch : list.none}</p>`}
    ${items && items.length > 0 && html`<ul class="cards">${items.map((item) => html`<${Card} key=${item.draft_id} item=${item} />`)}</ul>`}
    ${items && items.length < total.value && html`<button type="button" onClick=${more}>${list.earlier}</button>`}
  </section>`
}

const TONES: Record<string, string> = {
  editing: 'warn',
  assets_ready: 'good',
  converting: 'busy',
  finalized: 'good',
}

function Card({ item }: { item: DraftListItem }) {
  const names = here.value[item.draft_id] ?? []
  return html`<li class="draft-card card">
    <div class="draft-picture" data-format=${item.format}>
      ${item.still_url && html`<img src=${item.still_url} alt="" loading="lazy" decoding="async" />`}
    </div>
    <div class="draft-words">
      <h3><a href=${`/draft/${encodeURIComponent(item.draft_id)}`}>${item.title || item.topic || words.untitled}</a></h3>
      <p class="facts"><span class=${`chip ${TONES[item.status] ?? ''}`}>${shared.status[item.status as keyof typeof shared.status]}</span></p>
      <p class="muted small">${clockTime(item.length)} · ${words.list.segments(item.segments.length)}</p>
      <p class="muted small">${[item.author && words.list.by(item.author), dayOf(item.updated_at)].filter(Boolean).join(' · ')}</p>
      ${names.length > 0 && html`<p class="small here-now">${words.draft.alsoHere(names.join(', '))}</p>`}
    </div>
  </li>`
}

function dayOf(time: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(time))
}
