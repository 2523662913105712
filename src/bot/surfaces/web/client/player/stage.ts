import { correction, indexAt, type Part, wantedAt } from './parts.ts'

/** Seconds before its turn that a clip is started: it takes about that long to begin moving. */
const HEAD_START = 0.03
/** Seconds at the end of a clip in which it is left alone. */
const TAIL = 0.05

/** A segment's muted clip, and the still shown until the clip can be. */
interface Slot {
  clip: string | null
  still: string | null
  video: HTMLVideoElement | null
  image: HTMLImageElement | null
  hasFailed: boolean
}

/**
 * The picture: a muted `video` for the current segment and for some of its neighbours, on top of each other. The next one
 * waits below at its first frame, so that a change of segments only removes the one above.
 */
export class Stage {
  readonly #root: HTMLElement
  readonly #slots = new Map<number, Slot>()
  #parts: readonly Part[] = []

  constructor(root: HTMLElement) {
    this.#root = root
  }

  /** Unchanged clips and stills stay loaded. */
  use(parts: readonly Part[]): void {
    this.#parts = parts
    for (const [id, slot] of this.#slots) {
      const part = parts.find((each) => each.id === id)
      if (!part || part.still !== slot.still) this.#drop(id, slot)
      else if (part.clip !== slot.clip) {
        // The still stays until the new clip is made and loaded.
        if (slot.video) remove(slot.video)
        this.#giveClip(slot, part.clip)
      }
    }
  }

  /** Shows a moment of the film. */
  show(time: number, isPlaying: boolean): void {
    const index = indexAt(this.#parts, time)
    const part = this.#parts[index]
    const wanted = wantedAt(this.#parts, index)
    const ids = new Set(wanted.map(({ id }) => id))
    for (const [id, slot] of this.#slots) if (!ids.has(id)) this.#drop(id, slot)
    for (const each of wanted) this.#slotOf(each)
    for (const [id, slot] of this.#slots) {
      const isSeen = id === part?.id
      const hasPicture = canShow(slot)
      slot.video?.style.setProperty('z-index', isSeen && hasPicture ? '3' : '1')
      slot.image?.style.setProperty('z-index', isSeen && !hasPicture ? '2' : '0')
    }
    this.#root.dataset.shows = part === undefined ? 'nothing' : this.#kindOf(part)
    if (!part) return
    this.#run(part, time - part.from, isPlaying)
    this.#readyNext(index, time, isPlaying)
  }

  close(): void {
    for (const [id, slot] of this.#slots) this.#drop(id, slot)
  }

  #kindOf({ id }: Part): 'clip' | 'still' | 'words' {
    const slot = this.#slots.get(id)
    if (slot && canShow(slot)) return 'clip'
    return slot?.image?.complete && slot.image.naturalWidth > 0 ? 'still' : 'words'
  }

  #run({ id, from, to }: Part, offset: number, isPlaying: boolean): void {
    const slot = this.#slots.get(id)
    if (!slot || !canShow(slot) || slot.video === null) return
    const { video } = slot
    const last = Math.max(0, Math.min(to - from, video.duration || 0) - TAIL)
    if (!isPlaying) {
      if (!video.paused) video.pause()
      // A frame is a thirtieth of a second; seeking to the same one again would only flicker.
      const wanted = Math.min(offset, last)
      if (!video.seeking && Math.abs(video.currentTime - wanted) > 1 / 60) video.currentTime = wanted
      return
    }
    // Keeps the last frame until the next clip is due.
    if (video.ended || offset >= last) return
    if (video.paused) start(video)
    if (video.seeking) return
    const how = correction(video.currentTime, offset)
    if ('seek' in how) video.currentTime = how.seek
    else if (video.playbackRate !== how.rate) video.playbackRate = how.rate
  }

  /** The next clip waits at its first frame and starts just before it is shown. */
  #readyNext(index: number, time: number, isPlaying: boolean): void {
    for (const [step, part] of this.#parts.entries()) {
      const video = this.#slots.get(part.id)?.video
      if (!video || step === index) continue
      const isDue = step === index + 1 && isPlaying && part.from - time <= HEAD_START
      if (isDue) {
        if (video.paused && video.readyState >= 2) start(video)
        continue
      }
      if (!video.paused) video.pause()
      const isAhead = step > index
      if (isAhead && video.readyState >= 1 && !video.seeking && video.currentTime > 0) video.currentTime = 0
    }
  }

  #slotOf(part: Part): Slot {
    const known = this.#slots.get(part.id)
    if (known) return known
    const slot: Slot = { clip: null, still: part.still, hasFailed: false, video: null, image: null }
    this.#giveClip(slot, part.clip)
    if (part.still !== null) {
      slot.image = document.createElement('img')
      slot.image.alt = ''
      slot.image.src = part.still
      this.#root.append(slot.image)
    }
    this.#slots.set(part.id, slot)
    return slot
  }

  #giveClip(slot: Slot, clip: string | null): void {
    const video = clip === null ? null : this.#videoOf(clip)
    Object.assign(slot, { clip, video, hasFailed: false })
    video?.addEventListener('error', () => {
      if (slot.video === video) slot.hasFailed = true
    })
  }

  #videoOf(url: string): HTMLVideoElement {
    const video = document.createElement('video')
    video.muted = true
    video.playsInline = true
    video.preload = 'auto'
    video.disablePictureInPicture = true
    video.src = url
    this.#root.append(video)
    return video
  }

  #drop(id: number, { video, image }: Slot): void {
    this.#slots.delete(id)
    if (video) remove(video)
    image?.remove()
  }
}

function canShow({ video, hasFailed }: Slot): boolean {
  return video !== null && !hasFailed && video.readyState >= 2
}

function start(video: HTMLVideoElement): void {
  video.playbackRate = 1
  void video.play().catch(() => undefined)
}

/** Releases the data too: otherwise browsers keep the connection. */
function remove(video: HTMLVideoElement): void {
  video.pause()
  video.removeAttribute('src')
  video.load()
  video.remove()
}
