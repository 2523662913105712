import { html } from 'htm/preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { SegmentJson } from '../../draft-json.ts'
import { ask } from '../changes.ts'
import { Problem } from '../panel/problem.ts'
import { doingAt, run } from '../panel/requests.ts'
import { draft } from '../state.ts'
import { seconds, shared, words } from '../words.ts'

/** A candidate as sent by the API. */
interface Candidate {
  key: string
  kind: 'video' | 'image'
  title: string
  author: string | null
  duration: number | null
  is_current: boolean
  /** `segment_index` of the segments, from 0. */
  used_by: number[]
  thumbnail_url: string
  preview_url: string | null
}

/** Milliseconds of hovering or focus before a preview plays, so that previews passed over aren't fetched. */
const RESTS = 200

/** The candidates of a segment, to choose from. */
export function Candidates({ segment }: { segment: SegmentJson }) {
  const { segment_id: id } = segment
  const [found, setFound] = useState<Candidate[] | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const at = `candidates:${id}`
  const { isBusy } = doingAt(at)
  const said = words.panel.footage
  const load = async (method: 'GET' | 'POST') =>
    setFound(await ask<Candidate[]>(method, `/segments/${id}/candidates`))
  // The segment has changed, so the marks are outdated; reloading them needs no new search.
  const before = useRef(segment.version)
  useEffect(() => {
    if (before.current === segment.version) return
    before.current = segment.version
    if (found) void run(at, () => load('GET'))
  }, [segment.version])
  const choose = ({ key }: Candidate) => {
    setChosen(key)
    const choosing = async () => {
      await ask('POST', `/segments/${id}/candidates/${key}/choose`)
      await load('GET')
    }
    void run(at, choosing).then(() => setChosen(null))
  }
  return html`<div class="footage-found">
    <div class="actions">
      <button type="button" disabled=${isBusy} onClick=${() => void run(at, () => load('POST'))}>
        ${found ? shared.buttons.otherFootage : said.find}
      </button>
    </div>
    <p class="small muted" role="status">${isBusy ? (chosen ? said.fetching : said.searching) : ''}</p>
    <${Problem} at=${at} />
    ${
      found &&
      (found.length === 0
        ? html`<p class="muted">${said.nothing}</p>`
        : html`<ul class="footage-grid" data-format=${draft.value?.format}>
            ${found.map(
              (candidate) => html`<li key=${candidate.key}>
                <${Tile}
                  candidate=${candidate} isBusy=${isBusy} onChoose=${() => choose(candidate)}
                  isChosen=${chosen === candidate.key}
                />
              </li>`,
            )}
          </ul>`)
    }
  </div>`
}

interface TileProps {
  candidate: Candidate
  isBusy: boolean
  isChosen: boolean
  onChoose: () => void
}

/** One candidate, which plays while it is hovered or focused. */
function Tile({ candidate, isBusy, isChosen, onChoose }: TileProps) {
  const { title, author, duration, kind, is_current, used_by, thumbnail_url, preview_url } = candidate
  const [isAt, setIsAt] = useState(false)
  const [hasPicture, setHasPicture] = useState(true)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const come = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setIsAt(true), RESTS)
  }
  const go = () => {
    clearTimeout(timer.current)
    setIsAt(false)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const said = words.panel.footage
  const marks = [
    ...(is_current ? [said.current] : []),
    ...(used_by.length > 0 ? [said.usedBy(used_by.map((index) => index + 1).join(', '))] : []),
    kind === 'image' ? said.still : duration === null ? '' : seconds(duration),
  ].filter((mark) => mark !== '')
  const plays = isAt && kind === 'video' && preview_url !== null && !prefersStill()
  return html`<button
    type="button" class="footage-tile" aria-pressed=${is_current} aria-disabled=${isBusy}
    onMouseEnter=${come} onMouseLeave=${go} onFocus=${come} onBlur=${go} onClick=${isBusy ? undefined : onChoose}
  >
    <span class="footage-picture">
      ${hasPicture && html`<img src=${thumbnail_url} alt="" loading="lazy" decoding="async" onError=${() => setHasPicture(false)} />`}
      ${plays && html`<video src=${preview_url} muted autoplay loop playsinline></video>`}
      ${isChosen && html`<span class="chip busy">${said.fetching}</span>`}
    </span>
    <span class="unseen">${said.choose} </span>
    <span class="footage-title small">${title}</span>
    ${author && html`<span class="unseen">${author}</span>`}
    <span class="footage-marks small muted">${marks.join(' · ')}</span>
  </button>`
}

function prefersStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
