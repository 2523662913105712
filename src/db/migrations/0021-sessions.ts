import { Migration } from '@mikro-orm/migrations'

const WHO_AND_WHERE = `
      person_id text not null,
      person_name text not null,
      surface text not null,
      workspace text not null,
      channel_id text not null,
      thread_id text null,
      locale text not null,`

/** Signing in to the studio: links that work once, and the sessions that they begin. Codes and secrets are there as hashes only. */
export class Migration0021Sessions extends Migration {
  override up(): void {
    this.addSql(`create table sign_in_links (
      id integer not null primary key autoincrement,
      code_hash text not null,${WHO_AND_WHERE}
      draft_id text null,
      created_at datetime not null,
      expires_at datetime not null
    )`)
    this.addSql('create unique index sign_in_links_code_hash on sign_in_links (code_hash)')
    this.addSql(`create table sessions (
      id integer not null primary key autoincrement,
      secret_hash text not null,${WHO_AND_WHERE}
      user_agent text not null,
      created_at datetime not null,
      last_used_at datetime not null,
      expires_at datetime not null
    )`)
    this.addSql('create unique index sessions_secret_hash on sessions (secret_hash)')
    this.addSql('create index sessions_person on sessions (workspace, person_id)')
  }

  override down(): void {
    for (const table of ['sessions', 'sign_in_links']) this.addSql(`drop table ${table}`)
  }
}
