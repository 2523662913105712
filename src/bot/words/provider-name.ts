const NAMES: Record<string, string> = {
  openai: 'OpenAI',
  pexels: 'Pexels',
  pixabay: 'Pixabay',
  espeak: 'eSpeak NG',
}

/** A provider as its makers write it; one without a name of its own is called what it is called in the settings. */
export function providerName(id: string): string {
  return NAMES[id] ?? id
}
