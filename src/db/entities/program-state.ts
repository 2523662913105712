import { defineEntity, p } from '@mikro-orm/core'

/** What the program remembers about itself between starts. */
export const ProgramStateEntity = defineEntity({
  name: 'ProgramState',
  tableName: 'program_state',
  properties: {
    name: p.string().length(50).primary(),
    value: p.text(),
  },
})
