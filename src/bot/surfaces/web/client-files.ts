import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PACKAGES } from './import-map.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
/** The source folders that browsers may load: the pages and the texts that only they use. */
const SOURCES = ['bot/surfaces/web/client', 'bot/words/studio'] as const
/** Other source files that pages share with the program; they import nothing. */
const ALSO = ['core/model/text/duration.ts'] as const
/** A font that makes Hangul look the same on every system; browsers load only the parts that a page needs. */
const FONTS = 'pretendard/dist/web/variable'
export const FONT_SHEET = '/studio/fonts/pretendardvariable-dynamic-subset.css'

let listed: ReadonlyMap<string, string> | undefined

/** The files that pages load, by address. They are listed once, so no requested path can lead to another file. */
export function clientFiles(): ReadonlyMap<string, string> {
  listed ??= new Map([...sources(), ...packages(), ...fonts()])
  return listed
}

/** The addresses that begin with `folder` and end with `ending`, sorted. */
export function addressesOf(folder: string, ending: string): string[] {
  return [...clientFiles().keys()].filter((each) => each.startsWith(folder) && each.endsWith(ending)).sort()
}

function* sources(): Iterable<[string, string]> {
  for (const folder of SOURCES)
    for (const name of readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }))
      if (/\.(ts|css|svg)$/.test(name))
        yield [`/studio/src/${folder}/${name.replaceAll(path.sep, '/')}`, path.join(ROOT, folder, name)]
  for (const file of ALSO) yield [`/studio/src/${file}`, path.join(ROOT, file)]
}

function* packages(): Iterable<[string, string]> {
  for (const [name, file] of Object.entries(PACKAGES))
    yield [`/studio/packages/${name}.js`, packageFile(file)]
}

function* fonts(): Iterable<[string, string]> {
  const folder = packageFile(FONTS)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/dynamic-subset.*\.(css|woff2)$/.test(name))
      yield [`/studio/fonts/${name.replaceAll(path.sep, '/')}`, path.join(folder, name)]
}

/** Packages don't allow all their files to be resolved, so this searches Node's lookup folders. */
function packageFile(file: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(file) ?? []
  const found = folders.map((folder) => path.join(folder, file)).find((each) => existsSync(each))
  if (found === undefined) throw new Error(`${file} is missing; run npm ci`)
  return found
}
