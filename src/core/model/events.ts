import { EventEmitter } from 'node:events'

interface EventMap {
  /** Something about a draft that a surface shows has changed: its words, assets, status, or a job's progress. */
  changed: [draftId: string]
  /** A draft is gone; its thread should say so. */
  deleted: [draftId: string]
}

/** Tells surfaces that a draft should be shown again. Nothing may depend on hearing them: the database is the truth. */
export class DraftEvents extends EventEmitter<EventMap> {
  changed(draftId: string): void {
    this.emit('changed', draftId)
  }

  deleted(draftId: string): void {
    this.emit('deleted', draftId)
  }
}
