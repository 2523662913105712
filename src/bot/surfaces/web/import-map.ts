import { createHash } from 'node:crypto'

/** The modules of packages that the pages use, as they lie in node_modules; each is one file that a browser can read. */
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

/** The one script that stands in a page itself, since browsers take import maps in no other way; its hash is in the policy. */
export const MAP_HASH = `'sha256-${createHash('sha256').update(MAP).digest('base64')}'`
