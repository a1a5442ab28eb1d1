/** Classes of a dump by part of their name, as the server finds them. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { histogramQuery } from '../../server/heap.ts'
import { useNavigation } from '../../url/navigation.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { histogramPlace, objectsPlace } from '../../widgets/object-places.ts'
import type { Entry } from './entries.ts'

const CLASSES_SHOWN = 8
const TYPING_PAUSE_MS = 120
/** Shorter texts match too much to be worth asking. */
const LEAST_LENGTH = 2

interface Dump {
  readonly caseId: string
  readonly artifactId: string
}

export function useClassEntries(dump: Dump | undefined, text: string): Entry[] {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const words = text.trim()
  const asked = usePaused(words)
  const enabled = dump !== undefined && asked.length >= LEAST_LENGTH
  const { data, isPlaceholderData } = useQuery({
    ...histogramQuery(dump?.artifactId ?? '', { sort: 'retained', order: 'desc', filter: asked }, 0, CLASSES_SHOWN),
    enabled,
    placeholderData: keepPreviousData,
  })
  if (dump === undefined || !enabled || words.length < LEAST_LENGTH) return []
  const isOld = isPlaceholderData || asked !== words
  // Of an older answer only what fits the text of now: Enter must not open what was not asked for.
  const rows = (data?.rows ?? []).filter(({ className }) => !isOld || holds(className, words))
  return rows.map(({ classId, className, objects, shallow, retained }): Entry => ({
    id: `class-${classId}`,
    label: className,
    shown: <ClassName name={className} />,
    detail: `${t('palette.objects', { count: objects, formatted: formatCount(objects) })} · ${formatBytes(retained ?? shallow)}`,
    run: () => open(objectsPlace(dump, classId)),
  }))
}

/** Always there for a text, so that Enter leads somewhere however fast one types. */
export function useFindEntry(dump: Dump | undefined, text: string): Entry[] {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const words = text.trim()
  if (dump === undefined || words.length < LEAST_LENGTH) return []
  const label = t('palette.findClasses', { text: words })
  return [{ id: 'find-classes', label, run: () => open(histogramPlace(dump, words)) }]
}

function holds(className: string, words: string): boolean {
  return className.toLowerCase().includes(words.toLowerCase())
}

/** The text once typing pauses. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
