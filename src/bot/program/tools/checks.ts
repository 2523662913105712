import { constants } from 'node:fs'
import { access, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { captionFont } from '../../../core/media/captions/fonts.ts'
import { makeFolder } from '../../../core/media/store/make-folder.ts'
import { UserError } from '../../../core/model/errors.ts'
import { type CheckResult, checkFootage, checkOpenAi, offersSpeech } from '../../../core/providers/check.ts'
import type { OpenAiConnection } from '../../../core/providers/openai/client.ts'
import { DEFAULT_SCRIPT_MODEL } from '../../../core/providers/openai/script.ts'
import { DEFAULT_VOICE_MODEL } from '../../../core/providers/openai/voice.ts'
import { createPexels } from '../../../core/providers/stock/pexels.ts'
import { createPixabay } from '../../../core/providers/stock/pixabay.ts'
import { openDatabase } from '../../../db/database.ts'
import { missingScopes } from '../../surfaces/slack/manifest.ts'
import { databaseFile, type Settings } from '../config.ts'
import { ffmpegFor } from '../find-ffmpeg.ts'
import { openAiConnections } from '../openai-connections.ts'
import { isOpenToOthers } from '../private-files.ts'
import { strangersNote } from '../strangers-note.ts'
import { accountChecks } from './check-accounts.ts'
import { checkWeb } from './check-web.ts'
import { folderNotes } from './folder-notes.ts'

/** Time limit for one check, in milliseconds. */
const PATIENCE = 20_000

type Check = () => Promise<CheckResult>

/**
 * Checks everything that is set up and reports the results, one line each.
 * @param envFile the settings file, which nobody else should be able to read.
 * @returns whether everything is fine.
 */
export async function checkAll(
  settings: Settings,
  envFile: string,
  say: (line: string) => void,
): Promise<boolean> {
  let isWell = true
  const run = async (checks: Check[]) => {
    for (const check of checks) {
      const { ok, sentence } = await check()
      say(`${ok ? 'ok   ' : 'WRONG'}  ${sentence}`)
      isWell &&= ok
    }
  }
  await run(checksOf(settings))
  // The database is now migrated, if possible.
  await run(await accountChecks(settings, PATIENCE))
  for (const [file, advice] of [
    [envFile, 'It contains your keys and tokens. Run: chmod 600 .env'],
    [settings.DATA_DIR, 'The bot will change that when it starts, if it owns the folder.'],
  ] as const)
    if (await isOpenToOthers(file)) say(`note   Other users of this machine can read ${file}. ${advice}`)
  for (const sentence of await folderNotes(settings)) say(`note   ${sentence}`)
  return isWell
}

function checksOf(settings: Settings): Check[] {
  return [
    () => ffmpeg(settings),
    fonts,
    () => folder('DATA_DIR', settings.DATA_DIR, constants.W_OK),
    ...(settings.MEDIA_DIR ? [() => folder('MEDIA_DIR', settings.MEDIA_DIR ?? '', constants.R_OK)] : []),
    ...(settings.MUSIC_DIR ? [() => folder('MUSIC_DIR', settings.MUSIC_DIR ?? '', constants.R_OK)] : []),
    () => disk(settings),
    () => database(settings),
    () => checkWeb(settings),
    ...strangersNote(settings).map((sentence) => async () => ({ ok: true, sentence })),
    ...serviceChecks(settings),
  ]
}

function serviceChecks(settings: Settings): Check[] {
  const { PEXELS_API_KEY, PIXABAY_API_KEY, OPENAI_TRANSCRIBE_MODEL, TTS_BASE_URL } = settings
  const { openai, speech, transcription, hasScript, hasVoice } = openAiConnections(settings)
  const check = (title: string, modelSetting: string, model: string, connection: OpenAiConnection) => () => {
    const needsWordTimes = modelSetting === 'OPENAI_TRANSCRIBE_MODEL'
    const keySetting = connection === openai ? 'OPENAI_API_KEY' : 'TTS_API_KEY'
    return inTime(title, (signal) =>
      checkOpenAi({ title, keySetting, modelSetting, model, connection, needsWordTimes }, signal),
    )
  }
  const script = check(
    'The script service',
    'OPENAI_MODEL',
    settings.OPENAI_MODEL ?? DEFAULT_SCRIPT_MODEL,
    openai,
  )
  const voice = async () => {
    const title = 'The voice service'
    const model = settings.OPENAI_TTS_MODEL ?? DEFAULT_VOICE_MODEL
    if (TTS_BASE_URL === undefined && openai.baseURL !== null) {
      const offered = await inTime(title, async (signal) => ({
        ok: await offersSpeech(speech, signal),
        sentence: '',
      }))
      if (!offered.ok && offered.sentence === '') return NO_SPEECH
    }
    return check(title, 'OPENAI_TTS_MODEL', model, speech)()
  }
  return [
    ...(hasScript ? [script] : []),
    ...(hasVoice ? [voice] : []),
    ...(OPENAI_TRANSCRIBE_MODEL
      ? [
          check(
            'The transcription service',
            'OPENAI_TRANSCRIBE_MODEL',
            OPENAI_TRANSCRIBE_MODEL,
            transcription,
          ),
        ]
      : []),
    ...(PEXELS_API_KEY ? [() => pexels(settings, PEXELS_API_KEY)] : []),
    ...(PIXABAY_API_KEY ? [() => pixabay(settings, PIXABAY_API_KEY)] : []),
    ...(settings.DISCORD_TOKEN ? [() => discord(settings, settings.DISCORD_TOKEN ?? '')] : []),
    ...(settings.SLACK_BOT_TOKEN ? [() => slack(settings, settings.SLACK_BOT_TOKEN ?? '')] : []),
  ]
}

const NO_SPEECH: CheckResult = {
  ok: true,
  sentence:
    'The server at OPENAI_BASE_URL has no speech, so the built-in voice is used. Set TTS_BASE_URL to use another server for speech.',
}

function pexels({ PEXELS_API_URL }: Settings, apiKey: string): Promise<CheckResult> {
  const provider = createPexels({ apiKey, apiURL: PEXELS_API_URL ?? null, retries: 0 })
  return inTime('Pexels', (signal) => checkFootage(provider, 'Pexels', 'PEXELS_API_KEY', signal))
}

function pixabay({ PIXABAY_API_URL }: Settings, apiKey: string): Promise<CheckResult> {
  // Cached answers say nothing about the key.
  const options = { apiKey, apiURL: PIXABAY_API_URL ?? null, cacheDir: null, retries: 0 }
  const provider = createPixabay(options)
  return inTime('Pixabay', (signal) => checkFootage(provider, 'Pixabay', 'PIXABAY_API_KEY', signal))
}

async function inTime(
  title: string,
  check: (signal: AbortSignal) => Promise<CheckResult>,
): Promise<CheckResult> {
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    return await check(signal)
  } catch (error) {
    if (!signal.aborted) throw error
    return { ok: false, sentence: `${title} did not answer within ${PATIENCE / 1000} seconds.` }
  }
}

