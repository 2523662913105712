import type { Words } from './en.ts'

/** The name by which people know a provider; generic for one that this version of Rushes doesn't know. */
export function providerName(words: Words, id: string): string {
  const names: Record<string, string> = words.provider
  return (Object.hasOwn(names, id) ? names[id] : undefined) ?? words.otherProvider
}
