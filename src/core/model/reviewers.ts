/**
 * Who belongs to a role of a Discord server or to a user group of Slack, as the platform says at this moment. Implemented
 * once a surface.
 */
export interface Reviewers {
  /**
   * Those of these people who are in the role.
   * @param workspace as drafts have it, e.g. `discord:123`.
   * @throws Error when that cannot be known: a platform that does not answer, a role that is gone, a permission that is missing.
   */
  among(workspace: string, roleId: string, people: readonly string[]): Promise<ReadonlySet<string>>
}
