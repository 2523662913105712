import { html } from 'htm/preact'

interface ChoiceProps {
  id: string
  name: string
  label: string
  /** The initial choice. */
  value: string
  /** Labels by the value that is sent. */
  choices: Record<string, string>
}

/** A field with a dropdown list. */
export function Choice({ id, name, label, value, choices }: ChoiceProps) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} name=${name}>
      ${Object.entries(choices).map(([each, text]) => html`<option key=${each} value=${each} selected=${each === value}>${text}</option>`)}
    </select>
  </div>`
}
