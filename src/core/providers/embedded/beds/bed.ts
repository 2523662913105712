import { type Mood, SAMPLE_RATE } from '../../../model/formats.ts'
import { compose, loopLength, type Note } from './compose.ts'
import { add, addRoom, newLoop } from './loop.ts'
import { master, toWav } from './master.ts'
import { STYLES, type Style } from './styles.ts'
import { bass, drum, noise, pad, strings, struck } from './voices.ts'

/** A loop of 15 to 32 s as a 48 kHz stereo WAV whose end joins its beginning. The same arguments give the same bytes. */
export function makeBed(mood: Mood, variation: number): Buffer {
  const style = STYLES[mood]
  const { samples, beat } = loopLength(style, variation, SAMPLE_RATE)
  const loop = newLoop(samples, SAMPLE_RATE)
  const random = steadyNoise(variation * 7919 + mood.length * 104_729)
  const sounds = new Map<string, Float32Array>()
  for (const note of compose(style, variation, random)) {
    const name = `${note.voice} ${note.pitch} ${note.length}`
    const sound = sounds.get(name) ?? play(note, beat, style, random)
    sounds.set(name, sound)
    add(
      loop,
      sound,
      note.at * beat,
      note.level * BALANCE[note.voice],
      note.pan,
      ROOM[note.voice] * style.room,
    )
  }
  addRoom(loop, 0.84, 0.35)
  master(loop)
  return toWav(loop)
}

/** Gain of each voice, so that a style's levels are comparable. */
const BALANCE: Record<Note['voice'], number> = {
  pad: 0.16,
  keys: 0.42,
  pluck: 0.4,
  bell: 0.36,
  strings: 0.3,
  bass: 0.36,
  kick: 0.4,
  tom: 0.42,
  clap: 0.3,
  hat: 0.3,
}

/** How much of each voice goes to the room: low notes and hard hits would blur in it. */
const ROOM: Record<Note['voice'], number> = {
  pad: 0.7,
  keys: 1,
  pluck: 0.9,
  bell: 1.3,
  strings: 0.9,
  bass: 0.05,
  kick: 0.05,
  tom: 0.6,
  clap: 0.7,
  hat: 0.3,
}

function play(
  { voice, pitch, length }: Note,
  beat: number,
  style: Style,
  random: () => number,
): Float32Array {
  const seconds = (length * beat) / SAMPLE_RATE
  switch (voice) {
    case 'pad':
      return pad(pitch, seconds, SAMPLE_RATE, style.pad.cutoff, style.pad.attack)
    case 'strings':
      return strings(pitch, seconds, SAMPLE_RATE)
    case 'bass':
      return bass(pitch, seconds, SAMPLE_RATE)
    case 'kick':
      return drum(115, 47, 0.32, SAMPLE_RATE)
    case 'tom':
      return drum(120, 62, 0.7, SAMPLE_RATE)
    case 'clap':
      return noise(0.2, 0.15, SAMPLE_RATE, random)
    case 'hat':
      return noise(0.07, 1, SAMPLE_RATE, random)
    default:
      return struck(voice, pitch, SAMPLE_RATE)
  }
}

/** Numbers in [0, 1): a linear congruential generator with the constants of Numerical Recipes. */
function steadyNoise(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
