import { html } from 'htm/preact'
import { useEffect, useState } from 'preact/hooks'
import type { SegmentJson } from '../../draft-json.ts'
import { Refusal, send } from '../send.ts'
import { untilThere } from '../until-there.ts'

/** The peaks of recordings, 0 to 1, by address. */
const known = new Map<string, Promise<number[]>>()
/** Maximum number of cached recordings: several takes of a long draft. */
const REMEMBERED = 400

function peaksOf(address: string): Promise<number[]> {
  const before = known.get(address)
  if (before) return before
  const fetched = send<number[]>('GET', address)
  if (known.size > REMEMBERED) known.clear()
  known.set(address, fetched)
  fetched.catch(() => known.get(address) === fetched && known.delete(address))
  return fetched
}

const statusOf = (error: unknown) => (error instanceof Refusal ? error.status : null)

/** The waveform of a segment's voice, as wide as the voice is long. */
export function Waveform({ segment, isNear }: { segment: SegmentJson; isNear: boolean }) {
  const { peaks_url: url } = segment.voice
  const [path, setPath] = useState('')
  useEffect(() => {
    if (!isNear || url === null) return
    return untilThere(() => peaksOf(url), { show: (peaks) => setPath(pathOf(peaks)), statusOf })
  }, [url, isNear])
  if (url === null || path === '') return html`<span class="wave"></span>`
  const share = Math.min(1, (segment.tts_duration ?? segment.length) / segment.length)
  return html`<svg class="wave" viewBox="0 0 1 2" preserveAspectRatio="none" aria-hidden="true"
    style=${{ width: `${share * 100}%` }}><path d=${path} /></svg>`
}

/** A closed path around the waveform, one unit wide and two high. */
function pathOf(peaks: readonly number[]): string {
  if (peaks.length === 0) return ''
  const at = (index: number) => ((index + 0.5) / peaks.length).toFixed(4)
  // Speech is quiet compared to its peaks and would hardly be visible without the square root.
  const high = (peak: number) => Math.max(0.04, Math.sqrt(peak)).toFixed(3)
  const above = peaks.map((peak, index) => `${at(index)} ${1 - Number(high(peak))}`)
  const below = peaks.map((peak, index) => `${at(index)} ${1 + Number(high(peak))}`).reverse()
  return `M0 1L${above.join('L')}L1 1L${below.join('L')}Z`
}
