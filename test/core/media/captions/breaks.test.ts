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

/** Two hundred sentences; `_` stands for a space at which no line and no caption may end. */
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
