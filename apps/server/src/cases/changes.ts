/** Tells listeners which case changed: at once for the first change, then at most four times a second. */
const INTERVAL_MS = 250

export interface Changes {
  /** Something that `GET /api/cases/:caseId` shows is different now. */
  changed(caseId: string): void
  /** @returns how to stop listening */
  listen(listener: (caseId: string) => void): () => void
  close(): void
}

export function createChanges(): Changes {
  const listeners = new Set<(caseId: string) => void>()
  /** Cases told of within the last interval, and whether they changed again since. */
  const quiet = new Map<string, { timer: NodeJS.Timeout; again: boolean }>()

  function tell(caseId: string): void {
    for (const listener of listeners) listener(caseId)
    const timer = setTimeout(() => {
      const again = quiet.get(caseId)?.again === true
      quiet.delete(caseId)
      if (again) tell(caseId)
    }, INTERVAL_MS)
    quiet.set(caseId, { timer, again: false })
  }

  return {
    changed(caseId) {
      const waiting = quiet.get(caseId)
      if (waiting === undefined) tell(caseId)
      else waiting.again = true
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      for (const { timer } of quiet.values()) clearTimeout(timer)
      quiet.clear()
      listeners.clear()
    },
  }
}
