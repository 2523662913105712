import { createRequire } from 'node:module'
import { MOST_DIGITS } from './figures.ts'

type Cardinal = (value: bigint) => string

const require = createRequire(import.meta.url)
/** Each language's number words, loaded on first use because together they take some megabytes. */
const MODULES: Record<string, () => { toCardinal: Cardinal }> = {
  cs: () => require('n2words/cs-CZ'),
  de: () => require('n2words/de-DE'),
  el: () => require('n2words/el-GR'),
  es: () => require('n2words/es-ES'),
  fr: () => require('n2words/fr-FR'),
  id: () => require('n2words/id-ID'),
  it: () => require('n2words/it-IT'),
  nl: () => require('n2words/nl-NL'),
  pl: () => require('n2words/pl-PL'),
  pt: () => require('n2words/pt-PT'),
  ru: () => require('n2words/ru-RU'),
  sv: () => require('n2words/sv-SE'),
  tr: () => require('n2words/tr-TR'),
  uk: () => require('n2words/uk-UA'),
  vi: () => require('n2words/vi-VN'),
}

/**
 * Replaces the figures in a word by words of the language, to estimate how long it takes to say; not for speaking, where
 * the voice gets gender and case right. In unknown languages each digit counts as a syllable and a half.
 */
export function numberWordsIn(word: string, language: string): string {
  const load = MODULES[language.toLowerCase().split(/[-_]/)[0] ?? '']
  return word.replace(/\p{Nd}+(?:[.,\u00a0\u202f]\p{Nd}+)*/gu, (written) => {
    const cardinal = load?.().toCardinal
    if (!cardinal) return ` ${'가'.repeat(Math.ceil([...written].length * 1.5))} `
    const [, whole = '', fraction = ''] =
      /^(\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/u.exec(written) ?? []
    const groups = whole === '' ? written.split(/\D+/) : [whole.replace(/\D/g, ''), fraction]
    const words = groups.filter((digits) => digits !== '').map((digits) => said(cardinal, digits))
    // Stands for the decimal point, whatever its name.
    return ` ${words.join(' comma ')} `
  })
}

function said(cardinal: Cardinal, digits: string): string {
  const isNumber = /^\d+$/.test(digits) && digits.length <= MOST_DIGITS
  if (isNumber && !/^0\d/.test(digits)) return cardinal(BigInt(digits))
  return [...digits].map((digit) => cardinal(BigInt(/^\d$/.test(digit) ? digit : 0))).join(' ')
}
