/** Each provider's English name for people, by its name in rows and logs. Other languages: src/bot/words. */
export const PROVIDER_NAMES = {
  openai: 'OpenAI',
  outline: 'Built-in outline',
  espeak: 'Built-in voice',
  pexels: 'Pexels',
  pixabay: 'Pixabay',
  media: 'Team folder',
  drawn: 'Built-in artwork',
  folder: 'Team music folder',
  beds: 'Built-in music',
  youtube: 'YouTube',
  webhook_target: 'The webhook',
  own_file: 'Own file',
}

/** The name for people; undefined for a provider from another version of Rushes. */
export function englishName(provider: string): string | undefined {
  return Object.entries(PROVIDER_NAMES).find(([id]) => id === provider)?.[1]
}
