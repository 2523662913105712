import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { importGraph } from './graph.ts'
import { problemsOf } from './rules.ts'

/** What the check reports for a project with these files. */
async function problemsIn(files: Record<string, string>): Promise<string[]> {
  const project = await mkdtemp(path.join(os.tmpdir(), 'rushes-imports-'))
  onTestFinished(() => rm(project, { recursive: true, force: true }))
  const compilerOptions = {
    ...{ noEmit: true, allowImportingTsExtensions: true, module: 'nodenext', types: [] },
    ...{ target: 'esnext', strict: true },
  }
  await writeFile(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(project, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  return problemsOf(await importGraph(project))
}

it('takes imports of the same and of lower layers', async () => {
  const problems = await problemsIn({
    'src/core/model/a.ts': "import { b } from './b.ts'\nexport const a = b\n",
    'src/core/model/b.ts': 'export const b = 1\n',
    'src/core/draft/c.ts': "import { a } from '../model/a.ts'\nexport const c = a\n",
  })
  expect(problems).toEqual([])
})

it('names a circle, also one of types alone', async () => {
  const problems = await problemsIn({
    'src/core/model/a.ts': "import type { B } from './b.ts'\nexport interface A { b: B }\n",
    'src/core/model/b.ts': "import type { A } from './a.ts'\nexport interface B { a: A | null }\n",
  })
  expect(problems).toEqual([
    expect.stringMatching(/^circle: src\/core\/model\/(a|b)\.ts -> .* -> src\/core\/model\/\1\.ts$/),
  ])
})

it('names imports from a higher layer, from a layer that is not allowed, and files that are in none', async () => {
  const problems = await problemsIn({
    'src/core/media/a.ts': "import { b } from '../draft/b.ts'\nexport const a = b\n",
    'src/core/draft/b.ts': 'export const b = 1\n',
    'src/jobs/c.ts': "import { b } from '../core/draft/b.ts'\nexport const c = b\n",
    'src/core/stray.ts': 'export const d = 1\n',
  })
  expect(problems.sort()).toEqual([
    'src/core/media/a.ts imports src/core/draft/b.ts: src/core/media may not use src/core/draft',
    'src/core/stray.ts is in no layer',
    'src/jobs/c.ts imports src/core/draft/b.ts: src/jobs may not use src/core/draft',
  ])
})
