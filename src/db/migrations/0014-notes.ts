import { Migration } from '@mikro-orm/migrations'

/**
 * What people say about a segment, and other texts that a script service proposes for it. A note names its segment by id and
 * without a foreign key: the segment may be taken out and come back. What a segment was merged from is a part of it, so that
 * undoing a merge gives each its own notes back.
 */
export class Migration0014Notes extends Migration {
  override up(): void {
    this.addSql("alter table draft_segments add column merged_from text not null default ''")
    this.addSql(`create table notes (
      id integer not null primary key autoincrement,
      draft_id text not null references drafts (draft_id) on delete cascade on update cascade,
      segment_id integer not null,
      text text not null,
      author_id text not null,
      author_name text not null,
      resolved_by_id text null,
      resolved_by_name text null,
      resolved_at datetime null,
      created_at datetime not null
    )`)
    this.addSql('create index notes_draft_id on notes (draft_id)')
    this.addSql(`create table proposals (
      id integer not null primary key autoincrement,
      draft_id text not null references drafts (draft_id) on delete cascade on update cascade,
      segment_id integer not null,
      segment_version integer not null,
      instruction text not null,
      text_before text not null,
      text_after text not null,
      provider text not null,
      state text not null,
      author_id text not null,
      author_name text not null,
      decided_by_id text null,
      decided_by_name text null,
      decided_at datetime null,
      created_at datetime not null
    )`)
    this.addSql('create index proposals_draft_id on proposals (draft_id)')
  }

  override down(): void {
    for (const table of ['proposals', 'notes']) this.addSql(`drop table ${table}`)
    this.addSql('alter table draft_segments drop column merged_from')
  }
}
