import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** What a person typed into a form that could not be saved; the “Edit again” button brings it back. */
export const KeptFormEntity = defineEntity({
  name: 'KeptForm',
  tableName: 'kept_forms',
  properties: {
    id: p.integer().primary(),
    workspace: p.string().length(100),
    userId: p.string().length(100),
    /** The form's action id. */
    form: p.string().length(200),
    values: p.json<Record<string, string>>().fieldName('form_values'),
    /** The draft it concerns; null for a form that creates one. */
    draftId: p.string().length(50).nullable(),
    createdAt: p.datetime(),
  },
})

export type KeptForm = InferEntity<typeof KeptFormEntity>
