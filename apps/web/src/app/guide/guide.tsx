/**
 * The first time on the demo case: points at the control that leads on, says why, and in the view what to look at.
 * Nothing is blocked: whoever uses the control itself comes to the same step.
 */
import { Button, CloseButton } from '@mantine/core'
import { useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { useGuide } from './guide-state.tsx'
import { useIsDemo } from './use-is-demo.ts'
import { GUIDE_STEPS, findShown, type GuideStep } from './steps.ts'
import { useTargetRectangle, type Rectangle } from './use-target.ts'
import styles from './guide.module.css'

export function Guide({ place }: { place: Place | NoPlace }) {
  const { step, isOpen } = useGuide()
  const isShown = useIsDemo(place) && isOpen
  const current = GUIDE_STEPS[step]
  if (!isShown || current === undefined) return undefined
  return <Pointer key={step} number={step} step={current} isThere={current.view === place.kind} />
}

interface PointerProps {
  readonly number: number
  readonly step: GuideStep
  /** The view of the step is on the screen. */
  readonly isThere: boolean
}

function Pointer({ number, step, isThere }: PointerProps) {
  const target = useTargetRectangle(isThere ? step.sights : step.controls)
  return (
    <>
      {target !== undefined && <div className={styles['ring']} style={pixels(target)} aria-hidden />}
      <Card number={number} step={step} isThere={isThere} target={isThere ? undefined : target} />
    </>
  )
}

function Card({ number, step, isThere, target }: PointerProps & { target: Rectangle | undefined }) {
  const { t } = useTranslation()
  const { goTo, leave, finish } = useGuide()
  const goOn =
    number === GUIDE_STEPS.length - 1
      ? { label: t('guide.finish'), run: finish }
      : { label: t('guide.next'), run: () => goTo(number + 1) }
  const next = isThere ? goOn : { label: t('guide.show'), run: () => findShown(step.controls)?.click() }
  const button = useTakenFocus()
  return (
    <section
      className={styles['card']}
      style={besides(target)}
      aria-label={t('guide.title')}
      onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && leave()}
    >
      <div className={styles['head']}>
        <span className={styles['count']}>{t('guide.count', { step: number + 1, steps: GUIDE_STEPS.length })}</span>
        <h2>{t(`view.${step.view}`)}</h2>
        <CloseButton size="sm" aria-label={t('guide.leave')} title={t('guide.leaveHint')} onClick={leave} />
      </div>
      <p aria-live="polite">{t(`guide.step.${step.view}.${isThere ? 'look' : 'why'}`)}</p>
      <div className={styles['buttons']}>
        {number > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => goTo(number - 1)}>
            {t('guide.back')}
          </Button>
        )}
        <Button ref={button} size="compact-sm" onClick={next.run}>
          {next.label}
        </Button>
      </div>
    </section>
  )
}

/** The button of the step before, which had the focus, has gone with it: keys go on at this one. */
function useTakenFocus() {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus({ preventScroll: true })
  }, [])
  return button
}

const CARD = { width: 320, height: 170, gap: 14 } as const

/** Beside the control, within the window; without one in the corner that covers least. */
function besides(target: Rectangle | undefined): CSSProperties {
  if (target === undefined) return { right: 16, bottom: 40 }
  const fitsRight = target.left + target.width + CARD.gap + CARD.width < window.innerWidth
  if (fitsRight && target.width < window.innerWidth / 2) {
    const lowest = window.innerHeight - CARD.height - 40
    return { left: target.left + target.width + CARD.gap, top: Math.max(48, Math.min(target.top - 8, lowest)) }
  }
  const left = Math.max(16, Math.min(target.left, window.innerWidth - CARD.width - 16))
  const below = target.top + target.height + CARD.gap
  return below + CARD.height < window.innerHeight ? { left, top: below } : { left, bottom: 40 }
}

function pixels({ left, top, width, height }: Rectangle): CSSProperties {
  return { left: left - 3, top: top - 3, width: width + 6, height: height + 6 }
}
