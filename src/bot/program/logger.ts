import { type Logger, pino } from 'pino'
import type { Settings } from './config.ts'

/**
 * What a log never shows, even if it is passed in: tokens and keys. Narration texts are never passed to it at level info and
 * above.
 */
const SECRET = [
  ...['token', 'botToken', 'appToken', 'signingSecret', 'apiKey', 'authorization', 'password'],
  ...['accessToken', 'refreshToken', 'clientSecret', 'credentials'],
]

/** JSON lines on standard error, or wherever `write` puts them. */
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
 * An error and its causes, without whatever else clients hang on them: whole requests, with the texts of people and the
 * headers that keys are in.
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
