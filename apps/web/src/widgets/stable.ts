/** What events call, as an object that stays the same: rows that get it are not rendered anew because of it. */
import { useCallback, useLayoutEffect, useRef } from 'react'

/** @returns the same function every time, which does what the last rendered `act` does; for events, never while rendering */
export function useStable<Args extends readonly unknown[], Result>(
  act: (...args: Args) => Result,
): (...args: Args) => Result {
  const last = useRef(act)
  useLayoutEffect(() => {
    last.current = act
  })
  return useCallback((...args: Args) => last.current(...args), [])
}
