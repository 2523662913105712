import { describe, expect, it } from 'vitest'
import { actionOrigin, commandOrigin, formOrigin } from '../../../../src/bot/surfaces/slack/origin.ts'

const base = { type: 'block_actions', team: { id: 'T1' }, user: { id: 'U1' }, channel: { id: 'C1' } }
const form = (view: Record<string, unknown>, trigger: string | null = '1.2') => ({
  ...base,
  trigger_id: trigger,
  view: { id: 'V1', callback_id: 'create:::', state: { values: {} }, ...view },
})

describe('payloads of Slack', () => {
  it.each([
    { message: { text: 'x' } },
    { message: { ts: '1.1', thread_ts: null, text: null } },
    { message: null, container: null, response_url: null, channel: null },
    { container: { is_ephemeral: null, thread_ts: null, channel_id: null } },
    { user: { id: 'U1', name: null, username: null, team_id: null }, team: null, trigger_id: null },
  ])('is read without what may be missing: %o', (given) => {
    expect(actionOrigin({ ...base, ...given }).origin).toMatchObject({ userId: 'U1', threadId: null })
  })

  it('reads commands and forms without what may be missing', () => {
    const command = { user_id: 'U1', channel_id: 'C1', text: null, trigger_id: null, response_url: null }
    expect(commandOrigin({ ...command, user_name: null, team_id: null })).toMatchObject({ text: '' })
    const sparse = { private_metadata: null, blocks: null, state: null }
    expect(formOrigin(form(sparse))).toMatchObject({ action: 'create:::', fields: [] })
  })

  it('knows the fields of a form from what was typed where the form itself is left out', () => {
    const values = { topic: { value: { type: 'plain_text_input', value: '' } } }
    expect(formOrigin(form({ state: { values } })).fields).toEqual(['topic'])
  })

  it('takes a form that is sent again with other words for another event, and a second delivery for the same', () => {
    const sent = (topic: string, view = 'V1', trigger: string | null = '1.2') =>
      formOrigin(form({ id: view, state: { values: { topic: { value: { value: topic } } } } }, trigger))
        .origin.eventId
    expect(sent('Tea')).toBe(sent('Tea'))
    const others = [sent('Coffee'), sent('Tea', 'V2'), sent('Tea', 'V1', '3.4'), sent('Tea', 'V1', null)]
    expect(new Set([sent('Tea'), ...others]).size).toBe(5)
  })
})
