import { html } from 'htm/preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

interface DialogProps {
  isOpen: boolean
  title: string
  onClose: () => void
  /** The id of the element to focus once the dialog is closed; without it the focus returns to where it was. */
  leadsTo?: string | undefined
  children?: ComponentChildren
}

/** A modal dialog: the browser keeps the focus in it and restores it afterwards. */
export function Dialog({ isOpen, title, onClose, leadsTo, children }: DialogProps) {
  const root = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (isOpen) root.current?.showModal()
    else if (root.current?.open) {
      // Until it's closed, nothing outside can be focused.
      root.current.close()
      if (leadsTo !== undefined) document.getElementById(leadsTo)?.focus()
    }
  }, [isOpen])
  return html`<dialog ref=${root} aria-labelledby=${id} onClose=${onClose}>
    ${isOpen && html`<h2 id=${id}>${title}</h2>${children}`}
  </dialog>`
}
