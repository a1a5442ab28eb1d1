/** How the JVM laid objects out, how surely that is known, and the way to an analysis with another layout. */
import type { TFunction } from 'i18next'
import { Suspense, lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeapLayout, HeapSummary } from '@heaptrail/api/heap'
import { parseHeapRef } from '@heaptrail/api/heap-ref'
import { useNavigation } from '../url/navigation.tsx'
import type { HeapPlace } from '../url/place-of.ts'

const AnalysisDialog = lazy(async () => ({
  default: (await import('../features/case/analyse-again.tsx')).AnalysisDialog,
}))

export function LayoutFact({ place, summary }: { place: HeapPlace; summary: HeapSummary }) {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const [isOpen, setIsOpen] = useState(false)
  const { layout, inferredLayout, options } = summary
  return (
    <>
      <button
        type="button"
        className="link"
        title={`${t(`layout.explained.${layout.certainty}`)} ${t('analysis.again')}`}
        onClick={() => setIsOpen(true)}
      >
        {layoutText(t, layout)} ({t(`layout.${layout.certainty}`)})
      </button>
      {isOpen && (
        <Suspense>
          <AnalysisDialog
            dump={{ caseId: place.caseId, id: parseHeapRef(place.artifactId).artifactId }}
            shown={options}
            isOpen
            onClose={() => setIsOpen(false)}
            onStarted={(ref) => open({ ...place, artifactId: ref })}
          >
            <p>
              {t('analysis.dumpSays', {
                layout: layoutText(t, inferredLayout),
                instance: inferredLayout.instanceHeader,
                array: inferredLayout.arrayHeader,
                certainty: t(`layout.${inferredLayout.certainty}`),
              })}{' '}
              {t(`layout.explained.${inferredLayout.certainty}`)}
            </p>
          </AnalysisDialog>
        </Suspense>
      )}
    </>
  )
}

/** `compressed references, compact headers, aligned to 16 bytes` */
function layoutText(t: TFunction, layout: HeapLayout): string {
  const headers = layout.compactHeaders ? t('layout.compactHeaders') : ''
  const alignment = layout.alignment === 8 ? '' : t('layout.alignment', { bytes: layout.alignment })
  return [t(`layout.${layout.references}`), headers, alignment].filter((part) => part !== '').join(', ')
}
