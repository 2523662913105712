/**
 * Messages and forms as data. Each surface has one file that turns them into its own components. Plain strings are always
 * shown as typed, because surfaces escape them; only these types make text bold or a link.
 */

export type Inline =
  | string
  | { bold: string }
  | { italic: string }
  | { code: string }
  | { link: string; label: string }
  /** A person by their platform id; `name` is shown where mentions aren't possible. */
  | { mention: string; name: string }
  /** Shown in the reader's own time zone if the platform supports that. */
  | { time: Date; as: 'relative' | 'date_time' }

export type Text = string | Inline[]

/** A file from DATA_DIR that is shown in a message. */
export interface FileRef {
  /** Path in the asset store. */
  path: string
  /** The file name under which people save it: letters, digits, `-` and one `.`. */
  name: string
  /** An attachment is for saving and isn't displayed. */
  kind: 'image' | 'video' | 'attachment'
  /** A description for people who can't see it. */
  alt: string
}

type ButtonStyle = 'primary' | 'secondary' | 'success' | 'danger'

export interface Button {
  action: string
  label: string
  style?: ButtonStyle
  disabled?: boolean
}

/** Several actions in one menu. */
export interface Menu {
  /** Unique within the message. */
  id: string
  label: string
  /** Most used first: Slack shows a few, and the others on request. */
  items: { action: string; label: string }[]
  /** The action that shows all items, for menus with room for only some. */
  whole: string
}

/** A choice of one value, which the action receives. */
export interface Select {
  action: string
  label: string
  options: { value: string; label: string; description?: string; selected?: boolean }[]
}

export type Block =
  | { type: 'heading'; text: string }
  | { type: 'text'; text: Text }
  /** Small grey text: who, when, credits. */
  | { type: 'note'; text: Text }
  /** People's words, set apart from ours. */
  | { type: 'quote'; text: string }
  | { type: 'files'; files: FileRef[] }
  /** A line with a smaller one below it, and a small picture next to them if there is one. */
  | { type: 'item'; text: Text; note: Text; thumbnail: FileRef | null }
  /** 0 to 1. */
  | { type: 'progress'; fraction: number; label: string }
  | { type: 'divider' }
  | { type: 'buttons'; buttons: Button[] }
  | { type: 'menu'; menu: Menu }
  | { type: 'select'; select: Select }

export interface MessageView {
  /** The text of notifications, and of platforms without components. */
  summary: string
  tone: 'neutral' | 'busy' | 'good' | 'bad'
  /** True for one of many that are close together, which is shown with as little decoration as possible. */
  isCompact?: boolean
  blocks: Block[]
  /** Ids of the people who are notified when it is posted; all other messages notify nobody. */
  notifies?: string[]
}

/** What the channel shows when a draft is started. */
export interface Announcement extends MessageView {
  /** Added if the draft doesn't get its own thread. */
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
  /** A picture sent with the form; its value lets the surface find it again, and is empty for none. */
  | { type: 'picture'; value: '' }
  /** A role or user group. The first option means no particular one; a platform with its own picker shows that instead. */
  | { type: 'role'; value: string; options: { value: string; label: string }[] }
)

export interface FormView {
  /** The action that receives the values. */
  action: string
  title: string
  submit: string
  fields: FormField[]
}

/** The values a person entered, by field id. */
export type FormValues = Record<string, string>
