/** A class of a text histogram, and what the heap dumps of the case have of it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/count.ts'
import { classInDumpsQuery } from '../../server/class-histograms.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import { Fact, Facts } from '../../widgets/facts.tsx'
import { ClassName } from '../../widgets/object-label.tsx'
import { histogramPlace, objectsPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import styles from './inspector.module.css'

export function InspectedClass({ caseId, name }: { caseId: string; name: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(classInDumpsQuery(caseId, name))
  return (
    <div className={styles['inspector']}>
      <h2 className={styles['title']}>
        <ClassName name={name} />
      </h2>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Waiting />}
      {data?.dumps.length === 0 && <p className={styles['hint']}>{t('inspector.noDumps')}</p>}
      {data?.dumps.map(({ artifactId, name: dump, found }) => (
        <section key={artifactId}>
          <h3 className={styles['heading']}>{t('inspector.inDump', { name: dump })}</h3>
          {found === null ? (
            <p className={styles['hint']}>{t('inspector.notInDump')}</p>
          ) : (
            <>
              <Facts>
                <Fact name={t('column.objects')}>{formatCount(found.instances)}</Fact>
                <Fact name={t('column.shallow')}>
                  <Size bytes={found.bytes} />
                </Fact>
                <Fact name={t('column.retained')}>
                  <Size bytes={found.retained} />
                </Fact>
              </Facts>
              <p className={styles['actions']}>
                <PlaceLink to={histogramPlace({ caseId, artifactId }, '', found.classId)}>
                  {t('inspector.showInHistogram')}
                </PlaceLink>
                <PlaceLink to={objectsPlace({ caseId, artifactId }, found.classId)}>
                  {t('inspector.listObjects')}
                </PlaceLink>
              </p>
            </>
          )}
        </section>
      ))}
    </div>
  )
}
