import type { Chord, Instrument, Style } from './styles.ts'

type Voice = Instrument | 'pad' | 'bass' | 'kick' | 'clap' | 'hat' | 'tom'

export interface Note {
  voice: Voice
  /** MIDI number; ignored by voices without a pitch. */
  pitch: number
  /** Beats from the start of the loop. */
  at: number
  /** Beats. */
  length: number
  /** 0 to 1. */
  level: number
  /** −1 left to 1 right. */
  pan: number
}

const BEATS = 4

/** Writes out the loop as notes. `jitter` returns numbers in [0, 1) for the slight unevenness of a player's touch. */
export function compose(style: Style, variation: number, jitter: () => number): Note[] {
  const { key, chords, figure } = variationOf(style, variation)
  const notes: Note[] = []
  for (let bar = 0; bar < style.bars; bar++) {
    const chord = chords[bar % chords.length]
    if (!chord) continue
    const start = bar * BEATS
    const voicing = voice(chord, key)
    const root = 36 + ((key + chord[0]) % 12)
    voicing.forEach((pitch, i) => {
      notes.push({
        voice: 'pad',
        pitch,
        at: start,
        length: BEATS,
        level: style.pad.level,
        pan: i % 2 ? 0.35 : -0.35,
      })
    })
    // In the second half, the figure occasionally rises by an octave, so that eight bars don't get monotonous.
    const lift = bar >= style.bars / 2 && bar % 4 === 3 ? 12 : 0
    const steps = BEATS / style.figure.step
    for (let step = 0; step < steps; step++) {
      const sign = figure[(step + (steps < figure.length && bar % 2 ? steps : 0)) % figure.length] ?? '.'
      if (sign === '.') continue
      const tone = Number(sign)
      const pitch =
        (voicing[tone % voicing.length] ?? key) +
        12 * (Math.floor(tone / voicing.length) + style.figure.octave)
      const accent = step % (1 / style.figure.step) === 0 ? 1 : 0.78
      notes.push({
        voice: style.figure.instrument,
        pitch: pitch + (tone === 0 ? 0 : lift),
        at: start + step * style.figure.step,
        length: style.figure.step,
        level: style.figure.level * accent * (0.88 + 0.12 * jitter()),
        pan: 0.45 * Math.sin(step * 1.9 + bar),
      })
    }
    strike(notes, 'bass', style.bass.pattern, style.bass.level, start, root)
    const { kick, clap, hat, tom, level } = style.drums
    if (kick) strike(notes, 'kick', kick, level, start, 0)
    if (clap) strike(notes, 'clap', clap, level * 0.6, start, 0)
    if (hat) strike(notes, 'hat', hat, level * 0.3, start, 0, jitter)
    if (tom) strike(notes, 'tom', tom, level, start, root + 12)
  }
  return notes
}

/** The length of one pass through the loop and of a beat, in samples at the given rate. */
export function loopLength(style: Style, variation: number, rate: number): { samples: number; beat: number } {
  const beat = (60 / variationOf(style, variation).bpm) * rate
  return { samples: Math.round(beat * BEATS * style.bars), beat }
}

function variationOf(style: Style, variation: number): Style['variations'][number] {
  const found = style.variations[variation % style.variations.length]
  if (!found) throw new RangeError('a style without variations')
  return found
}

/**
 * A chord's notes folded into the octave around middle C, so that voices move little between chords. If two notes are a
 * semitone apart (a seventh below its root, a ninth below its third), the lower one goes up an octave: that close, they
 * would clash.
 */
function voice([root, notes]: Chord, key: number): number[] {
  const classes = [...new Set(notes.map((note) => (key + root + note) % 12))]
  const folded = classes.map((pitchClass) => 55 + ((pitchClass - 55 + 120) % 12)).sort((a, b) => a - b)
  return folded.map((pitch) => (folded.includes(pitch + 1) ? pitch + 12 : pitch)).sort((a, b) => a - b)
}

function strike(
  notes: Note[],
  voice: Voice,
  pattern: string,
  level: number,
  start: number,
  pitch: number,
  jitter: () => number = () => 1,
): void {
  const step = BEATS / pattern.length
  const hits = [...pattern].flatMap((sign, i) => (sign === '.' ? [] : [{ i, strength: Number(sign) / 9 }]))
  hits.forEach(({ i, strength }, n) => {
    const next = hits[n + 1]?.i ?? pattern.length
    const touch = 0.85 + 0.15 * jitter()
    notes.push({
      voice,
      pitch,
      at: start + i * step,
      length: (next - i) * step,
      level: level * strength * touch,
      pan: voice === 'hat' ? 0.25 : 0,
    })
  })
}
