import { TERMINAL_ACCESS } from '../../../../src/bot/surfaces/terminal/access.ts'
import { accessContract } from '../../../contracts/access.ts'

const [you, here] = ['you', { surface: 'terminal', workspace: 'terminal:local' }]

accessContract(
  'the terminal',
  async () => ({
    author: { id: you },
    // There is no one else.
    who: async (name) =>
      name === 'author' ? { actor: { id: you, name: 'You' }, access: TERMINAL_ACCESS, ...here } : null,
    place: async (where) =>
      where === 'direct messages' ? { ...here, channelId: 'terminal', threadId: null } : null,
    befall: async () => {},
  }),
  ['direct messages'],
)
