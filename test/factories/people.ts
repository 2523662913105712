import type { Actor, Place } from '../../src/core/model/people.ts'

export const ANN: Actor = { id: 'ann', name: 'Ann' }
export const BEN: Actor = { id: 'ben', name: 'Ben' }
export const PLACE: Place = { surface: 'test', workspace: 'test:1', channelId: 'channel', threadId: null }
