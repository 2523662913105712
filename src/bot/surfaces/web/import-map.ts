import { createHash } from 'node:crypto'

/** The package modules that the pages use, by their paths in node_modules; each is a single file that browsers can load. */
export const PACKAGES = {
  preact: 'preact/dist/preact.mjs',
  'preact/hooks': 'preact/hooks/dist/hooks.mjs',
  '@preact/signals': '@preact/signals/dist/signals.mjs',
  '@preact/signals-core': '@preact/signals-core/dist/signals-core.mjs',
  htm: 'htm/dist/htm.mjs',
  'htm/preact': 'htm/preact/index.mjs',
  sortablejs: 'sortablejs/modular/sortable.esm.js',
  'es-hangul': 'es-hangul/dist/index.mjs',
} as const

/** The import map of the pages, as JSON: https://html.spec.whatwg.org/multipage/webappapis.html#import-maps */
export const MAP = JSON.stringify({
  imports: Object.fromEntries(Object.keys(PACKAGES).map((name) => [name, `/studio/packages/${name}.js`])),
})

/** Hash for the content security policy of the only inline script: browsers accept import maps only inline. */
export const MAP_HASH = `'sha256-${createHash('sha256').update(MAP).digest('base64')}'`