async function ffmpeg(settings: Settings): Promise<CheckResult> {
  return told(async () => {
    const found = await ffmpegFor(settings)
    const embedded =
      found.source === 'embedded'
        ? ' It is from 2018 and only for trying Rushes out; install ffmpeg 5 or newer.'
        : ''
    const hdr = found.canToneMap ? '' : ' It cannot tone-map HDR footage.'
    return `ffmpeg ${found.version} at ${found.ffmpegPath} (${found.source}) has everything Rushes needs.${embedded}${hdr}`
  })
}

async function fonts(): Promise<CheckResult> {
  return told(async () => {
    const font = captionFont('Bold')
    if (!font.has(0xac00) || !font.has(0x41))
      throw new Error('the bundled font is missing Hangul or Latin letters')
    return 'The bundled font has Hangul and Latin letters.'
  })
}

async function folder(setting: string, given: string, mode: number): Promise<CheckResult> {
  const full = path.resolve(given)
  return told(async () => {
    if (mode === constants.W_OK) {
      await makeFolder(full)
      // Root passes every permission check, even if the disk is read-only, so only a real write is conclusive.
      await rm(await mkdtemp(path.join(full, 'doctor-')), { recursive: true })
    }
    await access(full, mode)
    await readdir(full)
    return `${setting} ${full} can be ${mode === constants.W_OK ? 'written' : 'read'}.`
  }, `${setting} ${full} cannot be used`)
}

async function disk(settings: Settings): Promise<CheckResult> {
  return told(async () => {
    const { bavail, bsize } = await statfs(settings.DATA_DIR)
    const free = Math.floor((bavail * bsize) / 1024 ** 2)
    if (free < settings.MIN_FREE_MB)
      throw new UserError('disk_low', { freeMegabytes: free, neededMegabytes: settings.MIN_FREE_MB })
    return `${free} MB of disk space is free for DATA_DIR; renders need ${settings.MIN_FREE_MB} MB.`
  }, 'The free disk space could not be read')
}

async function database(settings: Settings): Promise<CheckResult> {
  return told(async () => {
    const file = databaseFile(settings)
    await (await openDatabase(file)).close()
    return `The database ${file} is up to date.`
  })
}

async function discord(settings: Settings, token: string): Promise<CheckResult> {
  return told(async () => {
    // Only the clients that are used are loaded: each takes most of a second.
    const { REST, Routes } = await import('discord.js')
    const rest = new REST({
      retries: 0,
      timeout: PATIENCE,
      ...(settings.DISCORD_API_URL && { api: settings.DISCORD_API_URL }),
    })
    await rest.setToken(token).get(Routes.user())
    return 'Discord responds and accepts the token.'
  }, 'Discord does not accept DISCORD_TOKEN, or cannot be reached')
}

async function slack(settings: Settings, token: string): Promise<CheckResult> {
  let missing: string | null = null
  const answer = await told(async () => {
    const { webApi } = await import('@slack/bolt')
    const client = new webApi.WebClient(token, {
      timeout: PATIENCE,
      retryConfig: { retries: 0 },
      logLevel: webApi.LogLevel.ERROR,
      ...(settings.SLACK_API_URL && { slackApiUrl: settings.SLACK_API_URL }),
    })
    const { team, response_metadata } = await client.auth.test()
    missing = missingScopes(response_metadata?.scopes)
    return `Slack responds and accepts the token for the workspace “${team}”.`
  }, 'Slack does not accept SLACK_BOT_TOKEN, or cannot be reached')
  return missing === null ? answer : { ok: false, sentence: `Slack: ${missing}` }
}

/** A check's result, or why it failed; `subject` is put in front of reasons that aren't our own sentences. */
async function told(work: () => Promise<string>, subject?: string): Promise<CheckResult> {
  try {
    return { ok: true, sentence: await work() }
  } catch (error) {
    if (error instanceof UserError) return { ok: false, sentence: error.message }
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { ok: false, sentence: subject === undefined ? reason : `${subject}: ${reason}` }
  }
}
