import { createHash } from 'node:crypto'

/** How the view moves over a still picture. */
const MOTIONS = ['zoom-in', 'zoom-out', 'pan-left', 'pan-right', 'pan-up', 'pan-down'] as const
export type Motion = (typeof MOTIONS)[number]

/**
 * How much larger than the frame the picture is at the closest. More would be livelier, but lettering in a picture
 * would come too near to the edge.
 */
const CLOSEST = 1.08

/** The movement of a picture in a draft; the same picture in the same draft always moves the same way. */
export function motionOf(seed: string, footageFile: string): Motion {
  const digest = createHash('sha256').update(`${seed}\0${footageFile}`).digest()
  return MOTIONS[(digest[0] ?? 0) % MOTIONS.length] ?? 'zoom-in'
}

/** zoompan's expressions for its window: `on` is the number of the frame. */
export function motionExpressions(motion: Motion, frames: number): { zoom: string; x: string; y: string } {
  const done = `min(on/${Math.max(1, frames - 1)},1)`
  const middle = { x: '(iw-iw/zoom)/2', y: '(ih-ih/zoom)/2' }
  const span = (CLOSEST - 1).toFixed(2)
  switch (motion) {
    case 'zoom-in':
      return { zoom: `1+${span}*${done}`, ...middle }
    case 'zoom-out':
      return { zoom: `${CLOSEST}-${span}*${done}`, ...middle }
    case 'pan-left':
      return { ...middle, zoom: String(CLOSEST), x: `(iw-iw/zoom)*(1-${done})` }
    case 'pan-right':
      return { ...middle, zoom: String(CLOSEST), x: `(iw-iw/zoom)*${done}` }
    case 'pan-up':
      return { ...middle, zoom: String(CLOSEST), y: `(ih-ih/zoom)*(1-${done})` }
    case 'pan-down':
      return { ...middle, zoom: String(CLOSEST), y: `(ih-ih/zoom)*${done}` }
  }
}
