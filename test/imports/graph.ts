import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

/** Our files, and which of our files each imports, type imports included; paths are relative to the project. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>

const run = promisify(execFile)
const FILE = /^(\S.*)$/
const REASON = /^ {3}(?:Imported|Referenced) via .* from file '([^']+)'/

/**
 * The imports below `src/` as the compiler itself resolves them, types included.
 * @param project a folder with a tsconfig.json.
 * @throws if the compiler cannot be run or lists none of our files: an empty graph would pass every check.
 */
export async function importGraph(project: string): Promise<ImportGraph> {
  const tsc = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin',
    'tsc',
  )
  const options = { cwd: project, maxBuffer: 256 << 20 }
  const { stdout } = await run(
    process.execPath,
    [tsc, '--noEmit', '--explainFiles', '--project', project],
    options,
  ).catch(({ stdout = '', message }: { stdout?: string; message: string }) => {
    // The listing is megabytes long and doesn't say what is wrong.
    const errors = stdout.split('\n').filter((line) => line.includes(': error TS'))
    throw new Error(errors.slice(0, 20).join('\n') || message.slice(0, 1000))
  })
  const graph = readGraph(stdout)
  if (graph.size === 0) throw new Error('the compiler lists no file below src/')
  return graph
}

/** Parses the output of `tsc --explainFiles`: each file on its own line, with the reasons for including it indented below. */
function readGraph(listing: string): ImportGraph {
  const graph = new Map<string, Set<string>>()
  const importsOf = (file: string) => {
    const known = graph.get(file) ?? new Set<string>()
    graph.set(file, known)
    return known
  }
  let file = ''
  for (const line of listing.split('\n')) {
    const importer = REASON.exec(line)?.[1]
    if (importer === undefined) file = FILE.exec(line)?.[1] ?? file
    if (!isOurs(file)) continue
    importsOf(file)
    if (importer !== undefined && isOurs(importer)) importsOf(importer).add(file)
  }
  return graph
}

function isOurs(file: string): boolean {
  return file.startsWith('src/')
}
