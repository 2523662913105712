import type { User, World } from '../world.ts'
import type { Caller } from './posting.ts'
import { type Answer, type Args, isTrue, optional, page, Refusal, required } from './refusal.ts'

/** auth, users, team and bots: https://docs.slack.dev/reference/methods */
export const people = {
  'api.test': (_caller: Caller, args: Args): Answer => {
    const error = optional(args, 'error')
    if (error !== undefined) throw new Refusal(error)
    return { args }
  },

  'auth.test': ({ world }: Caller): Answer => ({
    url: `https://${world.team.domain}.slack.com/`,
    team: world.team.name,
    user: world.users.get(world.app.userId)?.name,
    team_id: world.team.id,
    user_id: world.app.userId,
    bot_id: world.app.botId,
    is_enterprise_install: false,
  }),

  'users.info': ({ world }: Caller, args: Args): Answer => {
    const user = world.users.get(required(args, 'user'))
    if (user === undefined) throw new Refusal('user_not_found')
    return { user: userJson(world, user, isTrue(args, 'include_locale')) }
  },

  'users.list': ({ world }: Caller, args: Args): Answer => {
    const { items, next } = page([...world.users.values()], args)
    return {
      members: items.map((u) => userJson(world, u, isTrue(args, 'include_locale'))),
      response_metadata: { next_cursor: next },
    }
  },

  /** https://docs.slack.dev/reference/methods/usergroups.list */
  'usergroups.list': ({ world }: Caller, args: Args): Answer => ({
    usergroups: [...world.usergroups.values()]
      .filter(({ disabled }) => !disabled || isTrue(args, 'include_disabled'))
      .map(({ id, name, handle, disabled }) => ({
        ...{ id, team_id: world.team.id, is_usergroup: true, name, description: '', handle },
        ...{ is_external: false, date_create: 1, date_update: 1, date_delete: disabled ? 1 : 0 },
      })),
  }),

  /** https://docs.slack.dev/reference/methods/usergroups.users.list */
  'usergroups.users.list': ({ world }: Caller, args: Args): Answer => {
    const group = world.usergroups.get(required(args, 'usergroup'))
    if (group === undefined) throw new Refusal('no_such_subteam')
    return { users: [...group.users] }
  },

  'team.info': ({ world }: Caller): Answer => ({ team: { ...world.team, email_domain: '', icon: {} } }),

  'bots.info': ({ world }: Caller, args: Args): Answer => {
    if (optional(args, 'bot') !== world.app.botId) throw new Refusal('bot_not_found')
    const { app } = world
    return {
      bot: { id: app.botId, deleted: false, name: app.name, app_id: app.id, user_id: app.userId, icons: {} },
    }
  },
}

function userJson(world: World, user: User, withLocale: boolean): Answer {
  return {
    id: user.id,
    team_id: user.teamId ?? world.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    is_admin: user.isAdmin,
    is_owner: user.isOwner,
    is_primary_owner: false,
    is_bot: user.isBot,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    // Present only for people of other companies: https://docs.slack.dev/reference/objects/user-object
    ...(user.teamId === undefined ? {} : { is_stranger: true }),
    tz: 'Etc/UTC',
    profile: { real_name: user.realName, display_name: user.name },
    // Slack sends the locale only to callers that pass include_locale.
    ...(withLocale ? { locale: user.locale } : {}),
  }
}
