import { Migration } from '@mikro-orm/migrations'

/**
 * Which drafts' threads are behind what is stored, so that a start finds them without a look at all drafts. Triggers count
 * changes, since a process can end between a change and whatever it would have written down about it, and clocks can be put
 * back. New drafts need none: the job that creates one changes its state when it is there. (PostgreSQL has the same
 * triggers in its own words.)
 */
export class Migration0006ThreadMarks extends Migration {
  override up(): void {
    this.addSql(`create table thread_marks (
      draft_id text not null primary key,
      changes integer not null,
      shown integer not null default 0
    )`)
    this.addSql('create index thread_marks_behind on thread_marks (draft_id) where changes <> shown')
    this.addSql(`create table program_state (
      name text not null primary key,
      value text not null
    )`)
    const count = (draftId: string) => `insert into thread_marks (draft_id, changes) values (${draftId}, 1)
        on conflict (draft_id) do update set changes = changes + 1`
    // Where a draft lives is no change: it is what bringing its thread in line writes down itself.
    this.addSql(`create trigger drafts_changed after update of
        title, description, tags, format, status, language, template, music_enabled, music_mood, music_volume, voice,
        voice_speed, is_outline, other_topics, notice, usage, revision, settings_version, expiry_notice_at, updated_at
      on drafts begin ${count('new.draft_id')}; end`)
    this.addSql(`create trigger drafts_gone after delete on drafts begin ${count('old.draft_id')}; end`)
    this.addSql(`create trigger jobs_changed after update of state, output_video_path on job_history
      when new.draft_id is not null begin ${count('new.draft_id')}; end`)
    // Work left unfinished by the previous version isn't recorded elsewhere: drafts being edited, and running jobs.
    this.addSql(`insert into thread_marks (draft_id, changes)
      select draft_id, 1 from drafts
        where status <> 'finalized' and updated_at >= strftime('%s', 'now') * 1000 - 172800000
      union select draft_id, 1 from job_history where draft_id is not null and state in ('queued', 'running')
      union select draft_id, 1 from thread_messages where draft_id not in (select draft_id from drafts)`)
  }

  override down(): void {
    for (const trigger of ['drafts_changed', 'drafts_gone', 'jobs_changed'])
      this.addSql(`drop trigger ${trigger}`)
    for (const table of ['program_state', 'thread_marks']) this.addSql(`drop table ${table}`)
  }
}
