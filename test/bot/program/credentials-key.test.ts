import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { loadSettings, SettingsError } from '../../../src/bot/program/config.ts'
import { sealerFor } from '../../../src/bot/program/credentials-key.ts'
import { platformsFor } from '../../../src/bot/program/platforms.ts'
import { temporaryFolder } from '../../factories/folder.ts'

const KEY = Buffer.alloc(32, 5)

it('seals with the key that is set, however it is written', async () => {
  const DATA_DIR = await temporaryFolder()
  const given = (CREDENTIALS_KEY: string) => sealerFor(loadSettings({ DATA_DIR, CREDENTIALS_KEY }))
  const sealed = given(KEY.toString('base64')).seal('secret', 'about')
  expect(given(KEY.toString('hex')).open(sealed, 'about')).toBe('secret')
  expect(given(KEY.toString('base64url')).open(sealed, 'about')).toBe('secret')
  await expect(stat(path.join(DATA_DIR, 'credentials.key'))).rejects.toThrow('ENOENT')
  for (const wrong of ['short', 'x'.repeat(64), KEY.subarray(1).toString('base64')])
    expect(() => given(wrong)).toThrow(/^CREDENTIALS_KEY must be 32 random bytes/)
})

it('makes a key once, when it is needed, for its owner alone', async () => {
  const DATA_DIR = await temporaryFolder()
  const file = path.join(DATA_DIR, 'credentials.key')
  const sealers = [1, 2].map(() => sealerFor({ DATA_DIR, CREDENTIALS_KEY: undefined }))
  await expect(stat(file)).rejects.toThrow('ENOENT')
  const sealed = sealers[0]?.seal('secret', 'about') ?? ''
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const key = await readFile(file, 'utf8')
  expect(sealers[1]?.open(sealed, 'about')).toBe('secret')
  expect(await readFile(file, 'utf8')).toBe(key)
  await writeFile(file, 'rubbish')
  const damaged = sealerFor({ DATA_DIR, CREDENTIALS_KEY: undefined })
  expect(() => damaged.seal('x', 'y')).toThrow(SettingsError)
  await rm(file)
  expect(sealerFor({ DATA_DIR, CREDENTIALS_KEY: undefined }).open(sealed, 'about')).toBeNull()
})

it('needs both halves of a client', () => {
  const clock = () => new Date()
  expect(platformsFor(loadSettings({}), clock)).toEqual([])
  expect(() => platformsFor(loadSettings({ GOOGLE_CLIENT_ID: 'id' }), clock)).toThrow(
    'Set both GOOGLE_CLIENT_ID',
  )
  expect(
    platformsFor(loadSettings({ GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 's' }), clock),
  ).toMatchObject([{ name: 'youtube' }])
})
