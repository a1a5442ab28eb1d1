/** How far this reader came in the guide: kept by the browser, so that it can be left and resumed. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'
import { GUIDE_STEPS } from './steps.ts'

const STORAGE_KEY = 'heaptrail.guide'

interface Kept {
  readonly step: number
  readonly isOpen: boolean
  /** Walked to its end at least once. */
  readonly finished: boolean
}

export interface GuideState extends Kept {
  readonly goTo: (step: number) => void
  readonly leave: () => void
  readonly finish: () => void
}

const FRESH: Kept = { step: 0, isOpen: false, finished: false }
const NOTHING = () => undefined
const GuideContext = createContext<GuideState>({ ...FRESH, goTo: NOTHING, leave: NOTHING, finish: NOTHING })

export function useGuide(): GuideState {
  return useContext(GuideContext)
}

export function GuideProvider({ children }: { children: ReactNode }) {
  const [kept, setKept] = useState(readKept)
  const change = useCallback((next: Partial<Kept>) => {
    setKept((old) => {
      const changed = { ...old, ...next }
      localStorage.setItem(STORAGE_KEY, printKept(changed))
      return changed
    })
  }, [])
  const state = useMemo(
    () => ({
      ...kept,
      goTo: (step: number) => change({ step, isOpen: true }),
      leave: () => change({ isOpen: false }),
      finish: () => change({ step: 0, isOpen: false, finished: true }),
    }),
    [kept, change],
  )
  return <GuideContext value={state}>{children}</GuideContext>
}

/** `open 3`, `left 3`, with `finished` behind it. */
function printKept({ step, isOpen, finished }: Kept): string {
  return `${isOpen ? 'open' : 'left'} ${step}${finished ? ' finished' : ''}`
}

function readKept(): Kept {
  const match = /^(open|left) (\d)( finished)?$/.exec(localStorage.getItem(STORAGE_KEY) ?? '')
  const step = Number(match?.[2])
  if (match === null || step >= GUIDE_STEPS.length) return FRESH
  return { step, isOpen: match[1] === 'open', finished: match[3] !== undefined }
}
