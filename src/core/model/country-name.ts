/**
 * A country's name in a language, by the first two letters of a code such as `kr` or `gb-eng`; unknown codes are returned
 * as they are.
 */
export function countryNameIn(language: string, code: string): string {
  const region = code.slice(0, 2).toUpperCase()
  if (!/^[A-Z]{2}$/.test(region)) return code
  return new Intl.DisplayNames(language, { type: 'region' }).of(region) ?? code
}
