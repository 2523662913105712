import { indexAt, lengthOf, type Part } from './parts.ts'

/**
 * The sound, and the clock that pictures follow: the mix as one continuous element or, while it is being made, the voices
 * of the segments one after another, timed by the system clock.
 */
export class Sound {
  readonly #mix = new Audio()
  #voices = new Map<string, HTMLAudioElement>()
  #parts: readonly Part[] = []
  #mixUrl: string | null = null
  /** The mix couldn't be loaded; the next start tries again. */
  #hasFailed = false
  /** Whether the mix is playing rather than the voices. */
  #isMixed = false
  #isPlaying = false
  /** The position in the film when the system clock was at `#since`. */
  #at = 0
  #since = 0
  #volume = 1
  /** Number of the newest start or pause, to ignore late outcomes. */
  #turn = 0

  constructor(onFailed: () => void) {
    this.#mix.preload = 'auto'
    this.#mix.addEventListener('canplay', () => this.#takeOver())
    this.#mix.addEventListener('error', () => {
      if (this.#mixUrl === null) return
      this.#leave()
      this.#hasFailed = true
      onFailed()
    })
  }

  /** Position in seconds from the beginning of the film. */
  get time(): number {
    if (!this.#isPlaying) return this.#at
    if (this.#isMixed) return this.#mix.ended ? lengthOf(this.#parts) : this.#mix.currentTime
    return Math.min(this.#at + (performance.now() - this.#since) / 1000, lengthOf(this.#parts))
  }

  /** True while the sound is buffering; pictures wait with it. */
  get isWaiting(): boolean {
    return this.#isPlaying && this.#isMixed && !this.#mix.ended && this.#mix.readyState < 3
  }

  /** @param mix its address; null while it is being made. An unchanged sound keeps playing. */
  use(parts: readonly Part[], mix: string | null): void {
    const time = this.time
    this.#parts = parts
    const kept = new Set(parts.map(({ voice }) => voice))
    for (const [url, voice] of this.#voices)
      if (!kept.has(url)) {
        this.#voices.delete(url)
        end(voice)
      }
    if (mix === this.#mixUrl) return
    this.#leave(time)
    this.#mixUrl = mix
    this.#hasFailed = false
    if (mix === null) end(this.#mix)
    else this.#mix.src = mix
  }

  async play(): Promise<void> {
    if (this.#isPlaying) return
    this.#isPlaying = true
    this.#since = performance.now()
    const turn = ++this.#turn
    if (this.#mixUrl === null) return this.tick()
    if (this.#hasFailed) this.#mix.load()
    this.#hasFailed = false
    this.#isMixed = true
    this.#mix.currentTime = this.#at
    await this.#mix.play().catch((error: unknown) => {
      // It was stopped in the meantime, or the voices are playing instead.
      if (turn !== this.#turn || !this.#isMixed) return
      this.#isPlaying = false
      this.#isMixed = false
      throw error
    })
  }

  pause(): void {
    this.#at = this.time
    this.#isPlaying = false
    this.#isMixed = false
    this.#turn += 1
    this.#mix.pause()
    for (const voice of this.#voices.values()) voice.pause()
  }

  seek(time: number): void {
    this.#at = Math.min(Math.max(0, time), lengthOf(this.#parts))
    this.#since = performance.now()
    if (this.#isMixed) this.#mix.currentTime = this.#at
    for (const voice of this.#voices.values()) voice.pause()
  }

  set volume(volume: number) {
    this.#volume = volume
    this.#mix.volume = volume
    for (const voice of this.#voices.values()) voice.volume = volume
  }

  /** Starts the voice that is due and preloads the next one; does nothing while the mix is playing. */
  tick(): void {
    if (!this.#isPlaying || this.#isMixed) return
    const { time } = this
    const index = indexAt(this.#parts, time)
    for (const [step, part] of [this.#parts[index], this.#parts[index + 1]].entries()) {
      if (!part?.voice) continue
      const voice = this.#voiceOf(part.voice)
      const offset = time - part.from
      if (step > 0 || !voice.paused || voice.readyState < 2) continue
      // The voice is over; only the pause after it is left.
      if (offset >= voice.duration - 0.05) continue
      voice.currentTime = Math.max(0, offset)
      void voice.play().catch(() => undefined)
    }
    const heard = this.#parts[index]?.voice
    for (const [url, voice] of this.#voices) if (url !== heard) voice.pause()
  }

  /** Stops and releases all sound. */
  close(): void {
    this.pause()
    this.#mixUrl = null
    end(this.#mix)
    for (const voice of this.#voices.values()) end(voice)
    this.#voices = new Map()
  }

  /** Switches to the mix when it is loaded while the voices are playing. */
  #takeOver(): void {
    if (!this.#isPlaying || this.#isMixed || this.#mixUrl === null) return
    const turn = this.#turn
    this.#mix.currentTime = this.time
    void this.#mix
      .play()
      .then(() => {
        if (turn !== this.#turn || this.#isMixed) return
        this.#isMixed = true
        for (const voice of this.#voices.values()) voice.pause()
      })
      .catch(() => undefined)
  }

  /** Switches from the mix back to the voices, at the same position. */
  #leave(time = this.time): void {
    this.#at = time
    this.#since = performance.now()
    this.#isMixed = false
    this.#mix.pause()
  }

  #voiceOf(url: string): HTMLAudioElement {
    const known = this.#voices.get(url)
    if (known) return known
    const voice = new Audio(url)
    voice.preload = 'auto'
    voice.volume = this.#volume
    this.#voices.set(url, voice)
    return voice
  }
}

/** Releases an element's data: otherwise browsers keep it and its connection. */
function end(element: HTMLMediaElement): void {
  element.pause()
  element.removeAttribute('src')
  element.load()
}
