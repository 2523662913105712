import type { Arrangement } from '../../core/draft/arrangement.ts'
import { LIMITS } from '../../core/model/limits.ts'
import type { SegmentView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import { line } from './fields.ts'
import type { FormValues, FormView } from './types.ts'

/** All segments of a draft, one per line, to be moved and deleted. */
export function arrangeForm(
  draftId: string,
  { text, seen }: Arrangement,
  words: Words,
  typed: FormValues = {},
): FormView {
  const field = line('order', words.form.order, typed.order ?? text, LIMITS.arrangement.text, {
    hint: words.form.orderHint,
    required: true,
  })
  return {
    action: encodeAction('arrange', draftId, 0, seen),
    title: words.form.arrange,
    submit: words.form.save,
    fields: [{ ...field, multiline: true }],
  }
}

/** Asks for a segment's new position in a draft with the given number of segments. */
export function moveForm(
  segment: SegmentView,
  total: number,
  words: Words,
  typed: FormValues = {},
): FormView {
  const place = segment.segmentIndex + 1
  return {
    action: encodeAction('move', segment.draftId, segment.id, segment.version),
    title: words.form.move(place),
    submit: words.form.save,
    fields: [
      line('place', words.form.place, typed.place ?? String(place), 10, {
        hint: words.form.placeHint(total),
        required: true,
      }),
    ],
  }
}
