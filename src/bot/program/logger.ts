import { type Logger, pino } from 'pino'
import type { Settings } from './config.ts'

/**
 * Fields that the log never shows, even if they are passed in: tokens and keys. Narrations are never passed to it at level
 * info or above.
 */
const SECRET = [
  ...['token', 'botToken', 'appToken', 'signingSecret', 'apiKey', 'authorization', 'password'],
  ...['accessToken', 'refreshToken', 'clientSecret', 'credentials'],
]

/** Logs JSON lines to standard error, or to `write`. */
export function createLogger(
  settings: Pick<Settings, 'LOG_LEVEL'>,
  destination: { write(line: string): void } = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino(
    {
      level: settings.LOG_LEVEL,
      base: null,
      redact: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      serializers: { err: withoutData },
    },
    destination,
  )
}

/**
 * An error and its causes, without other properties that clients attach, such as whole requests with people's texts and the
 * headers that contain keys.
 */
function withoutData(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code: unknown = 'code' in error ? error.code : undefined
  const status: unknown = 'status' in error ? error.status : undefined
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(isPlain(code) && { code }),
    ...(isPlain(status) && { status }),
    ...(error.cause !== undefined && { cause: withoutData(error.cause) }),
  }
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
