import type { Mood } from '../../../model/formats.ts'

/** Semitones of the root above the key, then the chord's notes in semitones above that root. */
export type Chord = readonly [root: number, notes: readonly number[]]
export type Instrument = 'pluck' | 'bell' | 'strings' | 'keys'

export interface Style {
  /** One per variation: beats per minute, and the key as a MIDI note between 45 and 56. */
  variations: readonly { bpm: number; key: number; chords: readonly Chord[]; figure: string }[]
  /** Bars of four beats; a multiple of the number of chords. */
  bars: number
  pad: { level: number; cutoff: number; attack: number }
  /**
   * The figure's instrument and level; each character of `figure` is a step of `step` beats: a digit is a note of the
   * chord (0 the lowest, 4 the lowest an octave up …), a point is a rest.
   */
  figure: { instrument: Instrument; level: number; step: number; octave: number }
  /** Sixteen steps per bar; 0–9 is the strength, a point is a rest. */
  bass: { level: number; pattern: string }
  drums: { kick?: string; clap?: string; hat?: string; tom?: string; level: number }
  /** Share of the sound that goes to the room. */
  room: number
}

const major = [0, 4, 7, 12]
const minor = [0, 3, 7, 12]
const major7 = [0, 4, 7, 11]
const minor7 = [0, 3, 7, 10]
const add9 = [0, 4, 7, 14]
const minor9 = [0, 3, 7, 14]
const sus4 = [0, 5, 7, 12]

/** In a major key. */
const I = 0
const II = 2
const III = 4
const IV = 5
const V = 7
const VI = 9

