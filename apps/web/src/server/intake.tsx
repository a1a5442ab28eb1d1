/** Files in, cases out: what every drop zone of the page does with what falls into it. */
import type { Case } from '@heaptrail/api/cases'
import type { Place } from '@heaptrail/api/place'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { caseQuery, createCase, openDemo, storeCase } from './cases.ts'
import { casesThatReceived } from './received-files.ts'
import { RequestFailure } from './request.ts'
import { UploadQueue, caseToResume, type RunningUpload } from './uploads.ts'

interface Intake {
  readonly uploads: UploadQueue
  /** Cases of which a page opens by itself when all is ready, and the artifacts that were there before. */
  readonly awaited: Map<string, ReadonlySet<string>>
}

const IntakeContext = createContext<Intake | undefined>(undefined)

export function IntakeProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient()
  const intake = useMemo<Intake>(
    () => ({
      uploads: new UploadQueue((caseId) => queryClient.refetchQueries({ queryKey: caseQuery(caseId).queryKey })),
      awaited: new Map(),
    }),
    [queryClient],
  )
  useEffect(() => {
    const goOn = () => intake.uploads.resumeUnanswered()
    window.addEventListener('online', goOn)
    return () => window.removeEventListener('online', goOn)
  }, [intake])
  return <IntakeContext value={intake}>{children}</IntakeContext>
}

export function useIntake(): Intake {
  const intake = useContext(IntakeContext)
  if (intake === undefined) throw new Error('useIntake outside of IntakeProvider')
  return intake
}

/** The uploads that this page is sending; of one case, or all. */
export function useRunningUploads(caseId?: string): readonly RunningUpload[] {
  const { uploads } = useIntake()
  const all = useSyncExternalStore(uploads.subscribe, uploads.current)
  return useMemo(() => (caseId === undefined ? all : all.filter((upload) => upload.caseId === caseId)), [all, caseId])
}

export interface TakenFiles {
  readonly place: Place
  /** The server has had them before, and still has: nothing is sent. */
  readonly alreadyThere: boolean
}

export interface TakeFiles {
  /** Files dropped together become one case, go on with the case that they were cut off in, or lead to where they are. */
  intoNewCase(files: readonly File[]): Promise<TakenFiles>
  intoCase(files: readonly File[], caseId: string): void
  demo(): Promise<Place>
}

export function useTakeFiles(): TakeFiles {
  const { uploads, awaited } = useIntake()
  const queryClient = useQueryClient()
  return useMemo(() => {
    function send(files: readonly File[], caseId: string) {
      const before = queryClient.getQueryData(caseQuery(caseId).queryKey)?.artifacts ?? []
      if (!awaited.has(caseId)) awaited.set(caseId, new Set(before.map(({ id }) => id)))
      for (const file of files) void uploads.add(file, caseId)
    }
    async function caseStillThere(caseId: string): Promise<Case | undefined> {
      try {
        return await queryClient.fetchQuery(caseQuery(caseId))
      } catch (error) {
        if (error instanceof RequestFailure && error.code === 'case-not-found') return undefined
        throw error
      }
    }
    async function caseWith(files: readonly File[]): Promise<string | undefined> {
      for (const caseId of casesThatReceived(files)) {
        const found = await caseStillThere(caseId)
        if (found !== undefined && files.every((file) => isIn(file, found))) return caseId
      }
      return undefined
    }
    return {
      async intoNewCase(files) {
        const resumed = await caseToResume(files)
        let caseId = resumed === undefined ? undefined : (await caseStillThere(resumed))?.id
        if (caseId === undefined) {
          const known = await caseWith(files)
          if (known !== undefined) return { place: { kind: 'case', caseId: known }, alreadyThere: true }
          const created = await createCase(titleFor(files))
          storeCase(queryClient, created)
          caseId = created.id
        }
        send(files, caseId)
        return { place: { kind: 'case', caseId }, alreadyThere: false }
      },
      intoCase: send,
      async demo() {
        const demo = await openDemo()
        storeCase(queryClient, demo)
        awaited.set(demo.id, new Set())
        return { kind: 'case', caseId: demo.id }
      },
    }
  }, [uploads, awaited, queryClient])
}

/** Something came of the file, and is whole. */
function isIn({ name }: File, { artifacts }: Case): boolean {
  return artifacts.some(
    ({ name: label, archive, contentKept }) =>
      contentKept && (name.startsWith(label) || archive?.startsWith(name) === true),
  )
}

/** A case needs a name before anybody has thought of one. */
export function titleFor(files: readonly { readonly name: string }[]): string | undefined {
  const [first] = files
  if (first === undefined || first.name === '') return undefined
  const names = files.slice(0, 2).map(({ name }) => name.slice(0, 80))
  return names.join(', ') + (files.length > 2 ? ` + ${files.length - 2}` : '')
}
