/** Saves a stack of charts as a picture. */
import { ActionIcon } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { errorSentence } from '../widgets/states.tsx'
import type { LegendEntry } from './legend.tsx'
import { useSavePicture } from './save-picture.ts'

interface PictureButtonProps {
  readonly charts: RefObject<HTMLElement | null>
  /** Of what is drawn. */
  readonly legend: readonly LegendEntry[]
  readonly file: string
}

export function PictureButton({ charts, legend, file }: PictureButtonProps) {
  const { t } = useTranslation()
  const { save, failure } = useSavePicture(charts, legend, file)
  return (
    <>
      <ActionIcon variant="subtle" color="gray" aria-label={t('chart.png')} title={t('chart.png')} onClick={save}>
        <IconDownload size={16} />
      </ActionIcon>
      {failure !== undefined && <span role="alert">{errorSentence(t, failure)}</span>}
    </>
  )
}