export const STYLES: Record<Mood, Style> = {
  calm: {
    variations: [
      {
        bpm: 72,
        key: 53,
        chords: [
          [I, major7],
          [VI, minor7],
          [IV, major7],
          [V, sus4],
        ],
        figure: '0.2.3.2.1...2...',
      },
      {
        bpm: 68,
        key: 50,
        chords: [
          [IV, major7],
          [I, add9],
          [II, minor7],
          [V, sus4],
        ],
        figure: '0.1.2...3.2.1...',
      },
      {
        bpm: 76,
        key: 48,
        chords: [
          [I, add9],
          [III, minor7],
          [IV, major7],
          [IV, add9],
        ],
        figure: '0...2.1.3...2...',
      },
    ],
    bars: 8,
    pad: { level: 0.5, cutoff: 2000, attack: 1.1 },
    figure: { instrument: 'keys', level: 0.5, step: 0.5, octave: 0 },
    bass: { level: 0.5, pattern: '7...............' },
    drums: { level: 0 },
    room: 0.4,
  },
  energetic: {
    variations: [
      {
        bpm: 124,
        key: 48,
        chords: [
          [VI, minor],
          [IV, major],
          [I, major],
          [V, major],
        ],
        figure: '0213021302130213',
      },
      {
        bpm: 120,
        key: 50,
        chords: [
          [I, major],
          [V, major],
          [VI, minor],
          [IV, major],
        ],
        figure: '02.302.302.31203',
      },
      {
        bpm: 126,
        key: 45,
        chords: [
          [VI, minor],
          [I, major],
          [V, major],
          [IV, add9],
        ],
        figure: '0123210301232103',
      },
    ],
    bars: 16,
    pad: { level: 0.28, cutoff: 2600, attack: 0.25 },
    figure: { instrument: 'pluck', level: 0.42, step: 0.25, octave: 1 },
    bass: { level: 0.62, pattern: '..7...7...7...7.' },
    drums: { kick: '9...9...9...9...', clap: '....7.......7...', hat: '..6...6...6.3.6.', level: 0.75 },
    room: 0.16,
  },
  happy: {
    variations: [
      {
        bpm: 108,
        key: 48,
        chords: [
          [I, major],
          [V, major],
          [VI, minor],
          [IV, major],
        ],
        figure: '0.23.2304.32.230',
      },
      {
        bpm: 112,
        key: 55,
        chords: [
          [I, major],
          [VI, minor],
          [IV, major],
          [V, major],
        ],
        figure: '0..2.3.20.3.2.3.',
      },
      {
        bpm: 104,
        key: 50,
        chords: [
          [IV, major],
          [V, major],
          [I, major],
          [VI, minor],
        ],
        figure: '02.30.2.03.2.32.',
      },
    ],
    bars: 8,
    pad: { level: 0.2, cutoff: 2000, attack: 0.3 },
    figure: { instrument: 'pluck', level: 0.62, step: 0.25, octave: 1 },
    bass: { level: 0.58, pattern: '8.....6.8.....5.' },
    drums: { kick: '8.......8..5....', clap: '....5.......5...', hat: '4.6.4.6.4.6.4.6.', level: 0.55 },
    room: 0.18,
  },
  dramatic: {
    variations: [
      {
        bpm: 84,
        key: 50,
        chords: [
          [I, minor],
          [8, major],
          [3, major],
          [10, major],
        ],
        figure: '0020302000203020',
      },
      {
        bpm: 88,
        key: 48,
        chords: [
          [I, minor],
          [3, major],
          [8, major],
          [V, sus4],
        ],
        figure: '0030200300302003',
      },
      {
        bpm: 80,
        key: 52,
        chords: [
          [I, minor],
          [10, major],
          [8, major],
          [IV, minor],
        ],
        figure: '0203020302030203',
      },
    ],
    bars: 8,
    pad: { level: 0.5, cutoff: 1600, attack: 0.6 },
    figure: { instrument: 'strings', level: 0.42, step: 0.25, octave: 0 },
    bass: { level: 0.6, pattern: '9.......6.....5.' },
    drums: { kick: '9.........5.....', tom: '9.....6.....4.6.', level: 0.7 },
    room: 0.34,
  },
  mysterious: {
    variations: [
      {
        bpm: 66,
        key: 52,
        chords: [
          [I, minor9],
          [8, major7],
          [IV, minor7],
          [8, major7],
        ],
        figure: '3.....2.....4...',
      },
      {
        bpm: 64,
        key: 49,
        chords: [
          [I, minor9],
          [3, major7],
          [8, major7],
          [IV, minor7],
        ],
        figure: '..4.....3...2...',
      },
      {
        bpm: 70,
        key: 47,
        chords: [
          [I, minor7],
          [IV, minor9],
          [I, minor9],
          [8, major7],
        ],
        figure: '2...4.......3...',
      },
    ],
    bars: 8,
    pad: { level: 0.55, cutoff: 1100, attack: 1.6 },
    figure: { instrument: 'bell', level: 0.4, step: 0.5, octave: 1 },
    bass: { level: 0.55, pattern: '8.......5.......' },
    drums: { tom: '3...............', level: 0.4 },
    room: 0.55,
  },
  uplifting: {
    variations: [
      {
        bpm: 100,
        key: 50,
        chords: [
          [IV, add9],
          [I, major],
          [V, major],
          [VI, minor7],
        ],
        figure: '0.2.3.2.4.3.2.3.',
      },
      {
        bpm: 96,
        key: 53,
        chords: [
          [I, add9],
          [V, major],
          [VI, minor7],
          [IV, add9],
        ],
        figure: '0.3.2.3.4.2.3.2.',
      },
      {
        bpm: 104,
        key: 48,
        chords: [
          [VI, minor7],
          [IV, add9],
          [I, major],
          [V, sus4],
        ],
        figure: '0.2.4.2.3.2.4.3.',
      },
    ],
    bars: 8,
    pad: { level: 0.42, cutoff: 2600, attack: 0.5 },
    figure: { instrument: 'keys', level: 0.55, step: 0.25, octave: 0 },
    bass: { level: 0.58, pattern: '8.......7...5...' },
    drums: { kick: '8.......8.......', clap: '....4.......4...', hat: '..4...4...4...4.', level: 0.5 },
    room: 0.3,
  },
}
