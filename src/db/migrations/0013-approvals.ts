import { Migration } from '@mikro-orm/migrations'

/** Who has approved which film of a draft, and how many approvals a render needs: of a draft, or of a workspace's drafts. */
export class Migration0013Approvals extends Migration {
  override up(): void {
    this.addSql(`create table approvals (
      id integer not null primary key autoincrement,
      draft_id text not null references drafts (draft_id) on delete cascade,
      person_id text not null,
      person_name text not null,
      film text not null,
      revision integer not null,
      changes_before integer not null default 0,
      created_at datetime not null,
      unique (draft_id, person_id, film)
    )`)
    this.addSql(`create table approval_rules (
      id integer not null primary key autoincrement,
      workspace text not null,
      draft_id text null unique references drafts (draft_id) on delete cascade,
      needed integer not null,
      role_id text null,
      role_name text null,
      is_less integer not null default 0,
      edited_by_id text not null,
      edited_by_name text not null,
      updated_at datetime not null
    )`)
    this.addSql(
      'create unique index approval_rules_workspace on approval_rules (workspace) where draft_id is null',
    )
    // Of revisions of older versions it is not known whether they shaped the film.
    this.addSql('alter table draft_versions add column shapes_film integer not null default 1')
  }

  override down(): void {
    this.addSql('alter table draft_versions drop column shapes_film')
    for (const table of ['approval_rules', 'approvals']) this.addSql(`drop table ${table}`)
  }
}
