import { defineEntity, p } from '@mikro-orm/core'

/** What the program remembers of itself from one start to the next. */
export const ProgramStateEntity = defineEntity({
  name: 'ProgramState',
  tableName: 'program_state',
  properties: {
    name: p.string().length(50).primary(),
    value: p.text(),
  },
})
