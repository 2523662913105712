import path from 'node:path'
import { validate as isCron } from 'node-cron'
import { z } from 'zod'
import { KEY_BYTES } from '../../core/model/sealer.ts'

/** A setting is invalid; `message` is one line that names the variable and says what it accepts. */
export class SettingsError extends Error {}

const text = z.string().trim().min(1)
/** It is sent in a header, which accepts nothing else: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
const key = text.regex(/^[\x21-\x7e]+$/, {
  error: 'must contain only ASCII letters, digits and punctuation, as keys and tokens do',
})
const url = z.url({
  protocol: /^https?$/,
  error: 'must be an http or https address',
  // The checks that follow can rely on a valid address.
  abort: true,
})
const endingIn = (ending: string) =>
  url.refine((value) => value.endsWith(ending), { error: `must be an address that ends in ${ending}` })
const origin = url
  .refine((value) => new URL(value).pathname === '/', {
    error: 'must be an origin such as https://host:port, without a path',
  })
  .transform((value) => new URL(value).origin)
const whole = (min: number, max: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${min} to ${max}` })
    .int({ error: `must be a whole number from ${min} to ${max}` })
    .min(min, { error: `must be a whole number from ${min} to ${max}` })
    .max(max, { error: `must be a whole number from ${min} to ${max}` })
const port = whole(1, 65_535)
/** A limit with a default; `0` and `none` turn it off, giving null. */
const quota = (max: number, usual: number) =>
  z
    .string()
    .default(String(usual))
    .transform((value, context) => {
      if (/^(0+|none)$/i.test(value.trim())) return null
      const read = whole(1, max).safeParse(value)
      if (read.success) return read.data
      context.addIssue({
        code: 'custom',
        message: `must be a whole number from 1 to ${max}, or none`,
        input: value,
      })
      return z.NEVER
    })
const dollars = z.coerce
  .number({ error: 'must be a number of US dollars, 0 or more' })
  .min(0, { error: 'must be a number of US dollars, 0 or more' })
  .max(1_000_000, { error: 'must be a number of US dollars up to 1000000' })
