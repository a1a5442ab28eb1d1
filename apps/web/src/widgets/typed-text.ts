/** Text of a field that changes something when typing pauses; a change from elsewhere (Back) shows at once. */
import { useEffect, useRef, useState } from 'react'

const TYPING_PAUSE_MS = 200

export function useTypedText(value: string, onChange: (text: string) => void) {
  const [text, setText] = useState(value)
  const [shownValue, setShownValue] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  if (value !== shownValue) {
    setShownValue(value)
    setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  function type(next: string) {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(next), TYPING_PAUSE_MS)
  }
  return { text, type }
}
