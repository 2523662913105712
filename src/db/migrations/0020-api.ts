import { Migration } from '@mikro-orm/migrations'

/** Tokens of the API, of which only hashes are kept, and requests that are to be done once. */
export class Migration0020Api extends Migration {
  override up(): void {
    this.addSql(`create table api_tokens (
      id integer not null primary key autoincrement,
      token_hash text not null unique,
      workspace text not null,
      name text not null,
      scopes text not null,
      surface text not null,
      channel_id text not null,
      locale text not null,
      person_id text null,
      person_name text null,
      created_at datetime not null,
      last_used_at datetime null
    )`)
    this.addSql('create unique index api_tokens_name on api_tokens (workspace, name)')
    this.addSql(`create table api_requests (
      id integer not null primary key autoincrement,
      caller text not null,
      request_key text not null,
      fingerprint text not null,
      draft_id text not null,
      job_id text null,
      created_at datetime not null
    )`)
    this.addSql('create unique index api_requests_key on api_requests (caller, request_key)')
    this.addSql('create index api_requests_created_at on api_requests (created_at)')
  }

  override down(): void {
    for (const table of ['api_requests', 'api_tokens']) this.addSql(`drop table ${table}`)
  }
}
