/** The window in words, and buttons for what the mouse and the keys do too. */
import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isWhole, moveBy, zoomBy, type Window } from './window.ts'
import styles from './charts.module.css'

interface ZoomButtonsProps {
  readonly extent: Window
  readonly window: Window
  /** The window in words. */
  readonly text: string
  readonly onZoom: (window: Window) => void
}

export function ZoomButtons({ extent, window, text, onZoom }: ZoomButtonsProps) {
  const { t } = useTranslation()
  const whole = isWhole(extent, window)
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
    <div role="group" aria-label={t('chart.zoom.title')} className={styles['zoom']}>
      <span>{text}</span>
      {actions.map(({ name, Icon, next, disabled }) => (
        <ActionIcon
          key={name}
          size="sm"
          variant="subtle"
          color="gray"
          disabled={disabled}
          aria-label={t(`chart.zoom.${name}`)}
          title={t(`chart.zoom.${name}`)}
          onClick={() => onZoom(next)}
        >
          <Icon size={16} />
        </ActionIcon>
      ))}
    </div>
  )
}
