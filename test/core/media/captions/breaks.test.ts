import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Caption, planCaptions } from '../../../../src/core/media/captions/captions.ts'
import {
  TEMPLATE_NAMES,
  TEMPLATES,
  type TemplateName,
} from '../../../../src/core/media/captions/templates.ts'
import { FORMAT_NAMES, type Format } from '../../../../src/core/model/formats.ts'
import { spokenText } from './sentences/spoken.ts'

/** Two hundred sentences; `_` stands for a space at which neither a line nor a caption may end. */
function sentencesOf(language: 'en' | 'ko'): string[] {
  const file = new URL(`sentences/${language === 'en' ? 'english' : 'korean'}.txt`, import.meta.url)
  return readFileSync(file, 'utf8').trim().split('\n')
}

function planned(text: string, language: 'en' | 'ko', format: Format, name: TemplateName): Caption[] {
  return planCaptions({ text, language, ...spokenText(text, language), format, template: TEMPLATES[name] })
}

/** The text with `|` for the end of a line and `‖` for the end of a caption. */
function shown(captions: Caption[]): string {
  return captions
    .map(({ lines }) => lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join(' | '))
    .join(' ‖ ')
}

function wrongBreaks(marked: string, captions: Caption[]): number[] {
  const bound = [...marked.matchAll(/[ _]/g)].map(([mark]) => mark === '_')
  let count = 0
  const wrong: number[] = []
  for (const { words } of captions.flatMap(({ lines }) => lines)) {
    count += words.length
    if (bound[count - 1]) wrong.push(count)
  }
  return wrong
}

const LOOKS = FORMAT_NAMES.flatMap((format) => TEMPLATE_NAMES.map((name) => [format, name] as const))

describe.each(['en', 'ko'] as const)('two hundred sentences: %s', (language) => {
  const sentences = sentencesOf(language)

  it('are two hundred different ones', () => {
    expect(new Set(sentences).size).toBeGreaterThanOrEqual(200)
  })

  it.each(LOOKS)('never break where words belong together: %s, %s', (format, name) => {
    const wrong = sentences.flatMap((marked) => {
      const captions = planned(marked.replaceAll('_', ' '), language, format, name)
      return wrongBreaks(marked, captions).length > 0 ? [shown(captions)] : []
    })
    expect(wrong).toEqual([])
  })
})

describe.each(['en', 'ko'] as const)('captions of ordinary speech: %s', (language) => {
  const all = LOOKS.flatMap(([format, name]) =>
    sentencesOf(language).map((marked) => {
      const text = marked.replaceAll('_', ' ')
      return { text, captions: planned(text, language, format, name) }
    }),
  )

  it('can be read as fast as they come', () => {
    const pace = language === 'en' ? 20 : 12
    for (const { captions } of all)
      for (const { lines, from, to } of captions) {
        const characters = lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join(' ').length
        expect(characters / ((to - from) / 30), shown(captions)).toBeLessThanOrEqual(pace)
      }
  })

  it('leave no short word alone in a line next to a long one', () => {
    const lonely = all.flatMap(({ captions }) =>
      captions.flatMap(({ lines }) => {
        const [upper, lower] = lines
        if (!upper || !lower) return []
        const [short, long] = upper.width < lower.width ? [upper, lower] : [lower, upper]
        const isLonely = short.words.length === 1 && long.words.length > 2 && short.width < 0.3 * long.width
        return isLonely ? [shown(captions)] : []
      }),
    )
    expect(lonely).toEqual([])
  })
})

describe('a hurried voice', () => {
  it('has fewer words at a time', () => {
    const text = 'It was a long and winding road that led them over the hills and down into the green valley'
    const spoken = spokenText(text, 'en')
    const long = (speed: number) => {
      const captions = planCaptions({
        text,
        language: 'en',
        words: spoken.words.map((word) => ({ ...word, from: word.from / speed, to: word.to / speed })),
        speechEnd: spoken.speechEnd / speed,
        frames: Math.ceil(spoken.frames / speed),
        format: 'landscape',
        template: TEMPLATES.clean,
      })
      return Math.max(...captions.map((one) => shown([one]).length))
    }
    expect(long(1.8)).toBeLessThan(long(1))
  })
})

describe('bonds of other languages', () => {
  it.each([
    ['de', 'Am_3._Oktober fuhr der_alte_Mann mit_dem_Zug nach_Berlin.'],
    ['fr', 'Le_soleil se lève sur_la_mer et_les_oiseaux chantent.'],
    ['es', 'El_perro de_mi_abuela duerme en_la_cocina todo_el_día.'],
    ['it', 'La_città di_Roma ha_più di_tre milioni di_abitanti.'],
    ['pl', 'W_domu i_w_ogrodzie mieszka dwanaście kotów.'],
    ['ru', 'Мы_не_знаем, что_будет с_нами через_10_лет.'],
    ['tr', 'Bu_film için on beş yıl bekledik, değil_mi?'],
  ])('%s: %s', (language, marked) => {
    const text = marked.replaceAll('_', ' ')
    for (const [format, name] of LOOKS) {
      const captions = planCaptions({
        text,
        language,
        ...spokenText(text, 'en'),
        format,
        template: TEMPLATES[name],
      })
      expect(wrongBreaks(marked, captions), shown(captions)).toEqual([])
    }
  })
})
