import type { StudioWords } from '../../../words/studio/en.ts'
import type { SharedWords } from '../shared-words.ts'

/** The reader's language, set by the server in the page. */
export const language = document.documentElement.lang === 'ko' ? 'ko' : 'en'

const [own, common] = await Promise.all([
  import(`../../../words/studio/${language}.ts`),
  import(`/studio/words/${language}.js`),
])

/** Texts that only the studio uses. */
export const words: StudioWords = language === 'ko' ? own.studioKo : own.studioEn
/** Texts shared with the chats. */
export const shared: SharedWords = common.default

/** `4.5 s`, or `4.5초`. */
export function seconds(value: number): string {
  return words.seconds(Math.round(value * 10) / 10)
}

/** `1:05`. */
export function clockTime(value: number): string {
  const whole = Math.max(0, Math.floor(value))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** The name of a language in the reader's language. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