/** Accepts `discord:123`, `slack:T123`, bare ids and `discord:dm`; returns them in the form stored with drafts. */
const workspaces = text.transform((value, context) => {
  const full = value
    .split(/[\s,]+/)
    .filter((each) => each !== '')
    .map((each) => {
      const [, surface, id] = /^(?:(discord|slack):)?(dm|\d{5,20}|[TE][A-Z0-9]{2,20})$/i.exec(each) ?? []
      return id ? workspaceNamed(surface?.toLowerCase(), id) : null
    })
  const known = full.filter((each) => each !== null)
  if (known.length > 0 && known.length === full.length) return known
  const message =
    'must be server and workspace IDs separated by commas, such as discord:123456789012345678,slack:T0123ABCD'
  context.addIssue({ code: 'custom', message, input: value })
  return z.NEVER
})
function workspaceNamed(surface: string | undefined, id: string): string | null {
  const isSlack = /^[TE]/i.test(id)
  if (id.toLowerCase() === 'dm') return surface === 'discord' ? 'discord:dm' : null
  if (surface !== undefined && (surface === 'slack') !== isSlack) return null
  return isSlack ? `slack:${id.toUpperCase()}` : `discord:${id}`
}
/** 32 bytes, in base64 or hexadecimal. */
const credentialsKey = z.string().transform((value, context) => {
  const read = Buffer.from(value.trim(), /^[0-9a-f]{64}$/i.test(value.trim()) ? 'hex' : 'base64')
  if (read.length === KEY_BYTES) return read
  const message = 'must be 32 random bytes as base64 or as 64 hexadecimal digits'
  context.addIssue({ code: 'custom', message, input: value })
  return z.NEVER
})
/** IP addresses and CIDR networks. */
const networks = text.transform((value, context) => {
  const all = value.split(/[\s,]+/).filter((each) => each !== '')
  const known = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
  if (all.length > 0 && all.every((each) => known.safeParse(each).success)) return all
  const message = 'must be IP addresses and networks separated by commas, such as 10.0.0.0/8,192.168.1.20'
  context.addIssue({ code: 'custom', message, input: value })
  return z.NEVER
})
/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: 24 to 64 bytes. */
export function isWebhookSecret(value: string): boolean {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? []
  const { length } = Buffer.from(base64, 'base64')
  return base64.length % 4 === 0 && length >= 24 && length <= 64
}
const webhookSecret = text.refine(isWebhookSecret, {
  error: 'must be whsec_ and 24 to 64 random bytes as base64',
})
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Every variable that Rushes reads, with its format and default. */
const Environment = z.object({
  DATA_DIR: text.default('./data'),
  DATABASE_URL: text.optional(),

  DISCORD_TOKEN: key.optional(),
  DISCORD_GUILD_ID: text.regex(/^\d{5,20}$/, { error: 'must be a server ID: digits only' }).optional(),
  DISCORD_API_URL: endingIn('/api').optional(),

  SLACK_BOT_TOKEN: key.optional(),
  SLACK_APP_TOKEN: key.optional(),
  SLACK_SIGNING_SECRET: key.optional(),
  PORT: whole(0, 65_535).default(3000),
  HOST: text.default('127.0.0.1'),
  WEB_URL: origin.optional(),
  SLACK_API_URL: endingIn('/api/').optional(),

  OPENAI_API_KEY: key.optional(),
  OPENAI_BASE_URL: endingIn('/v1').optional(),
  OPENAI_MODEL: text.optional(),
  OPENAI_TTS_MODEL: text.optional(),
  OPENAI_TTS_VOICE: text.optional(),
  OPENAI_TRANSCRIBE_MODEL: text.optional(),
  TTS_BASE_URL: endingIn('/v1').optional(),
  TTS_API_KEY: key.optional(),

  PEXELS_API_KEY: key.optional(),
  PEXELS_API_URL: origin.optional(),
  PIXABAY_API_KEY: key.optional(),
  PIXABAY_API_URL: origin.optional(),
  MEDIA_DIR: text.optional(),
  MUSIC_DIR: text.optional(),

  FFMPEG_PATH: text.optional(),
  FFPROBE_PATH: text.optional(),
  ALLOW_EMBEDDED_FFMPEG: z.stringbool({ error: 'must be true or false' }).default(false),
  RENDER_CONCURRENCY: whole(1, 16).default(2),

  CLEANUP_CRON: text
    .refine((value) => isCron(value), { error: 'must be a cron expression such as 17 4 * * *' })
    .default('17 4 * * *'),
  DRAFT_TTL_DAYS: whole(1, 3650).default(30),
  OUTPUT_TTL_DAYS: whole(1, 3650).default(90),
  AUDIT_TTL_DAYS: whole(1, 3650).default(365),
  ASSET_GRACE_HOURS: whole(0, 8760).default(24),
  CACHE_MAX_MB: whole(100, 10_000_000).default(10_000),
  MIN_FREE_MB: whole(0, 10_000_000).default(500),

  MAX_OPEN_DRAFTS: quota(10_000, 200),
  MAX_RENDERS_PER_HOUR: quota(10_000, 60),
  MAX_VIDEO_SECONDS_PER_DAY: quota(1_000_000, 36_000),
  MAX_PAID_CALLS_PER_HOUR: quota(1_000_000, 1500),
  MAX_OPEN_DRAFTS_PER_WORKSPACE: quota(100_000, 2000),
  MAX_RENDERS_PER_HOUR_PER_WORKSPACE: quota(100_000, 300),
  MAX_VIDEO_SECONDS_PER_DAY_PER_WORKSPACE: quota(10_000_000, 180_000),
  MAX_PAID_CALLS_PER_HOUR_PER_WORKSPACE: quota(10_000_000, 7500),
  MAX_USD_PER_DAY: dollars.optional(),
  MAX_USD_PER_DAY_PER_WORKSPACE: dollars.optional(),
  ALLOWED_WORKSPACES: workspaces.optional(),

  GOOGLE_CLIENT_ID: key.optional(),
  GOOGLE_CLIENT_SECRET: key.optional(),
  GOOGLE_API_URL: origin.optional(),
  GOOGLE_OAUTH_URL: origin.optional(),
  CREDENTIALS_KEY: credentialsKey.optional(),

  WEBHOOK_URL: url.optional(),
  WEBHOOK_SECRET: webhookSecret.optional(),
  WEBHOOK_ALLOWED_NETWORKS: networks.optional(),

  METRICS_PORT: port.optional(),
  METRICS_HOST: text.default('127.0.0.1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
})

export type Settings = z.infer<typeof Environment>

/**
 * The settings from the environment; variables missing there are read from `.env` in the working directory.
 * @throws SettingsError for the first invalid one. It never contains values, which may be secrets.
 */
export function loadSettings(environment: NodeJS.ProcessEnv = environmentWithFile()): Settings {
  // `NAME=` in a .env file means unset.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new SettingsError(`${issue?.path.join('.') ?? 'A setting'} ${issue?.message ?? 'is wrong'}.`)
}

/** The SQLite file: DATABASE_URL (a path, `sqlite:` or `file:` address), else one under DATA_DIR. */
export function databaseFile(settings: Settings): string {
  const given = settings.DATABASE_URL
  if (given === undefined) return path.join(settings.DATA_DIR, 'rushes.sqlite')
  if (/^(?!sqlite|file)[a-z][a-z+]+:/i.test(given))
    throw new SettingsError(
      'DATABASE_URL must be the path of a SQLite file, or an address such as sqlite:./data/rushes.sqlite.',
    )
  return given.replace(/^(sqlite|file):(\/\/)?/i, '')
}

function environmentWithFile(): NodeJS.ProcessEnv {
  try {
    // Variables that are already set take precedence over the file.
    process.loadEnvFile()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code !== 'ENOENT') throw new SettingsError(`The file .env cannot be read (${error.code}).`)
  }
  return process.env
}
