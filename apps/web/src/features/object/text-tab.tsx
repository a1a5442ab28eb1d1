/** The text of a string, char[] or byte[], page by page, and as a file. */
import { Button, NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { TextEncoding, type TextPage } from '@heaptrail/api/heap-contents'
import { formatCount } from '../../format/count.ts'
import { downloadPath, textQuery } from '../../server/heap-contents.ts'
import { useNavigation } from '../../url/navigation.tsx'
import type { PlaceOf } from '../../url/place-of.ts'
import { EmptyState, ErrorState, Waiting } from '../../widgets/states.tsx'
import { SafeText } from './safe-text.tsx'
import styles from './object-view.module.css'

const PAGE = 16_384

export function TextTab({ place }: { place: PlaceOf<'object'> }) {
  const { t } = useTranslation()
  const { artifactId, objectId, encoding, from } = place
  const { data, error, refetch } = useQuery({
    ...textQuery(artifactId, objectId, encoding, from, PAGE),
    placeholderData: keepPreviousData,
  })
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (data === undefined) return <Waiting />
  return (
    <>
      <TextControls place={place} page={data} />
      {data.total === 0 ? (
        <EmptyState title={t('object.emptyText')} />
      ) : (
        // Long texts scroll, so the keyboard must reach them.
        <section aria-label={t('object.text')} tabIndex={0} className={styles['wholeText']}>
          <SafeText text={data.text} />
        </section>
      )}
    </>
  )
}

function TextControls({ place, page }: { place: PlaceOf<'object'>; page: TextPage }) {
  const { t } = useTranslation()
  const { replace } = useNavigation()
  const { artifactId, objectId, encoding, from } = place
  const button = { size: 'compact-xs', variant: 'default' } as const
  const end = page.offset + page.length
  return (
    <div className={styles['controls']}>
      {page.encoding !== null && (
        <label className={styles['choice']}>
          {t('object.readAs')}
          <NativeSelect
            size="xs"
            aria-label={t('object.readAs')}
            value={page.encoding}
            data={[...TextEncoding.options]}
            onChange={(event) =>
              replace({ ...place, from: 0, encoding: TextEncoding.parse(event.currentTarget.value) })
            }
          />
        </label>
      )}
      {page.total > page.length && (
        <>
          <Button
            {...button}
            disabled={from === 0}
            onClick={() => replace({ ...place, from: Math.max(0, from - PAGE) })}
          >
            {t('object.previousPage')}
          </Button>
          <Button {...button} disabled={end >= page.total} onClick={() => replace({ ...place, from: end })}>
            {t('object.nextPage')}
          </Button>
        </>
      )}
      <span aria-live="polite">
        {t(page.encoding === null ? 'object.charactersShown' : 'object.bytesShown', {
          first: formatCount(Math.min(page.offset + 1, page.total)),
          last: formatCount(end),
          total: formatCount(page.total),
        })}
      </span>
      <a className={styles['download']} href={downloadPath(artifactId, objectId, 'text', encoding)} download>
        {t('object.download.text')}
      </a>
    </div>
  )
}
