import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { LANGUAGES } from '../../../model/formats.ts'
import { withoutParticle } from '../../script/keywords.ts'

const require = createRequire(import.meta.url)

interface Country {
  code: string
  iso: boolean
}

/** Names that more often mean something else, and names missing from the lists of the languages. */
const AMBIGUOUS = new Set([
  'turkey',
  'jordan',
  'georgia',
  'chad',
  'jersey',
  'mali',
  'guinea',
  '인도',
  '오만',
  '이란',
])
const MORE: Record<string, string> = {
  usa: 'us',
  'united states of america': 'us',
  america: 'us',
  uk: 'gb',
  britain: 'gb',
  'great britain': 'gb',
  england: 'gb-eng',
  scotland: 'gb-sct',
  wales: 'gb-wls',
  korea: 'kr',
  holland: 'nl',
  türkiye: 'tr',
  한국: 'kr',
  북한: 'kp',
  네덜란드: 'nl',
  잉글랜드: 'gb-eng',
  스코틀랜드: 'gb-sct',
}
/** The longest name that is looked for, in words. */
const LONGEST = 4

let names: Map<string, string> | null = null

/** The code of the first country that a text names in one of the supported languages; null if there is none. */
export function flagFor(text: string): string | null {
  names ??= countryNames()
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}’'-]+/gu) ?? []
  for (let from = 0; from < words.length; from++)
    for (let count = Math.min(LONGEST, words.length - from); count > 0; count--) {
      const name = words.slice(from, from + count).join(' ')
      const code = names.get(name) ?? names.get(withoutParticle(name))
      if (code !== undefined) return code
    }
  return null
}

function countryNames(): Map<string, string> {
  const countries = require('flag-icons/country.json') as Country[]
  const found = new Map<string, string>()
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const { code, iso } of countries) {
      if (!iso || !/^[a-z]{2}$/.test(code)) continue
      const name = display.of(code.toUpperCase())?.toLowerCase()
      if (name && !AMBIGUOUS.has(name)) found.set(name, code)
    }
  }
  for (const [name, code] of Object.entries(MORE)) found.set(name, code)
  return found
}

/** The flag as SVG with an aspect ratio of 4:3. Null if that code has none. */
export function flagSvg(code: string): Buffer | null {
  if (!/^[a-z]{2}(-[a-z]{3})?$/.test(code)) return null
  try {
    return readFileSync(require.resolve(`flag-icons/flags/4x3/${code}.svg`))
  } catch {
    return null
  }
}
