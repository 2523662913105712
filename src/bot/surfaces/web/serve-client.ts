import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { transformSync } from 'amaro'
import { hashOf } from '../../../core/media/store/hash.ts'
import type { WebApp } from './env.ts'
import { PACKAGES } from './import-map.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
/** What a browser may have of the sources: the pages themselves, and the words that they share with the chats. */
const SOURCES = ['bot/surfaces/web/client', 'bot/words/studio'] as const

/** One file as it is sent. */
interface Asset {
  body: string
  type: string
  /** Changes with what is in it. */
  etag: string
}

/**
 * Serves the pages' own modules with their types stripped, and the packages that they use; there is no build. What is served is
 * listed when it is first asked for, so no path leads elsewhere.
 */
export function serveClient(app: WebApp): void {
  const known = new Map<string, Promise<Asset>>()
  const files = new Map<string, string>()
  for (const folder of SOURCES)
    for (const name of existsSync(path.join(ROOT, folder))
      ? readdirSync(path.join(ROOT, folder), { recursive: true })
      : [])
      if (/\.(ts|css)$/.test(String(name)))
        files.set(`/studio/src/${folder}/${name}`, path.join(ROOT, folder, String(name)))
  const find = createRequire(import.meta.url)
  for (const [name, file] of Object.entries(PACKAGES))
    files.set(`/studio/packages/${name}.js`, packageFile(find, file))
  app.get('/studio/:kind{src|packages}/*', async (context) => {
    const file = files.get(context.req.path)
    if (file === undefined) return context.notFound()
    const asset = known.get(file) ?? read(file)
    known.set(file, asset)
    const { body, type, etag } = await asset
    if (context.req.header('if-none-match') === etag) return context.body(null, 304, { etag })
    return context.body(body, 200, { 'content-type': type, etag, 'cache-control': 'no-cache' })
  })
}

/** Packages do not let every file of theirs be resolved, so the folder is found by what can be. */
function packageFile(find: NodeJS.Require, file: string): string {
  const folders = find.resolve.paths(file) ?? []
  const found = folders.map((folder) => path.join(folder, file)).find((each) => existsSync(each))
  if (found === undefined) throw new Error(`${file} is missing; run npm ci`)
  return found
}

async function read(file: string): Promise<Asset> {
  const source = await readFile(file, 'utf8')
  const body = file.endsWith('.ts') ? transformSync(source, { mode: 'strip-only' }).code : source
  const type = file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
  return { body, type, etag: `"${hashOf(body).slice(0, 16)}"` }
}
