/** One suspect in both dumps: its fate in words, and what kept it before and after, side by side. */
import { useTranslation } from 'react-i18next'
import type { ComparedSuspect } from '@heaptrail/api/compare'
import { comparedText, pathsText } from '@heaptrail/api/finding-texts/compare-text'
import { edgeName } from '../../format/object-text.ts'
import { PlaceLink } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { languageOf } from '../../widgets/finding-cards.tsx'
import { FindingWords } from '../../widgets/finding-words.tsx'
import { ObjectLabel } from '../../widgets/object-label.tsx'
import { objectPlace, suspectsPlace } from '../../widgets/object-places.ts'
import { Size } from '../../widgets/size.tsx'
import styles from './compare.module.css'

export function ComparedCard({ suspect, place }: { suspect: ComparedSuspect; place: PlaceOf<'compare'> }) {
  const { t, i18n } = useTranslation()
  const { title, explanation } = comparedText(suspect, languageOf(i18n.language))
  const { caseId, before, after } = place
  return (
    <article className={styles['card']} data-fate={suspect.fate}>
      <h2>
        <FindingWords text={title} />
      </h2>
      <p>
        <FindingWords text={explanation} /> {pathsText(suspect, languageOf(i18n.language))}
      </p>
      <div className={styles['sides']}>
        <SideOf title={t('compare.before')} side={suspect.before} of={{ caseId, artifactId: before }} />
        <SideOf title={t('compare.after')} side={suspect.after} of={{ caseId, artifactId: after }} />
      </div>
    </article>
  )
}

interface SideProps {
  readonly title: string
  readonly side: ComparedSuspect['before']
  readonly of: { readonly caseId: string; readonly artifactId: string }
}

function SideOf({ title, side, of }: SideProps) {
  const { t } = useTranslation()
  return (
    <section>
      <h3>
        <PlaceLink to={suspectsPlace(of)}>{title}</PlaceLink>: <Size bytes={side.bytes} />
      </h3>
      {side.pathSignature.length > 0 && (
        <p className={styles['signature']} aria-label={t('compare.signature')}>
          {side.pathSignature.join(' → ')}
        </p>
      )}
      {side.path.length === 0 ? (
        <p className={styles['dim']}>{t('compare.noPath')}</p>
      ) : (
        <ol className={styles['path']}>
          {side.path.map(({ object, edges }, step) => (
            <li key={`${step} ${object.id}`}>
              {edges.length > 0 && (
                <>
                  <span aria-hidden>↑ </span>
                  <b>{edges.map(edgeName).join(', ')}</b> {t('paths.of')}{' '}
                </>
              )}
              <PlaceLink to={objectPlace({ ...of, objectId: object.id })}>
                <ObjectLabel object={object} />
              </PlaceLink>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
