import type { ImportGraph } from './graph.ts'

/**
 * The folders from bottom to top; a file may import from its own folder and from those before it. A file belongs to the folder
 * with the longest matching name, so files directly in `src/core` or `src/bot` belong to none and are reported.
 */
const LAYERS = [
  'src/db',
  'src/core/model',
  'src/core/media',
  'src/core/providers',
  'src/core/draft',
  'src/core/records',
  'src/core/pipeline',
  'src/jobs',
  'src/bot/words',
  'src/bot/view',
  'src/bot/thread',
  'src/bot/handlers',
  'src/bot/surfaces',
  'src/bot/program',
] as const

/** Imports that the order alone would allow. */
const FORBIDDEN = [
  ['src/jobs', 'src/core/media'],
  ['src/jobs', 'src/core/providers'],
  ['src/jobs', 'src/core/draft'],
  ['src/jobs', 'src/core/records'],
  ['src/jobs', 'src/core/pipeline'],
  ['src/bot/surfaces', 'src/db'],
  ['src/bot/view', 'src/db'],
  ['src/bot/words', 'src/db'],
] as const

/** The problems of a graph, one per line; empty if there are none. */
export function problemsOf(graph: ImportGraph): string[] {
  return [...strays(graph), ...upward(graph), ...circles(graph)]
}

function strays(graph: ImportGraph): string[] {
  return [...graph.keys()].filter((file) => layerOf(file) < 0).map((file) => `${file} is in no layer`)
}

function upward(graph: ImportGraph): string[] {
  return edges(graph).flatMap(([from, to]) => {
    const [lower, upper] = [layerOf(from), layerOf(to)]
    const isForbidden = FORBIDDEN.some(([a, b]) => isIn(from, a) && isIn(to, b))
    if (lower >= upper && !isForbidden) return []
    return [`${from} imports ${to}: ${LAYERS[lower]} may not use ${LAYERS[upper]}`]
  })
}

/** Each import cycle once, named by the files in it. */
function circles(graph: ImportGraph): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, trail: string[]) => {
    const start = trail.indexOf(file)
    if (start >= 0) found.push(`circle: ${[...trail.slice(start), file].join(' -> ')}`)
    if (start >= 0 || done.has(file)) return
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file])
    done.add(file)
  }
  for (const file of graph.keys()) walk(file, [])
  return found
}

function edges(graph: ImportGraph): [string, string][] {
  return [...graph].flatMap(([from, targets]) => [...targets].map((to): [string, string] => [from, to]))
}

function layerOf(file: string): number {
  return LAYERS.findIndex((layer) => isIn(file, layer))
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`)
}
