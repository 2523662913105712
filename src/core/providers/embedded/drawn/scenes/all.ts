import type { Scene } from '../brush.ts'
import type { SceneKind } from '../scene-kinds.ts'
import { blocks, skyline } from './city.ts'
import { papercut, ribbons, rings } from './curves.ts'
import { hills, leaves, sea } from './land.ts'
import { bokeh, contours, halftone, poster } from './patterns.ts'
import { constellation, planets } from './space.ts'

export const SCENES: Record<SceneKind, Scene> = {
  hills,
  rings,
  skyline,
  ribbons,
  constellation,
  papercut,
  sea,
  poster,
  planets,
  contours,
  leaves,
  blocks,
  bokeh,
  halftone,
}
