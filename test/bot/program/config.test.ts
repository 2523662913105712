import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { databaseFile, loadSettings, SettingsError } from '../../../src/bot/program/config.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { nodeEnv } from '../../factories/node-env.ts'

function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    databaseFile(loadSettings(environment))
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError)
    return error instanceof Error ? error.message : ''
  }
  throw new Error('nothing was refused')
}

describe('settings', () => {
  it('have a default or are optional, every one', () => {
    const settings = loadSettings({})
    expect(settings).toMatchObject({
      ...{ DATA_DIR: './data', PORT: 3000, RENDER_CONCURRENCY: 2, LOG_LEVEL: 'info' },
      ...{
        CLEANUP_CRON: '17 4 * * *',
        DRAFT_TTL_DAYS: 30,
        OUTPUT_TTL_DAYS: 90,
        AUDIT_TTL_DAYS: 365,
        ASSET_GRACE_HOURS: 24,
      },
    })
    expect(settings.DISCORD_TOKEN).toBeUndefined()
    expect(databaseFile(settings)).toBe(path.join('data', 'rushes.sqlite'))
  })

  it('take empty ones for not set, and trim the others', () => {
    const settings = loadSettings({
      DISCORD_TOKEN: '',
      PORT: '  ',
      OPENAI_MODEL: ' gpt ',
      PEXELS_API_KEY: '\t',
    })
    expect(settings).toMatchObject({ PORT: 3000, OPENAI_MODEL: 'gpt' })
    expect(settings.DISCORD_TOKEN).toBeUndefined()
    expect(settings.PEXELS_API_KEY).toBeUndefined()
  })

  it.each([
    ['DISCORD_GUILD_ID', '123456789012345678'],
    ['DISCORD_API_URL', 'http://127.0.0.1:8080/api'],
    ['SLACK_API_URL', 'https://slack.test/api/'],
    ['OPENAI_BASE_URL', 'http://localhost:1234/v1'],
    ['TTS_BASE_URL', 'http://localhost:1234/v1'],
    ['PEXELS_API_URL', 'http://127.0.0.1:9000'],
    ['PIXABAY_API_URL', 'https://pixabay.test'],
    ['CLEANUP_CRON', '*/5 * * * *'],
    ['LOG_LEVEL', 'silent'],
    ['MEDIA_DIR', '/some/where'],
    ['WEBHOOK_URL', 'http://hooks.internal:8080/x'],
    ['WEBHOOK_SECRET', `whsec_${'ab+/'.repeat(11)}`],
  ])('take %s', (name, value) => {
    expect(loadSettings({ [name]: value })).toMatchObject({ [name]: value })
  })

  it.each([
    ['DISCORD_GUILD_ID', 'my server', /server ID/],
    ['DISCORD_API_URL', 'http://127.0.0.1/api/v10', /ends in \/api\.$/],
    ['DISCORD_API_URL', 'discord.test/api', /http or https address/],
    ['SLACK_API_URL', 'https://slack.test/api', /ends in \/api\/\.$/],
    ['OPENAI_BASE_URL', 'https://openai.test', /ends in \/v1\.$/],
    ['TTS_BASE_URL', 'ftp://openai.test/v1', /http or https address/],
    ['PEXELS_API_URL', 'https://pexels.test/v1', /origin/],
    ['PIXABAY_API_URL', 'pixabay', /http or https address/],
    ['WEBHOOK_URL', 'hooks.test/x', /http or https address/],
    ['WEBHOOK_SECRET', 'whsec_c2hvcnQ=', /whsec_ and 24 to 64/],
    ['WEBHOOK_SECRET', 'ab+/'.repeat(11), /whsec_ and 24 to 64/],
    ['WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0/8, office', /IP addresses and networks/],
    ['PEXELS_API_KEY', 'ключ', /letters, digits and punctuation/],
    ['OPENAI_API_KEY', 'sk-1\u200b2', /letters, digits and punctuation/],
    ['SLACK_BOT_TOKEN', 'xoxb 1', /letters, digits and punctuation/],
    ['PORT', '-1', /whole number from 0 to 65535/],
    ['PORT', 'http', /whole number from 0 to 65535/],
    ['RENDER_CONCURRENCY', '2.5', /whole number from 1 to 16/],
    ['RENDER_CONCURRENCY', '0', /whole number from 1 to 16/],
    ['DRAFT_TTL_DAYS', '-1', /whole number from 1/],
    ['OUTPUT_TTL_DAYS', 'never', /whole number from 1/],
    ['ASSET_GRACE_HOURS', '1e9', /whole number from 0/],
    ['ALLOW_EMBEDDED_FFMPEG', 'perhaps', /true or false/],
    ['CLEANUP_CRON', 'every night', /cron expression/],
    ['LOG_LEVEL', 'loud', /one of trace, debug/],
    ['DATABASE_URL', 'postgres://ann:hunter2@db/rushes', /path of a SQLite file/],
  ])('refuse %s=%s with one line that names it and what it takes', (name, value, takes) => {
    const line = refusal({ [name]: value })
    expect(line).toMatch(new RegExp(`^${name} [^\\n]+\\.$`))
    expect(line).toMatch(takes)
    expect(line).not.toContain(value)
  })

  it('never repeat a secret, whichever variable it was pasted into', () => {
    for (const name of Object.keys(loadSettings({ DISCORD_TOKEN: 'x' })).concat(
      'DISCORD_API_URL',
      'SLACK_API_URL',
    )) {
      try {
        loadSettings({ [name]: 'hunter2-very-secret' })
      } catch (error) {
        expect(String(error)).not.toContain('hunter2')
      }
    }
  })

  it.each([
    ['sqlite:./here.sqlite', './here.sqlite'],
    ['sqlite:///var/lib/rushes.db', '/var/lib/rushes.db'],
    ['file:/var/lib/rushes.db', '/var/lib/rushes.db'],
    ['some/where.db', 'some/where.db'],
    [':memory:', ':memory:'],
    ['C:\\rushes.db', 'C:\\rushes.db'],
  ])('find the database at %s', (value, file) => {
    expect(databaseFile(loadSettings({ DATABASE_URL: value }))).toBe(file)
  })

  it('come from the file .env for what the environment lacks', async () => {
    const folder = await temporaryFolder()
    await writeFile(path.join(folder, '.env'), 'PORT=4000\nLOG_LEVEL=debug # loud\nOPENAI_API_KEY=\n')
    const config = new URL('../../../src/bot/program/config.ts', import.meta.url).href
    const print = `import { loadSettings } from '${config}'; console.log(JSON.stringify(loadSettings()))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', print], {
      cwd: folder,
      env: { ...nodeEnv(), LOG_LEVEL: 'error' },
    })
    expect(JSON.parse(stdout)).toMatchObject({ PORT: 4000, LOG_LEVEL: 'error' })
    expect(JSON.parse(stdout)).not.toHaveProperty('OPENAI_API_KEY')
  })
})
