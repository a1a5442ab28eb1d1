/** The window in words, and buttons for what the mouse and the keys do too. */
import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatDecimal } from '../../format/count.ts'
import { moveBy, zoomBy, type Extent, type Window } from './zoom.ts'
import styles from './gc-view.module.css'

interface ZoomButtonsProps {
  readonly extent: Extent
  readonly window: Window
  readonly unit: string
  readonly onZoom: (window: Window) => void
}

export function ZoomButtons({ extent, window, unit, onZoom }: ZoomButtonsProps) {
  const { t } = useTranslation()
  const whole = window.from <= extent.from && window.to >= extent.to
  const actions = [
    { name: 'in', Icon: IconZoomIn, next: zoomBy(window, 0.5), disabled: false },
    { name: 'out', Icon: IconZoomOut, next: zoomBy(window, 2), disabled: whole },
    {
      name: 'earlier',
      Icon: IconChevronLeft,
      next: moveBy(extent, window, -0.5),
      disabled: window.from <= extent.from,
    },
    { name: 'later', Icon: IconChevronRight, next: moveBy(extent, window, 0.5), disabled: window.to >= extent.to },
    { name: 'all', Icon: IconZoomReset, next: extent, disabled: whole },
  ] as const
  return (
    <div role="group" aria-label={t('gc.zoom.title')} className={styles['zoom']}>
      <span>{t('gc.zoom.shown', { from: formatDecimal(window.from), to: formatDecimal(window.to), unit })}</span>
      {actions.map(({ name, Icon, next, disabled }) => (
        <ActionIcon
          key={name}
          size="sm"
          variant="subtle"
          color="gray"
          disabled={disabled}
          aria-label={t(`gc.zoom.${name}`)}
          title={t(`gc.zoom.${name}`)}
          onClick={() => onZoom(next)}
        >
          <Icon size={16} />
        </ActionIcon>
      ))}
    </div>
  )
}
