/** A role of a Discord server, or a user group of Slack. */
export interface Role {
  id: string
  name: string
}

/**
 * Which roles there are, and who is in one, as the platform says at this moment. Implemented once a surface.
 * @throws Error, each of them, when that cannot be known: a platform that does not answer, a permission that is missing.
 */
export interface Reviewers {
  /** @param workspace as drafts have it, e.g. `discord:123`. Null where there are no roles, as in direct messages. */
  roles(workspace: string): Promise<Role[] | null>
  /** Those of these people who are in the role. A role that is gone has nobody, or throws. */
  among(workspace: string, roleId: string, people: readonly string[]): Promise<ReadonlySet<string>>
}
