import { html } from 'htm/preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { sentenceOf } from '../say.ts'
import { Refusal } from '../send.ts'
import { language, shared, words } from '../words.ts'
import { type Details, onTopOf, tagsIn, type Values, valuesOf } from './values.ts'

type Field = keyof Values

/** What the form starts from: the initial contents of its fields, and the uploaded video's details. */
export interface Start {
  values: Values
  /** Null for a new upload. */
  details: Details | null
}

interface Props {
  start: Start
  onClose: () => void
  /** @param seen what the person saw last before they changed it. @throws Refusal */
  onSend: (values: Values, seen: Start) => Promise<void>
}

/** Limits of YouTube and Rushes: characters of the title, bytes of the description, number of tags and characters per tag. */
const MOST = { title: 100, description: 5000, tags: 15, tag: 30 }
const PRIVACIES = ['private', 'unlisted', 'public'] as const
/** Fields by their names on the server. */
const NAMES: Record<string, Field> = {
  ...{ title: 'title', description: 'description', tags: 'tags', category: 'category', privacy: 'privacy' },
  ...{ publish_at: 'publishAt', declaration: 'declaration' },
}

/** The form for a video's details on YouTube. Refusals are shown at their field. */
export function UploadForm({ start, onClose, onSend }: Props) {
  const isNew = start.details === null
  const [seen, setSeen] = useState(start)
  const [values, setValues] = useState(start.values)
  const [errors, setErrors] = useState<Partial<Record<Field | 'all', string>>>({})
  /** Who changed the details in the meantime; null if nobody did. */
  const [overtakenBy, setOvertakenBy] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const root = useRef<HTMLFormElement>(null)
  // After a refusal, moves the focus to the field concerned.
  useLayoutEffect(() => {
    root.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [errors])
  const set = (name: Field) => (event: Event) => {
    const { value } = event.target as HTMLInputElement
    setValues((before) => ({ ...before, [name]: value }))
    if (errors[name] !== undefined) setErrors(({ [name]: _, ...others }) => others)
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (isBusy) return
    if (isNew && values.declaration === '') return setErrors({ declaration: words.youtube.chooseOne })
    setIsBusy(true)
    try {
      await onSend(values, seen)
    } catch (error) {
      setIsBusy(false)
      setErrors({ [fieldOf(error)]: sentenceOf(error) })
      if (error instanceof Refusal && error.code === 'stale') continueFrom(error)
    }
  }
  /** Shows the other person's changes in the fields that this one hasn't touched: “Use mine” doesn't undo them. */
  const continueFrom = ({ problem }: Refusal) => {
    const details = problem.theirs as Details
    const theirs = valuesOf(details)
    setOvertakenBy(String(problem.changed_by ?? ''))
    setSeen({ values: theirs, details })
    setValues((mine) => onTopOf(theirs, seen.values, mine))
  }
  const { form, buttons, upload } = shared
  const said = words.youtube
  /** The attributes that all fields share. */
  const field = (name: Field, ...described: string[]) => ({
    ...{ id: `upload-${name}`, name, value: values[name], onInput: set(name) },
    'aria-invalid': errors[name] === undefined ? undefined : 'true',
    'aria-describedby': [...described, ...(errors[name] === undefined ? [] : ['error'])]
      .map((each) => `upload-${name}-${each}`)
      .join(' '),
  })
  const error = (name: Field) =>
    errors[name] !== undefined &&
    html`<p class="field-error" id=${`upload-${name}-error`} role="alert">${errors[name]}</p>`
  const count = (name: Field, used: number, most: number, text: string) =>
    html`<p class=${used > most ? 'hint is-over' : 'hint'} id=${`upload-${name}-count`}>${text}</p>`
  const choices = (names: Record<string, string>, chosen: string) =>
    Object.entries(names).map(
      ([each, text]) => html`<option key=${each} value=${each} selected=${each === chosen}>${text}</option>`,
    )
  const bytes = new TextEncoder().encode(values.description).length
  const tags = tagsIn(values.tags)
  const length = values.title.trim().length
  const isPrivate = values.privacy === 'private'
  return html`<form class="fields upload-form" ref=${root} novalidate onSubmit=${submit}>
    ${isNew && html`<p class="hint">${said.ofDraft}</p>`}
    <div class="field"><label for="upload-title">${form.title}</label>
      <input ...${field('title', 'count')} required />
      ${count('title', length, MOST.title, said.characters(length, MOST.title))}${error('title')}</div>
    <div class="field"><label for="upload-description">${form.description}</label>
      <textarea rows="5" ...${field('description', 'hint', 'count')}></textarea>
      <p class="hint" id="upload-description-hint">${upload.descriptionHint}</p>
      ${count('description', bytes, MOST.description, said.bytes(number(bytes), number(MOST.description)))}${error('description')}</div>
    <div class="field"><label for="upload-tags">${form.tags}</label>
      <input ...${field('tags', 'count')} />
      ${count('tags', tags.some((each) => each.length > MOST.tag) ? Number.POSITIVE_INFINITY : tags.length, MOST.tags, said.tags(tags.length, MOST.tags, MOST.tag))}${error('tags')}</div>
    <div class="two upload-two">
      <div class="field"><label for="upload-privacy">${upload.visibility}</label>
        <select ...${field('privacy', 'hint')}>
          ${choices(Object.fromEntries(PRIVACIES.map((each) => [each, upload.privacy[each] ?? each])), values.privacy)}
        </select>
        <p class="hint" id="upload-privacy-hint">${PRIVACIES.filter((each) => each === values.privacy).map((each) => said.seenBy[each])}</p>
        ${error('privacy')}</div>
      <div class="field"><label for="upload-publishAt">${said.publishAt}</label>
        <input type="datetime-local" ...${field('publishAt', 'hint')} value=${isPrivate ? values.publishAt : ''} disabled=${!isPrivate} />
        <p class="hint" id="upload-publishAt-hint">${isPrivate ? said.publishAtHint(zone()) : said.onlyPrivate}</p>
        ${error('publishAt')}</div>
    </div>
    <div class="field"><label for="upload-category">${upload.category}</label>
      <select ...${field('category')}>${choices(upload.categories, values.category)}</select>${error('category')}</div>
    ${
      isNew &&
      html`<fieldset class="declarations" aria-describedby=${errors.declaration === undefined ? undefined : 'upload-declaration-error'}>
        <legend class="label">${upload.declare}</legend>
        ${Object.entries(upload.declaration).map(
          ([each, text]) => html`<label key=${each}>
            <input type="radio" name="declaration" value=${each} checked=${values.declaration === each} onInput=${set('declaration')}
              aria-invalid=${errors.declaration === undefined ? undefined : 'true'} /><span>${capital(text)}</span></label>`,
        )}
        ${error('declaration')}
      </fieldset>`
    }
    <p class="refusal" role="alert">${errors.all}</p>
    <div class="actions">
      <button type="button" onClick=${onClose}>${overtakenBy === null ? buttons.cancel : words.conflict.keep(overtakenBy)}</button>
      <button type="submit" class="primary" disabled=${isBusy}>${submitText(isBusy, isNew, overtakenBy !== null)}</button>
    </div>
  </form>`
}

function submitText(isBusy: boolean, isNew: boolean, isOvertaken: boolean): string {
  if (isBusy) return words.youtube.saving
  if (isOvertaken) return shared.buttons.applyMine
  return isNew ? shared.upload.submit : shared.form.save
}

/** The field that a refusal is about; `all` if it is about none. */
function fieldOf(error: unknown): Field | 'all' {
  if (!(error instanceof Refusal)) return 'all'
  // Without a second person the video can still be uploaded, just not made public.
  if (error.code === 'publish_needs_second') return 'privacy'
  return NAMES[String(error.problem.field)] ?? 'all'
}

/** The name of the reader's time zone, such as “Korean Standard Time”. */
function zone(): string {
  const parts = new Intl.DateTimeFormat(language, { timeZoneName: 'long' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC'
}

/** `5,000`. */
function number(value: number): string {
  return value.toLocaleString(language)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
