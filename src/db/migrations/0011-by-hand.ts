import { Migration } from '@mikro-orm/migrations'

export class Migration0011ByHand extends Migration {
  override up(): void {
    this.addSql("alter table draft_segments add column by_hand text not null default ''")
    // Nobody noted which words of an edited segment were a person's: better keep all of them.
    this.addSql("update draft_segments set by_hand = 'keyword search' where edited_by_id is not null")
  }

  override down(): void {
    this.addSql('alter table draft_segments drop column by_hand')
  }
}
