/** When a key pressed on the page is meant for the page. */

/** Keys and pastes belong to a field when one has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}

/** Keys belong to a dialog or a menu while it is open. */
export function overlayIsOpen(): boolean {
  return document.querySelector('dialog[open], [role=dialog], [role=menu]') !== null
}
