import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const PROJECTS = ['unit', 'program', 'surface', 'render'] as const
type Project = (typeof PROJECTS)[number]

/** Files and packages, by the project of a test that imports one of them, directly or indirectly; the first match counts. */
const MARKS: readonly (readonly [Project, readonly string[]])[] = [
  ['surface', ['test/servers/discord/start.ts', 'test/servers/slack/index.ts', 'playwright-core']],
  // Property tests with thousands of random texts take seconds, like whole programs; so do services that are waited for, and the
  // voices.
  [
    'program',
    [
      'src/bot/program/compose.ts',
      'fast-check',
      'test/servers/loopback.ts',
      'src/core/providers/embedded/espeak/espeak-pool.ts',
    ],
  ],
  [
    'render',
    [
      ...['src/core/media/ffmpeg/ffmpeg.ts', '@ffmpeg-installer/ffmpeg', '@ffprobe-installer/ffprobe'],
      ...['src/core/providers/embedded/drawn/drawn.ts', '@napi-rs/canvas'],
    ],
  ],
]

/** The Node module that starts processes. */
const STARTS_PROCESSES = 'node:child_process'

/** An import, a re-export or an `import()`, of values; Biome keeps them in this form. */
const IMPORT = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'|\bimport\((?:\s*)'([^']+)'\)/gm

/**
 * The test files of each project, by what they import: whole platforms or a browser (`surface`), otherwise the whole program or
 * fast-check (`program`), otherwise ffmpeg or the code that draws pictures (`render`), otherwise processes of any other kind
 * (also `program`), otherwise none of these (`unit`). So there is no list to maintain.
 * @param root the folder that holds `test/` and `src/`; file names are relative to it.
 */
export function testFilesByProject(root: string): Record<Project, string[]> {
  const files: Record<Project, string[]> = {
    unit: [],
    program: [],
    surface: [],
    render: [],
  }
  const importsOf = reader(root)
  for (const file of globSync('test/**/*.test.ts', { cwd: root }).sort())
    files[projectOf(file, importsOf)].push(file)
  return files
}

type ImportsOf = (file: string) => readonly string[]

function projectOf(file: string, importsOf: ImportsOf): Project {
  const reached = closureOf(file, importsOf)
  const marked = MARKS.find(([, marks]) => marks.some((mark) => reached.has(mark)))?.[0]
  if (marked) return marked
  const starts = [file, ...reached].some(
    (one) => one.startsWith('test/') && importsOf(one).includes(STARTS_PROCESSES),
  )
  return starts ? 'program' : 'unit'
}

/** Everything that a file imports, directly or indirectly. */
function closureOf(file: string, importsOf: ImportsOf): Set<string> {
  const reached = new Set<string>()
  const open = [file]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const one of importsOf(next)) {
      if (reached.has(one)) continue
      reached.add(one)
      open.push(one)
    }
  }
  return reached
}

/** What each file imports, reading each file once: files relative to the root, packages by name. */
function reader(root: string): ImportsOf {
  const known = new Map<string, string[]>()
  return (file) => {
    let imports = known.get(file)
    if (imports) return imports
    const absolute = path.join(root, file)
    const text = file.endsWith('.ts') && existsSync(absolute) ? readFileSync(absolute, 'utf8') : ''
    imports = [...text.matchAll(IMPORT)].map(([, fixed, dynamic]) => {
      const name = fixed ?? dynamic ?? ''
      return name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name
    })
    known.set(file, imports)
    return imports
  }
}
