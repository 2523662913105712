import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { loadSettings, SettingsError } from '../../../src/bot/program/config.ts'
import { type Besides, openWebAddress } from '../../../src/bot/program/web-address.ts'
import { SurfaceError } from '../../../src/bot/surfaces/surface.ts'

const ALONE = { hasChats: false, takesEvents: false }
const WITH_CHAT = { hasChats: true, takesEvents: false }
const WITH_EVENTS = { hasChats: true, takesEvents: true }

async function opened(env: NodeJS.ProcessEnv, besides: Besides) {
  const web = await openWebAddress(loadSettings({ PORT: '0', ...env }), besides, (error) => {
    throw error
  })
  onTestFinished(() => web.http?.close())
  const { http, origin, note } = web
  return { isOpen: http !== null, origin: origin?.replace(String(http?.port), 'N') ?? null, note }
}

async function takenPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return String((server.address() as AddressInfo).port)
}

it('serves the studio on this machine, or at WEB_URL', async () => {
  for (const besides of [ALONE, WITH_CHAT, WITH_EVENTS]) {
    expect(await opened({}, besides)).toEqual({ isOpen: true, origin: 'http://127.0.0.1:N', note: null })
    const WEB_URL = 'https://rushes.example.com/'
    const open = { isOpen: true, origin: 'https://rushes.example.com', note: null }
    expect(await opened({ WEB_URL, HOST: '0.0.0.0' }, besides)).toEqual(open)
  }
  expect((await opened({ HOST: 'localhost' }, ALONE)).origin).toBe('http://localhost:N')
})

it('goes on without the studio where the port is taken and a chat can do without, and says so', async () => {
  const PORT = await takenPort()
  const line = `PORT ${PORT} on 127.0.0.1 is in use by another program. Set PORT to a free port.`
  const off = { isOpen: false, origin: null, note: `The studio is off. ${line}` }
  expect(await opened({ PORT }, WITH_CHAT)).toEqual(off)
  for (const besides of [ALONE, WITH_EVENTS])
    await expect(opened({ PORT }, besides)).rejects.toThrow(new SurfaceError(line))
})

it('is not open to other machines without WEB_URL', async () => {
  const HOST = '0.0.0.0'
  await expect(opened({ HOST }, ALONE)).rejects.toThrow(SettingsError)
  await expect(opened({ HOST }, ALONE)).rejects.toThrow(/WEB_URL.*https:.*leave HOST out\.$/)
  const off = { origin: null, note: expect.stringMatching(/^The studio is off\. HOST opens.*WEB_URL/) }
  expect(await opened({ HOST }, WITH_CHAT)).toEqual({ isOpen: false, ...off })
  // Slack's events still arrive.
  expect(await opened({ HOST }, WITH_EVENTS)).toEqual({ isOpen: true, ...off })
})
