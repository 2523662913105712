import type { Settings } from './config.ts'

/** Operators with API keys should know that anyone who adds the bot to a server can use them up. */
export function strangersNote(settings: Settings): string[] {
  const { OPENAI_API_KEY, TTS_API_KEY, PEXELS_API_KEY, PIXABAY_API_KEY, ALLOWED_WORKSPACES } = settings
  const keys = [OPENAI_API_KEY, TTS_API_KEY, PEXELS_API_KEY, PIXABAY_API_KEY]
  if (ALLOWED_WORKSPACES !== undefined || keys.every((key) => key === undefined)) return []
  return [
    'ALLOWED_WORKSPACES is not set: anyone who adds the bot to a server or workspace uses your API keys.',
  ]
}
