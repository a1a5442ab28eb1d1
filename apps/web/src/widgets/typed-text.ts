/** Texts of fields that change something when typing pauses; a change from elsewhere (Back) shows at once. */
import { useEffect, useRef, useState } from 'react'

const TYPING_PAUSE_MS = 200
/** What is half typed would only be answered with an error; whoever stops there for so long is told. */
const UNFINISHED_PAUSE_MS = 1500

export function useTypedText(value: string, onChange: (text: string) => void) {
  const { texts, type, leave } = useTypedTexts({ value }, (typed) => onChange(typed.value))
  return { text: texts.value, type: (text: string, isUnfinished?: boolean) => type('value', text, isUnfinished), leave }
}

type Texts<Name extends string> = Readonly<Record<Name, string>>

/**
 * Several fields of one place. What one of them has changed may not be on the screen yet when the next one changes
 * something: `onChange` always gets the newest texts of all of them.
 */
export function useTypedTexts<Name extends string>(values: Texts<Name>, onChange: (texts: Texts<Name>) => void) {
  const [typed, setTyped] = useState<Partial<Texts<Name>>>({})
  const [shown, setShown] = useState(values)
  const [isTyping, setIsTyping] = useState(false)
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly send: () => void }>(undefined)
  const texts: Texts<Name> = { ...values, ...typed }
  const newest = useRef({ texts, typed, onChange })
  const changed = namesOf(values).filter((name) => values[name] !== shown[name])
  if (changed.length > 0) {
    setShown(values)
    // What is being typed stays: it is newer than what has just arrived.
    const left = { ...typed }
    for (const name of changed) if (!isTyping || values[name] === typed[name]) delete left[name]
    setTyped(left)
  }
  useEffect(() => {
    newest.current = { texts, typed, onChange }
  })
  useEffect(() => () => clearTimeout(waiting.current?.timer), [])

  function type(name: Name, text: string, isUnfinished = false) {
    const change = { [name]: text } as Partial<Texts<Name>>
    const { current } = newest
    newest.current = { ...current, typed: { ...current.typed, ...change }, texts: { ...current.texts, ...change } }
    setTyped(newest.current.typed)
    setIsTyping(true)
    clearTimeout(waiting.current?.timer)
    const send = () => {
      waiting.current = undefined
      setIsTyping(false)
      newest.current.onChange(newest.current.texts)
    }
    waiting.current = { timer: setTimeout(send, isUnfinished ? UNFINISHED_PAUSE_MS : TYPING_PAUSE_MS), send }
  }
  /** The field was left: there is nothing to wait for. */
  function leave() {
    clearTimeout(waiting.current?.timer)
    waiting.current?.send()
  }
  return { texts, type, leave }
}

function namesOf<Name extends string>(values: Texts<Name>): readonly Name[] {
  return Object.keys(values) as Name[]
}
