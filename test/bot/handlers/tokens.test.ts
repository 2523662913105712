import { expect, it } from 'vitest'
import { EVERYTHING } from '../../../src/bot/handlers/access.ts'
import { handleCommand } from '../../../src/bot/handlers/router.ts'
import { listTokens, tokenSent } from '../../../src/core/draft/tokens.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { sharedProgram } from '../../factories/program.ts'
import { fakeChat, fakeRequest, saidIn } from '../../fakes/chat.ts'

let rights = EVERYTHING
const program = sharedProgram({ start: false })

async function token(options: Record<string, string>): Promise<string> {
  const { request, answers } = fakeRequest(fakeChat(), {
    ...{ spot: { channelId: 'channel', threadId: 'thread' }, access: { at: async () => rights } },
  })
  await handleCommand(program().bot, request, 'token', options)
  return answers.privately.map(saidIn).join('\n')
}

it('makes a token that acts as the person, shows it once, lists and revokes it', async () => {
  const { core } = program()
  const made = await token({ do: 'create', name: 'CI', scope: 'write' })
  const sent = /rushes_[0-9a-f]{64}/.exec(made)?.[0] ?? ''
  expect(await tokenSent(core, sent)).toMatchObject({
    ...{ name: 'CI', scopes: ['read', 'write'], personId: ANN.id, personName: ANN.name },
    ...{ workspace: PLACE.workspace, surface: PLACE.surface, channelId: 'channel' },
  })
  expect(await token({ do: 'create', name: 'CI' })).toContain('already a token')
  expect(await token({ do: 'create' })).toContain('cannot be empty')
  const listed = await token({})
  expect(listed).toContain('CI · read, write · acts as Ann')
  expect(listed).not.toContain(sent.slice(8))
  expect(await token({ do: 'revoke', name: 'nothing' })).toContain('no token')
  await token({ do: 'revoke', name: 'ci' })
  expect(await tokenSent(core, sent)).toBeNull()
  rights = { ...EVERYTHING, manageWorkspace: false }
  expect(await token({ do: 'create', name: 'other' })).toContain('Only people who manage this workspace')
  expect(await listTokens(core, PLACE.workspace)).toEqual([])
})
