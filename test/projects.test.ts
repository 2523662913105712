import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from './factories/folder.ts'
import { PROJECTS, testFilesByProject } from './projects.ts'

/** Sorts a folder with these files into projects. */
async function projectsOf(files: Record<string, string>) {
  const root = await temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), text)
  }
  return testFilesByProject(root)
}

it('puts a test where what it imports belongs, however far away that is', async () => {
  const found = await projectsOf({
    'src/core/media/ffmpeg/ffmpeg.ts': "import { spawn } from 'node:child_process'\n",
    'src/bot/program/compose.ts': "import { run } from '../../core/media/ffmpeg/ffmpeg.ts'\n",
    'test/servers/discord/start.ts': 'export const a = 1\n',
    'test/factories/program.ts': "export { compose } from '../../src/bot/program/compose.ts'\n",
    'test/factories/far.ts': "import {\n  a,\n  b,\n} from './program.ts'\n",
    'test/a/unit.test.ts':
      "import { it } from 'vitest'\nimport type { Ffmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'\n",
    'test/a/render.test.ts': "import { run } from '../../src/core/media/ffmpeg/ffmpeg.ts'\n",
    'test/a/embedded.test.ts': "import ffmpeg from '@ffmpeg-installer/ffmpeg'\n",
    'test/a/program.test.ts': "import '../factories/far.ts'\n",
    'test/a/later.test.ts': "const { a } = await import('../factories/far.ts')\n",
    'test/a/property.test.ts': "import fc from 'fast-check'\n",
    'test/a/process.test.ts': "import { execFile } from 'node:child_process'\n",
    'test/factories/studio.ts': "import { type Browser, chromium } from 'playwright-core'\n",
    'test/a/browser.test.ts': "import { c } from '../factories/studio.ts'\n",
    'test/surface.test.ts':
      "import { a } from './factories/far.ts'\nimport { b } from './servers/discord/start.ts'\n",
  })
  expect(found).toEqual({
    unit: ['test/a/unit.test.ts'],
    program: [
      'test/a/later.test.ts',
      'test/a/process.test.ts',
      'test/a/program.test.ts',
      'test/a/property.test.ts',
    ],
    surface: ['test/a/browser.test.ts', 'test/surface.test.ts'],
    render: ['test/a/embedded.test.ts', 'test/a/render.test.ts'],
  })
})

it('finds tests of every kind here, so what tells them apart has not moved away', () => {
  const found = testFilesByProject(path.resolve(import.meta.dirname, '..'))
  for (const project of PROJECTS) expect(found[project].length, project).toBeGreaterThan(10)
  expect(found.surface).toContain('test/flow/surfaces.test.ts')
  expect(found.program).toContain('test/flow/proposals.test.ts')
  expect(found.render).toContain('test/core/media/clip/clip.test.ts')
})
