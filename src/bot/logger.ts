import { type Logger, pino } from 'pino'
import type { Settings } from './config.ts'

/** JSON lines on standard error; narration texts and secrets are never passed to it. */
export function createLogger(settings: Pick<Settings, 'LOG_LEVEL'>): Logger {
  return pino({ level: settings.LOG_LEVEL, base: null }, pino.destination({ dest: 2, sync: true }))
}
