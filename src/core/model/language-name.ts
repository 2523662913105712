/** What a language is called in another one, e.g. “German”; its code where that is none. */
export function languageNameIn(reader: string, language: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}
