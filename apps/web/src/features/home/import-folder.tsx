/** Files that the operator allows to be read where they lie; nothing when there are none. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportableFiles } from '@heaptrail/api/local-files'
import { formatBytes, formatExactBytes } from '../../format/bytes.ts'
import { formatCount } from '../../format/count.ts'
import { useIntake } from '../../server/intake.tsx'
import { importableQuery, openImportable } from '../../server/import-folder.ts'
import { useNavigation } from '../../url/navigation.tsx'
import { ErrorState } from '../../widgets/states.tsx'
import table from '../../widgets/table.module.css'
import styles from './import-folder.module.css'

/** @param open whether the files are shown at once */
export function ImportFolder({ open }: { open: boolean }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(importableQuery)
  if (error !== null) return <ErrorState error={error} />
  if (data === undefined || data.total === 0) return undefined
  const more = data.total - data.rows.length
  return (
    <details className={styles['folder']} open={open}>
      <summary>
        <h2>{t('home.import.title')}</h2> <span className={styles['count']}>({formatCount(data.total)})</span>
      </summary>
      <p className={styles['hint']}>{t('home.import.hint')}</p>
      <Files rows={data.rows} />
      {more > 0 && (
        <p className={styles['hint']}>{t('home.import.more', { count: more, formatted: formatCount(more) })}</p>
      )}
    </details>
  )
}

function Files({ rows }: Pick<ImportableFiles, 'rows'>) {
  const { t } = useTranslation()
  const { awaited } = useIntake()
  const { open } = useNavigation()
  const opening = useMutation({
    mutationFn: openImportable,
    onSuccess(caseId) {
      awaited.set(caseId, new Set())
      open({ kind: 'case', caseId })
    },
  })
  return (
    <>
      {opening.error !== null && <ErrorState error={opening.error} />}
      <div className={styles['files']}>
        <table className={table['table']}>
          <caption className="visually-hidden">{t('home.import.title')}</caption>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{t('home.import.file')}</th>
              <th scope="col">{t('home.import.size')}</th>
              <th scope="col">{t('home.import.open')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ path, size }) => (
              <tr key={path}>
                <td>{path}</td>
                <td className={table['numeric']} title={formatExactBytes(size)}>
                  {formatBytes(size)}
                </td>
                <td className={table['numeric']}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('home.import.openOf', { name: path })}
                    loading={opening.isPending && opening.variables === path}
                    onClick={() => opening.mutate(path)}
                  >
                    {t('home.import.open')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
