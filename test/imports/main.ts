import path from 'node:path'
import { importGraph } from './graph.ts'
import { problemsOf } from './rules.ts'

/** `npm run imports`: fails, with one line each, for import cycles and for imports from a higher layer. */
const project = path.resolve(import.meta.dirname, '../..')
const graph = await importGraph(project)
const problems = problemsOf(graph)
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exit(1)
process.stdout.write(`${graph.size} files, no circle and no import from a higher layer.\n`)
