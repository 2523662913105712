import type { Channel } from '../world.ts'

/**
 * The scopes each method needs, from "Required scopes" on its page under https://docs.slack.dev/reference/methods . Where they
 * depend on the kind of conversation, see `conversationScope`.
 */
export const SCOPES: Record<string, string[]> = {
  'api.test': [],
  'auth.test': [],
  'apps.connections.open': ['connections:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.info': [],
  'conversations.list': ['channels:read'],
  'conversations.history': [],
  'conversations.replies': [],
  'conversations.members': [],
  'conversations.open': ['im:write'],
  'conversations.join': ['channels:join'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.info': ['files:read'],
  'files.delete': ['files:write'],
  'team.info': ['team:read'],
  'bots.info': ['users:read'],
  'reactions.add': ['reactions:write'],
}

/** Every scope that a bot of this kind can request; a token has all of them unless the test sets others. */
export const ALL_BOT_SCOPES = [
  'commands',
  'chat:write',
  'chat:write.public',
  'channels:read',
  'channels:history',
  'channels:join',
  'groups:read',
  'groups:history',
  'im:read',
  'im:write',
  'im:history',
  'mpim:read',
  'mpim:history',
  'users:read',
  'usergroups:read',
  'team:read',
  'files:read',
  'files:write',
  'app_mentions:read',
  'reactions:write',
]

/** `channels:read`, `groups:history` and so on, by the kind of conversation. */
export function conversationScope(kind: Channel['kind'], act: 'read' | 'history'): string {
  return `${{ public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' }[kind]}:${act}`
}
