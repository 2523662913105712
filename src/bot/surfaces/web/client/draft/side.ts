import { effect, signal, useSignalEffect } from '@preact/signals'
import { html } from 'htm/preact'
import { useEffect, useRef } from 'preact/hooks'
import { History } from '../history/history.ts'
import { Panel } from '../panel/panel.ts'
import { draft, selected } from '../state.ts'
import { shared, words } from '../words.ts'
import { About } from './about.ts'

type Tab = 'segment' | 'film' | 'history'
const TABS: readonly Tab[] = ['segment', 'film', 'history']

/** The tab shown beside the player. */
const tab = signal<Tab>('film')

/** The open segment, the draft as a whole, or its history. */
export function Side() {
  // Opening a segment shows its tab; closing it goes back to the film.
  useEffect(
    () =>
      effect(() => {
        if (selected.value !== null) tab.value = 'segment'
        else if (tab.peek() === 'segment') tab.value = 'film'
      }),
    [],
  )
  // Shows a film that has just been finished, because that is what everyone is waiting for.
  const before = useRef(draft.peek()?.status)
  useSignalEffect(() => {
    const status = draft.value?.status
    if (before.current === 'converting' && status === 'finalized') tab.value = 'film'
    before.current = status
  })
  const titles: Record<Tab, string> = {
    ...{ segment: words.draft.segment, film: words.draft.film, history: shared.buttons.history },
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = TABS[(TABS.indexOf(tab.value) + step + TABS.length) % TABS.length] ?? 'film'
    tab.value = next
    document.getElementById(`tab-${next}`)?.focus()
  }
  return html`<aside class="side card" aria-label=${words.draft.tabs}>
    <div class="tabs" role="tablist" aria-label=${words.draft.tabs} onKeyDown=${press}>
      ${TABS.map(
        (each) => html`<button type="button" role="tab" key=${each} id=${`tab-${each}`} class="quiet"
        aria-selected=${tab.value === each} aria-controls="side-panel" tabindex=${tab.value === each ? 0 : -1}
        onClick=${() => {
          tab.value = each
        }}>${titles[each]}</button>`,
      )}
    </div>
    <div class="side-panel" role="tabpanel" id="side-panel" aria-labelledby=${`tab-${tab.value}`} tabindex="0"><${Content} /></div>
  </aside>`
}

function Content() {
  if (tab.value === 'history') return html`<${History} />`
  if (tab.value === 'film') return html`<${About} />`
  return selected.value === null
    ? html`<p class="muted hint-box">${words.draft.noSegment}</p>`
    : html`<${Panel} />`
}
