import { effect, signal } from '@preact/signals'
import { draft, playhead, playing, spans } from '../state.ts'
import { lengthOf, type Part, partsOf, sameMoment } from './parts.ts'
import { Sound } from './sound.ts'
import { Stage } from './stage.ts'
import { volume } from './volume.ts'

/** True while the sound is waited for. */
export const waiting = signal(false)
/** True after the mix could not be loaded. */
export const soundFailed = signal(false)

/**
 * Plays the draft that `draft` holds on an element of the page, following `playing` and `playhead`, whoever sets them.
 * @returns what ends it.
 */
export function runPlayer(root: HTMLElement): () => void {
  const sound = new Sound(() => {
    soundFailed.value = true
  })
  const stage = new Stage(root)
  let parts: readonly Part[] = []
  /** Where the player has put the playhead itself: anywhere else somebody else has put it. */
  let own = playhead.peek()
  let frame = 0
  /** The address of the mix that is played. */
  let used: string | null = null

  const put = (time: number) => {
    own = time
    playhead.value = time
  }

  const draw = () => {
    frame = 0
    if (!playing.peek()) return
    const { time } = sound
    waiting.value = sound.isWaiting
    if (time >= lengthOf(parts)) {
      playing.value = false
      put(lengthOf(parts))
      return
    }
    put(time)
    sound.tick()
    stage.show(time, !sound.isWaiting)
    frame = requestAnimationFrame(draw)
  }

  const ends = [
    effect(() => {
      const after = partsOf(spans.value)
      const mix = draft.value?.sound_url ?? null
      if (JSON.stringify(after) === JSON.stringify(parts) && mix === used) return
      const time = parts.length === 0 ? own : sameMoment(parts, after, own)
      const isElsewhere = Math.abs(time - own) > 0.001
      parts = after
      used = mix
      soundFailed.value = false
      sound.use(parts, mix)
      stage.use(parts)
      if (isElsewhere) sound.seek(time)
      put(time)
      stage.show(time, playing.peek())
    }),
    effect(() => {
      const time = playhead.value
      if (time === own) return
      own = time
      sound.seek(time)
      stage.show(time, playing.peek())
    }),
    effect(() => {
      if (!playing.value) {
        sound.pause()
        waiting.value = false
        stage.show(own, false)
        return
      }
      if (own >= lengthOf(parts) - 0.05) put(0)
      sound.seek(own)
      sound.play().catch(() => {
        playing.value = false
      })
      if (frame === 0) frame = requestAnimationFrame(draw)
    }),
    effect(() => {
      sound.volume = volume.value
    }),
  ]
  // A picture that was waited for while nothing plays.
  const look = () => stage.show(own, playing.peek())
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

/** Events of pictures and clips that do not bubble. */
const LOADED = ['loadeddata', 'load', 'error'] as const
