/** What only the studio says. Browsers load this file as it is, so it imports nothing but what they may load too. */
export const studioEn = {
  brand: 'Rushes',
  seconds: (value: number) => `${value} s`,
  loading: 'Loading…',
  drafts: 'Drafts',
  toDrafts: 'Back to all drafts',
  untitled: 'New draft',
  notFound: 'This draft does not exist, or you cannot see it.',
  unreachable: 'Rushes cannot be reached. Check your connection and try again.',
  failed: 'That did not work. Try again.',
  close: 'Close',
  dismiss: 'Dismiss this message',

  panel: {
    player: {
      title: 'Player',
      play: 'Play',
      pause: 'Pause',
      seek: 'Position in the film',
      volume: 'Volume',
      fullScreen: 'Full screen',
      waiting: 'Waiting for the sound…',
      soundFailed: 'The mixed sound could not be loaded, so you hear the voices alone.',
      making: 'Segments that are still being made are shown as stills.',
      voicesOnly: 'The music is still being mixed. You hear the voices alone.',
    },
  },
}

export type StudioWords = typeof studioEn
