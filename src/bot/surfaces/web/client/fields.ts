import { html } from 'htm/preact'

interface ChoiceProps {
  id: string
  name: string
  label: string
  /** What is chosen at first. */
  value: string
  /** What each is called, by what is sent for it. */
  choices: Record<string, string>
}

/** One of several, as a list that opens. */
export function Choice({ id, name, label, value, choices }: ChoiceProps) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} name=${name}>
      ${Object.entries(choices).map(([each, text]) => html`<option key=${each} value=${each} selected=${each === value}>${text}</option>`)}
    </select>
  </div>`
}
