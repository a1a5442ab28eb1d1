/** A word on what was just done (copied, pinned), said in the status line for a moment. */
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react'

const SHOWN_MS = 4000

const SayContext = createContext<(text: string) => void>(() => undefined)
const NoticeContext = createContext('')

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState({ text: '' })
  // A new object each time: the same words said again stay for their whole time again.
  const say = useCallback((text: string) => setNotice({ text }), [])
  useEffect(() => {
    if (notice.text === '') return undefined
    const timer = setTimeout(() => setNotice({ text: '' }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <SayContext value={say}>
      <NoticeContext value={notice.text}>{children}</NoticeContext>
    </SayContext>
  )
}

export function useSay(): (text: string) => void {
  return useContext(SayContext)
}

/** What is to be said now; '' most of the time. */
export function useNotice(): string {
  return useContext(NoticeContext)
}
