import type { Timeline } from '../../../../src/core/media/editing/timeline.ts'

/** Clips of odd lengths; the second voice is shorter than its clip. */
export const TIMELINE: Timeline = {
  title: 'Bees & <bears> “두” \u{1f41d}\u0007',
  format: 'shorts',
  rate: { frames: 30, seconds: 1 },
  frames: 120,
  clips: [
    { name: '1. Hives', file: 'clips/01-hives.mp4', start: 0, frames: 37, available: 37 },
    { name: '2. 벌집', file: 'clips/02.mp4', start: 37, frames: 53, available: 53 },
    { name: '3. A "quoted" one', file: 'clips/03-a-quoted-one.mp4', start: 90, frames: 30, available: 30 },
  ],
  voices: [
    { name: '1. Hives', file: 'voices/01-hives.wav', start: 0, frames: 37, available: 37 },
    { name: '2. 벌집', file: 'voices/02.wav', start: 37, frames: 41, available: 41 },
    { name: '3. A "quoted" one', file: 'voices/03-a-quoted-one.wav', start: 90, frames: 29, available: 29 },
  ],
  music: { name: 'Music', file: 'music/music.wav', start: 0, frames: 120, available: 120 },
}

/** The items of a timeline with their places, as a reader of the timeline sees them. */
export function placesOf({ clips, voices, music }: Timeline) {
  return [...clips, ...voices, ...(music ? [music] : [])].map(({ file, start, frames, available }) => ({
    ...{ file, start, frames, available },
  }))
}
