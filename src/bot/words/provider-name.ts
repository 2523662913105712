import type { Words } from './en.ts'

/** What people call a provider. One that this version of Rushes does not know has no name that they would know. */
export function providerName(words: Words, id: string): string {
  const names: Record<string, string> = words.provider
  return (Object.hasOwn(names, id) ? names[id] : undefined) ?? words.otherProvider
}
