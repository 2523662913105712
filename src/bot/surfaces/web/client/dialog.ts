import { html } from 'htm/preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

interface DialogProps {
  isOpen: boolean
  title: string
  onClose: () => void
  children?: ComponentChildren
}

/** A modal dialog: the browser keeps the focus in it and restores it afterwards. */
export function Dialog({ isOpen, title, onClose, children }: DialogProps) {
  const root = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (isOpen) root.current?.showModal()
    else root.current?.close()
  }, [isOpen])
  return html`<dialog ref=${root} aria-labelledby=${id} onClose=${onClose}>
    ${isOpen && html`<h2 id=${id}>${title}</h2>${children}`}
  </dialog>`
}
