import { type Sign, signOf } from './drawn-over.ts'
import { isSceneKind, type SceneKind } from './scene-kinds.ts'

/** What each kind of scene shows, in English. Other languages: src/bot/words. */
export const SCENE_TITLES: Record<SceneKind, string> = {
  hills: 'Layered hills under a low sun',
  rings: 'Concentric arcs around a bright core',
  skyline: 'A city skyline in front of the moon',
  ribbons: 'Flowing bands of silk',
  constellation: 'A network of glowing points',
  papercut: 'Layers of cut paper',
  sea: 'A low sun over the sea',
  poster: 'A poster of geometric shapes',
  planets: 'A ringed planet among stars',
  contours: 'Contour lines of an imagined map',
  leaves: 'Large leaves in front of a pale sun',
  blocks: 'A landscape of isometric columns',
  bokeh: 'Lights out of focus',
  halftone: 'A wave of halftone dots',
}

/** What artwork shows, according to its id; null if the id isn't one of artwork. */
export function drawnScene(id: string): { kind: SceneKind; sign: Sign | null } | null {
  const kind = id.slice(0, id.indexOf('-'))
  return isSceneKind(kind) ? { kind, sign: signOf(id) } : null
}
