import { toCardinal as cs } from 'n2words/cs-CZ'
import { toCardinal as de } from 'n2words/de-DE'
import { toCardinal as el } from 'n2words/el-GR'
import { toCardinal as es } from 'n2words/es-ES'
import { toCardinal as fr } from 'n2words/fr-FR'
import { toCardinal as id } from 'n2words/id-ID'
import { toCardinal as it } from 'n2words/it-IT'
import { toCardinal as nl } from 'n2words/nl-NL'
import { toCardinal as pl } from 'n2words/pl-PL'
import { toCardinal as pt } from 'n2words/pt-PT'
import { toCardinal as ru } from 'n2words/ru-RU'
import { toCardinal as sv } from 'n2words/sv-SE'
import { toCardinal as tr } from 'n2words/tr-TR'
import { toCardinal as uk } from 'n2words/uk-UA'
import { toCardinal as vi } from 'n2words/vi-VN'
import { MOST_DIGITS } from './figures.ts'

type Cardinal = (value: bigint) => string
const CARDINALS: Record<string, Cardinal> = { cs, de, el, es, fr, id, it, nl, pl, pt, ru, sv, tr, uk, vi }

/**
 * A word with its figures in words of the language, to tell how long it takes to say; not for a voice, which knows gender and
 * case. Where the language is not known each digit is a syllable and a half.
 */
export function numberWordsIn(word: string, language: string): string {
  const cardinal = CARDINALS[language.toLowerCase().split(/[-_]/)[0] ?? '']
  return word.replace(/\p{Nd}+(?:[.,\u00a0\u202f]\p{Nd}+)*/gu, (written) => {
    if (!cardinal) return ` ${'가'.repeat(Math.ceil([...written].length * 1.5))} `
    const [, whole = '', fraction = ''] =
      /^(\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/u.exec(written) ?? []
    const groups = whole === '' ? written.split(/\D+/) : [whole.replace(/\D/g, ''), fraction]
    const words = groups.filter((digits) => digits !== '').map((digits) => said(cardinal, digits))
    // Whatever the decimal point is called.
    return ` ${words.join(' comma ')} `
  })
}

function said(cardinal: Cardinal, digits: string): string {
  const isNumber = /^\d+$/.test(digits) && digits.length <= MOST_DIGITS
  if (isNumber && !/^0\d/.test(digits)) return cardinal(BigInt(digits))
  return [...digits].map((digit) => cardinal(BigInt(/^\d$/.test(digit) ? digit : 0))).join(' ')
}
