import { describe, expect, test } from 'vitest'
import { openApi } from './discord/openapi.ts'
import { ROUTES } from './discord/routes/all.ts'

const MESSAGES = '/channels/{channel_id}/messages'
const CALLBACK = '/interactions/{interaction_id}/{interaction_token}/callback'
const COMMANDS = '/applications/{application_id}/commands'

describe("Discord's published description", () => {
  const reasons = (method: string, route: string, body: unknown) =>
    openApi()
      .violations(method, route, body)
      .map(({ path, reason }) => `${path} ${reason}`)
  const button = { type: 2, style: 1, custom_id: 'a', label: 'A' }

  test.each<[string, string, unknown]>([
    [
      'POST',
      MESSAGES,
      { content: 'x', tts: false, enforce_nonce: false, nonce: '1', attachments: [{ id: '0' }] },
    ],
    [
      'POST',
      MESSAGES,
      {
        flags: 32768,
        components: [
          {
            type: 17,
            accent_color: null,
            components: [
              { type: 10, content: 'x' },
              { type: 14, divider: true, spacing: 1 },
            ],
          },
          { type: 12, items: [{ media: { url: 'attachment://a.mp4' } }] },
          { type: 1, components: [button] },
        ],
      },
    ],
    ['PATCH', `${MESSAGES}/{message_id}`, { content: null, embeds: [], components: [] }],
    ['POST', CALLBACK, { type: 5, data: { flags: 64 } }],
    ['POST', CALLBACK, { type: 6 }],
    ['POST', CALLBACK, { type: 8, data: { choices: [{ name: 'a', value: 'b' }] } }],
    [
      'POST',
      CALLBACK,
      {
        type: 9,
        data: {
          custom_id: 'm',
          title: 't',
          components: [
            { type: 18, label: 'l', component: { type: 4, custom_id: 'a', style: 2, value: 'x' } },
          ],
        },
      },
    ],
    [
      'PUT',
      COMMANDS,
      [{ name: 'a', description: 'b', type: 1, default_member_permissions: '8192', contexts: [0, 1] }],
    ],
    ['PATCH', '/channels/{channel_id}', { archived: true }],
    ['POST', '/channels/{channel_id}/typing', undefined],
  ])('%s %s takes what is right', (method, route, body) => {
    expect(reasons(method, route, body)).toEqual([])
  })

  test.each<[string, string, unknown, RegExp]>([
    ['POST', MESSAGES, { content: 'x'.repeat(4001) }, /^\/content must NOT have more than 4000/],
    ['POST', MESSAGES, { attachments: [{ id: 0 }] }, /^\/attachments\/0\/id must be string/],
    [
      'POST',
      MESSAGES,
      { components: [{ type: 10 }] },
      /^\/components\/0 must have required property 'content'/,
    ],
    [
      'POST',
      MESSAGES,
      { components: [{ type: 1, components: [{ ...button, label: 'x'.repeat(81) }] }] },
      /^\/components\/0\/components\/0\/label must NOT have more than 80/,
    ],
    [
      'POST',
      MESSAGES,
      { components: [{ type: 12, items: [{ media: { url: 'not a url' } }] }] },
      /url must match format "uri"/,
    ],
    [
      'POST',
      CALLBACK,
      { type: 9, data: { custom_id: 'm', title: 'x'.repeat(46), components: [] } },
      /^\/data\/title|components/,
    ],
    ['PUT', COMMANDS, [{ name: '' }], /^\/0\/name must NOT have fewer than 1/],
    ['POST', '/channels/{channel_id}/nothing', {}, /no such route/],
    ['POST', '/channels/{channel_id}/typing', { a: 1 }, /no body/],
  ])('%s %s refuses what is wrong, and says where', (method, route, body, expected) => {
    expect(reasons(method, route, body).some((reason) => expected.test(reason.trim()))).toBe(true)
  })

  test('has each request with a body that the loopback Discord serves', () => {
    const unknown = ROUTES.filter(({ method }) => method !== 'GET' && method !== 'DELETE')
      .filter(({ method, template }) => reasons(method, template, undefined).join().includes('no such route'))
      .map(({ method, template }) => `${method} ${template}`)
    expect(unknown).toEqual([])
  })
})
