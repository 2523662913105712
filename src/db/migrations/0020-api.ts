import { Migration } from '@mikro-orm/migrations'

/** Where a draft `d` is judged: its channel, and its thread where that was not begun under a message of ours. */
const PLACE = `d.channel_id || ' ' || case when d.thread_id is null or exists (
    select 1 from thread_messages m where m.draft_id = d.draft_id and m.message_id = d.thread_id
  ) then '' else d.thread_id end`

const place = (
  which: string,
) => `update drafts set place_key = (select ${PLACE} from drafts d where d.id = drafts.id)
  where ${which} and place_key <> (select ${PLACE} from drafts d where d.id = drafts.id)`

/**
 * Tokens of the API, of which only hashes are kept, and requests that are to be done once. Drafts carry the place by which
 * who may see them is judged, so that a list among many asks neither every draft nor every message. Triggers keep it, as it
 * follows from two tables.
 */
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
    this.addSql("alter table drafts add column place_key text not null default ''")
    this.addSql(place("place_key = ''"))
    // All that a list filters by, so that counting reads nothing else.
    this.addSql(
      'create index drafts_place on drafts (workspace, place_key, status, account_id, author_id, created_at)',
    )
    this.addSql(`create trigger drafts_placed after insert on drafts begin ${place('id = new.id')}; end`)
    this.addSql(
      `create trigger drafts_moved after update of channel_id, thread_id on drafts begin ${place('id = new.id')}; end`,
    )
    for (const [name, event, row] of [
      ['thread_messages_sent', 'insert', 'new'],
      ['thread_messages_moved', 'update of message_id, draft_id', 'new'],
      ['thread_messages_gone', 'delete', 'old'],
    ] as const)
      this.addSql(
        `create trigger ${name} after ${event} on thread_messages begin ${place(`draft_id = ${row}.draft_id`)}; end`,
      )
  }

  override down(): void {
    for (const name of [
      ...['thread_messages_gone', 'thread_messages_moved', 'thread_messages_sent'],
      ...['drafts_moved', 'drafts_placed'],
    ])
      this.addSql(`drop trigger ${name}`)
    this.addSql('drop index drafts_place')
    this.addSql('alter table drafts drop column place_key')
    for (const table of ['api_requests', 'api_tokens']) this.addSql(`drop table ${table}`)
  }
}
