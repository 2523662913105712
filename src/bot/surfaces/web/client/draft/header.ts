import { html } from 'htm/preact'
import type { DraftJson } from '../../draft-json.ts'
import { cancelWork, render, reopen } from '../changes.ts'
import { icon } from '../icons.ts'
import { draft, here } from '../state.ts'
import { clockTime, shared, words } from '../words.ts'

/** The draft's title, its status, who is here, and the next action. */
export function Header() {
  const { value } = draft
  if (!value) return null
  const { segments, status, length } = value
  return html`<header class="top">
    <a class="back button" href="/" aria-label=${words.toDrafts} title=${words.toDrafts}>${icon('back')}</a>
    <div class="heading">
      <h1>${value.title || value.topic || words.untitled}</h1>
      <p class="facts">
        <span class=${`chip ${TONES[status]}`}><span class="unseen">${words.draft.status}: </span>${statusOf(value)}</span>
        ${segments.length > 0 && html`<span>${words.draft.summary(clockTime(length), segments.length)}</span>`}
        <${Approvals} draft=${value} />
      </p>
    </div>
    <${People} />
    <div class="actions"><${Next} draft=${value} /></div>
    <${Progress} draft=${value} />
  </header>`
}

const TONES: Record<DraftJson['status'], string> = {
  ...{ creating: 'busy', editing: 'warn', assets_ready: 'good', converting: 'busy', finalized: 'good' },
}

function statusOf({ status, creation }: DraftJson): string {
  if (status !== 'creating') return shared.status[status]
  return creation?.error ? words.list.notWritten : words.list.writing
}

function Approvals({ draft: { approvals } }: { draft: DraftJson }) {
  const { needed, standing, by } = approvals
  if (needed === 0 && standing === 0) return null
  const isEnough = standing >= needed
  const text = needed === 0 ? words.draft.approved(standing) : words.draft.approvals(standing, needed)
  const names = by.filter(({ changes_since }) => changes_since === 0).map(({ name }) => name)
  return html`<span class=${isEnough ? 'chip good' : 'chip'} title=${names.join(', ')}>${text}</span>`
}

/** The people who have the page open, one round badge each. */
function People() {
  const names = here.value
  if (names.length === 0) return null
  return html`<ul class="people" aria-label=${words.draft.here}>
    ${names.slice(0, SHOWN).map((name) => {
      const hue = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0) * 47, 0) % 360
      return html`<li key=${name} title=${name} style=${{ '--hue': hue }}>
        <span aria-hidden="true">${initialsOf(name)}</span><span class="unseen">${name || words.someone}</span>
      </li>`
    })}
    ${names.length > SHOWN && html`<li title=${names.slice(SHOWN).join(', ')}>+${names.length - SHOWN}</li>`}
  </ul>`
}

const SHOWN = 5

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/)
  // For a name in Hangul, the given name is what people use, and its two letters fit.
  if (/^\p{Script=Hangul}{2,4}$/u.test(name)) return name.slice(-2)
  return (
    parts
      .slice(0, 2)
      .map((part) => [...part][0] ?? '')
      .join('')
      .toUpperCase() || '?'
  )
}

/** The button for the next action. */
function Next({ draft: { status, rights, ready, creation } }: { draft: DraftJson }) {
  const { buttons } = shared
  if (status === 'creating')
    return creation?.error || !rights.write
      ? null
      : html`<button type="button" onClick=${cancelWork}>${buttons.cancel}</button>`
  if (status === 'converting')
    return rights.write && html`<button type="button" onClick=${cancelWork}>${buttons.cancel}</button>`
  if (status === 'finalized')
    return rights.write && html`<button type="button" onClick=${reopen}>${buttons.reopen}</button>`
  if (!rights.render) return null
  return html`<button type="button" class="primary" title=${ready.is_ready ? null : ready.why} onClick=${() => render()}>
    ${icon('render')}${buttons.render}
  </button>`
}

function Progress({ draft: { status, render: job } }: { draft: DraftJson }) {
  if (status === 'converting') {
    const percent = Math.floor((job?.progress ?? 0) * 100)
    return html`<div class="rendering">
      <progress max="100" value=${percent} aria-label=${words.draft.rendering(percent)}></progress>
      <p class="small muted" aria-hidden="true">${words.draft.percent(percent)}</p>
    </div>`
  }
  const why = status === 'finalized' || job?.state !== 'failed' ? null : job.error
  return why === null ? null : html`<p class="render-failed" role="alert">${why}</p>`
}
