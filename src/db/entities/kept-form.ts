import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** Words somebody typed into a form that could not be saved; the “Edit again” button brings them back. */
export const KeptFormEntity = defineEntity({
  name: 'KeptForm',
  tableName: 'kept_forms',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    userId: p.string().length(100),
    /** The action id of the form. */
    form: p.string().length(200),
    values: p.json<Record<string, string>>().fieldName('form_values'),
    /** The draft that it is about; null for a form that begins one. */
    draftId: p.string().length(50).nullable(),
    createdAt: p.datetime(),
  },
})

export type KeptForm = InferEntity<typeof KeptFormEntity>
