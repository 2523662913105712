import { effect, signal } from '@preact/signals'
import { draft, playhead, playing, seeking, spans } from '../state.ts'
import { makeMissing } from './make.ts'
import { lengthOf, type Part, partsOf, sameMoment } from './parts.ts'
import { Sound } from './sound.ts'
import { Stage } from './stage.ts'
import { volume } from './volume.ts'

/** True while the player waits for the sound. */
export const waiting = signal(false)
/** True if the mix couldn't be loaded, so only the voices are heard. */
export const soundFailed = signal(false)

/** Seconds before the end within which playing starts from the beginning. */
const AT_THE_END = 0.05

/** Events of pictures and clips; they do not bubble. */
const LOADED = ['loadeddata', 'load', 'error'] as const

/**
 * Plays the draft in `draft` in an element of the page, following the signals `playing` and `seeking`.
 * @returns a function that stops it.
 */
export function runPlayer(root: HTMLElement): () => void {
  const sound = new Sound(() => {
    soundFailed.value = true
  })
  const stage = new Stage(root)
  let parts: readonly Part[] = []
  /** The address of the current mix. */
  let mix: string | null = null
  let frame = 0

  const look = () => stage.show(playhead.peek(), playing.peek() && !sound.isWaiting)

  const draw = () => {
    frame = 0
    if (!playing.peek()) return
    const { time, isWaiting } = sound
    waiting.value = isWaiting
    if (time >= lengthOf(parts)) {
      playhead.value = lengthOf(parts)
      playing.value = false
      return
    }
    playhead.value = time
    sound.tick()
    look()
    frame = requestAnimationFrame(draw)
  }

  const ends = [
    effect(() => {
      const after = partsOf(spans.value, draft.value?.length ?? 0)
      const sounds = draft.value?.sound_url ?? null
      if (sounds === mix && JSON.stringify(after) === JSON.stringify(parts)) return
      const before = playhead.peek()
      const time = parts.length === 0 ? before : sameMoment(parts, after, before)
      parts = after
      mix = sounds
      soundFailed.value = false
      sound.use(parts, mix)
      stage.use(parts)
      if (Math.abs(time - before) > 0.001) {
        sound.seek(time)
        playhead.value = time
      }
      look()
    }),
    effect(() => {
      const time = seeking.value
      if (time === null) return
      seeking.value = null
      sound.seek(time)
      playhead.value = Math.min(Math.max(0, time), lengthOf(parts))
      look()
    }),
    effect(() => {
      if (!playing.value) {
        sound.pause()
        waiting.value = false
        look()
        return
      }
      if (playhead.peek() >= lengthOf(parts) - AT_THE_END) playhead.value = 0
      sound.seek(playhead.peek())
      sound.play().catch(() => {
        playing.value = false
      })
      if (frame === 0) frame = requestAnimationFrame(draw)
      void makeMissing()
    }),
    effect(() => {
      sound.volume = volume.value
    }),
  ]
  // Shows a picture that finishes loading while nothing is playing.
  for (const event of LOADED) root.addEventListener(event, look, true)
  return () => {
    for (const end of ends) end()
    for (const event of LOADED) root.removeEventListener(event, look, true)
    cancelAnimationFrame(frame)
    sound.close()
    stage.close()
    playing.value = false
  }
}
