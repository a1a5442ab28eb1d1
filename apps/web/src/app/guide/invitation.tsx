/** On the page of the demo case: begins the guide, or goes on with it. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Place } from '@heaptrail/api/place'
import { useGuide } from './guide-state.tsx'
import { useIsDemo } from './use-is-demo.ts'
import { GUIDE_STEPS } from './steps.ts'
import styles from './guide.module.css'

export function Invitation({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { step, isOpen, finished, goTo } = useGuide()
  const isDemo = useIsDemo(place)
  if (!isDemo || isOpen) return undefined
  const steps = GUIDE_STEPS.length
  const begin = finished ? t('guide.again') : t('guide.start', { steps })
  const label = step > 0 ? t('guide.resume', { step: step + 1, steps }) : begin
  return (
    <section className={styles['invitation']} aria-label={t('guide.title')}>
      <p>{t('guide.invitation')}</p>
      <Button size="compact-sm" onClick={() => goTo(step)}>
        {label}
      </Button>
    </section>
  )
}
