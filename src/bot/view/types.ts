/**
 * Messages and forms as data. Each surface has one file that turns them into its own components. Plain strings are
 * always shown as typed: a surface escapes them; only these types make anything bold or a link.
 */

export type Inline =
  | string
  | { bold: string }
  | { italic: string }
  | { code: string }
  | { link: string; label: string }
  /** Somebody by their id on the platform; `name` is shown where it has no mentions. */
  | { mention: string; name: string }
  /** Shown in the reader's own time zone where the platform can. */
  | { time: Date; as: 'relative' | 'date_time' }

export type Text = string | Inline[]

/** A file under DATA_DIR that a message shows. */
export interface FileRef {
  /** Path in the asset store. */
  path: string
  /** What people see when they save it: letters, digits, `-` and one `.`. */
  name: string
  /** An attachment is there to be saved, and shows nothing by itself. */
  kind: 'image' | 'video' | 'attachment'
  /** What it shows, for those who cannot see it. */
  alt: string
}

type ButtonStyle = 'primary' | 'secondary' | 'success' | 'danger'

export interface Button {
  action: string
  label: string
  style?: ButtonStyle
  disabled?: boolean
}

/** Several actions behind one control. */
export interface Menu {
  /** Unique in its message. */
  id: string
  label: string
  /** Those that are asked for most come first: Slack shows a few, and the others when they are asked for. */
  items: { action: string; label: string }[]
  /** The action that shows all items, for where a menu has room for some only. */
  whole: string
}

/** One of several values; the action gets the chosen one. */
export interface Select {
  action: string
  label: string
  options: { value: string; label: string; description?: string; selected?: boolean }[]
}

export type Block =
  | { type: 'heading'; text: string }
  | { type: 'text'; text: Text }
  /** Smaller and greyer: who, when, credits. */
  | { type: 'note'; text: Text }
  /** Words of people, set off from ours. */
  | { type: 'quote'; text: string }
  | { type: 'files'; files: FileRef[] }
  /** A line, and a smaller one under it, with a small picture beside them where there is one. */
  | { type: 'item'; text: Text; note: Text; thumbnail: FileRef | null }
  /** 0 to 1. */
  | { type: 'progress'; fraction: number; label: string }
  | { type: 'divider' }
  | { type: 'buttons'; buttons: Button[] }
  | { type: 'menu'; menu: Menu }
  | { type: 'select'; select: Select }

export interface MessageView {
  /** What a notification says, and what a platform without components would show. */
  summary: string
  tone: 'neutral' | 'busy' | 'good' | 'bad'
  /** True for one of many that stand close together, which is shown with as little around it as possible. */
  isCompact?: boolean
  blocks: Block[]
  /** Ids of people who are notified of it when it is posted: of all other messages nobody is. */
  notifies?: string[]
}

/** What the channel is shown when a draft begins. */
export interface Announcement extends MessageView {
  /** Said besides where the draft gets no thread of its own. */
  noThread: string
}

export type FormField = {
  id: string
  label: string
  hint?: string
  required?: boolean
} & (
  | { type: 'text'; value: string; maxLength: number; multiline?: boolean; placeholder?: string }
  | { type: 'select'; value: string; options: { value: string; label: string }[] }
  /** A picture that is sent with the form; its value is how the surface finds it again, and empty for none. */
  | { type: 'picture'; value: '' }
  /** A role or user group. The first option is nobody in particular; a platform with a picker of its own shows that instead. */
  | { type: 'role'; value: string; options: { value: string; label: string }[] }
)

export interface FormView {
  /** The action that gets what was typed. */
  action: string
  title: string
  submit: string
  fields: FormField[]
}

/** What a person typed, by the ids of the fields. */
export type FormValues = Record<string, string>
