import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import { type Words, wordsFor } from '../../words/index.ts'
import { clientFiles } from './client-files.ts'
import type { Env, WebApp } from './env.ts'
import { SHARED } from './shared-words.ts'

/** A file to send. */
interface Asset {
  body: string | Uint8Array<ArrayBuffer>
  type: string
  /** The gzipped body, for browsers that accept it; null if the file is already compressed. */
  zipped: Uint8Array<ArrayBuffer> | null
  /** Changes with the content. */
  etag: string
}

const TYPES: Record<string, string> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const SCRIPT = 'text/javascript; charset=utf-8'
/** Caching for packages and fonts, which change only with a new version of Rushes. */
const KEPT = 'public, max-age=86400'

/** Serves the pages' own modules with their types stripped, the packages and fonts they use, and texts; there is no build. */
export function serveClient(app: WebApp): void {
  const known = new Map<string, Promise<Asset>>()
  const asset = (key: string, make: () => Promise<Asset>) => {
    const kept = known.get(key) ?? make()
    known.set(key, kept)
    return kept
  }
  app.get('/studio/words/:language{en.js|ko.js}', async (context) => {
    const language = context.req.param('language').slice(0, 2)
    return send(context, await asset(`words:${language}`, async () => wordsModule(wordsFor(language))))
  })
  app.get('/studio/:kind{src|packages|fonts}/*', async (context) => {
    const file = clientFiles().get(context.req.path)
    if (file === undefined) return context.notFound()
    const isKept = context.req.param('kind') !== 'src'
    return send(context, await asset(file, () => read(file)), isKept ? KEPT : 'no-cache')
  })
}

function send(context: Context<Env>, asset: Asset, keep = 'no-cache'): Response {
  const { body, zipped, type, etag } = asset
  const headers = { etag, 'cache-control': keep, vary: 'accept-encoding' }
  if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers)
  const isZipped = zipped !== null && /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
  if (!isZipped) return context.body(body, 200, { ...headers, 'content-type': type })
  return context.body(zipped, 200, { ...headers, 'content-type': type, 'content-encoding': 'gzip' })
}

async function read(file: string): Promise<Asset> {
  const type = TYPES[path.extname(file)] ?? SCRIPT
  if (file.endsWith('.woff2')) return assetOf(new Uint8Array(await readFile(file)), type)
  const source = await readFile(file, 'utf8')
  return assetOf(file.endsWith('.ts') ? await withoutTypes(source) : source, type)
}

async function withoutTypes(source: string): Promise<string> {
  // It has a compiler in it, which a bot whose studio nobody opens doesn't need to load.
  const { transformSync } = await import('amaro')
  return transformSync(source, { mode: 'strip-only' }).code
}

/** The texts that the studio shares with the chats, as a module. */
function wordsModule(words: Words): Asset {
  const common = Object.entries(SHARED).map(([group, names]) => {
    const sentences: Record<string, unknown> = words[group as keyof typeof SHARED]
    return [group, Object.fromEntries(names.map((name) => [name, sentences[name]]))]
  })
  return assetOf(`export default ${JSON.stringify(Object.fromEntries(common))}\n`, SCRIPT)
}

function assetOf(body: Asset['body'], type: string): Asset {
  const zipped = typeof body === 'string' ? new Uint8Array(gzipSync(body)) : null
  return { body, zipped, type, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` }
}
