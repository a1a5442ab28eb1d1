/** Type an object id to go there; any other text is looked for among the class names. */
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { readObjectId } from '../format/object-id.ts'
import { caseQuery, isReady } from '../server/cases.ts'
import { useNavigation } from '../url/navigation.tsx'
import { isHeapPlace } from '../url/place-of.ts'
import { histogramPlace, objectPlace } from '../widgets/object-places.ts'
import styles from './header.module.css'

export function GotoField({ place }: { place: Place | NoPlace }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const [text, setText] = useState('')
  const heap = useHeap(place)
  if (heap === undefined) return undefined
  const target = heap
  function go(event: FormEvent) {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return
    const objectId = readObjectId(words)
    open(objectId === undefined ? histogramPlace(target, words) : objectPlace({ ...target, objectId }))
    setText('')
  }
  return (
    <form role="search" onSubmit={go} className={styles['goto']}>
      <TextInput
        size="xs"
        data-goto
        leftSection={<IconSearch size={14} aria-hidden />}
        aria-label={t('goto.label')}
        placeholder={t('goto.placeholder')}
        title={`${t('goto.label')} (Ctrl K)`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
    </form>
  )
}

/** The dump on the screen, else the first readable one of the case. */
function useHeap(place: Place | NoPlace): { caseId: string; artifactId: string } | undefined {
  const caseId = 'caseId' in place ? place.caseId : undefined
  const { data } = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined })
  if (isHeapPlace(place)) return { caseId: place.caseId, artifactId: place.artifactId }
  const dump = data?.artifacts.find((artifact) => artifact.kind === 'heap-dump' && isReady(artifact))
  return dump === undefined ? undefined : { caseId: dump.caseId, artifactId: dump.id }
}
