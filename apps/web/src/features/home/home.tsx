/** Where evidence comes in, and what came in before. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { casesQuery } from '../../server/cases.ts'
import { useRunningUploads, useTakeFiles } from '../../server/intake.tsx'
import { useNavigation } from '../../url/navigation.tsx'
import { ChooseFiles } from '../../widgets/choose-files.tsx'
import { useSay } from '../../widgets/notice.tsx'
import { PasteButton } from '../../widgets/paste-dialog.tsx'
import { ErrorState, Waiting } from '../../widgets/states.tsx'
import { UploadRows } from '../../widgets/upload-rows.tsx'
import { CasesTable } from './cases-table.tsx'
import styles from './home.module.css'
import { ImportFolder } from './import-folder.tsx'

export function Home() {
  const { t } = useTranslation()
  const { open } = useNavigation()
  const take = useTakeFiles()
  const cases = useQuery(casesQuery)
  const running = useRunningUploads()
  const say = useSay()
  const files = useMutation({
    mutationFn: take.intoNewCase,
    onSuccess({ place, alreadyThere }, given) {
      open(place)
      if (alreadyThere) say(t('upload.alreadyThere', { name: given[0]?.name, count: given.length }))
    },
  })
  const demo = useMutation({ mutationFn: take.demo, onSuccess: open })
  const unfinished = cases.data?.rows.flatMap(({ uploads }) => uploads) ?? []
  const failure = files.error ?? demo.error
  return (
    <div className={styles['home']}>
      <h1 className="visually-hidden">Heaptrail</h1>
      <section className={styles['zone']} aria-label={t('home.drop')}>
        <p className={styles['invitation']}>{t('home.invitation')}</p>
        <p className={styles['hint']}>{t('home.hint')}</p>
        <div className={styles['buttons']}>
          <ChooseFiles onFiles={(chosen) => files.mutate(chosen)}>{t('home.choose')}</ChooseFiles>
          <PasteButton intoCase={false} onFile={(file) => files.mutate([file])} />
          <Button size="compact-md" variant="default" loading={demo.isPending} onClick={() => demo.mutate()}>
            {t('home.demo')}
          </Button>
        </div>
        {failure !== null && <ErrorState error={failure} />}
      </section>
      <UploadRows uploads={unfinished} running={running} />
      {cases.data !== undefined && <ImportFolder open={cases.data.total === 0} />}
      {cases.data !== undefined && <CasesTable cases={cases.data} />}
      {cases.isPending && <Waiting />}
      {cases.error !== null && <ErrorState error={cases.error} retry={() => void cases.refetch()} />}
    </div>
  )
}
