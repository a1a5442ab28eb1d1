/** What can be done with the page itself. */
import { useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NoPlace, Place } from '@heaptrail/api/place'
import { chooseLanguage } from '../../i18n/i18n.ts'
import { hasSelection } from '../../url/place-of.ts'
import { useCopyLink } from '../../widgets/copy-link.tsx'
import { isPinnable, usePinning } from '../../widgets/pinning.ts'
import { useIsDemo } from '../guide/use-is-demo.ts'
import { useGuide } from '../guide/guide-state.tsx'
import { useViewTitle } from '../view-title.ts'
import type { Entry } from './entries.ts'

/** Of the frame around the view. */
export interface PageActions {
  readonly toggleInspector: () => void
  readonly showHelp: () => void
}

const THEMES = ['light', 'dark', 'auto'] as const

export function usePageActions(place: Place | NoPlace, { toggleInspector, showHelp }: PageActions): Entry[] {
  const { t, i18n } = useTranslation()
  const { copyLink } = useCopyLink()
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const title = useViewTitle(place)
  const pinning = usePinning(place, () => title)
  const guide = useGuide()
  const isDemo = useIsDemo(place)
  const otherLanguage = i18n.language === 'zh-CN' ? 'en' : 'zh-CN'
  const entries: Entry[] = []
  if (place.kind !== 'no-place') {
    entries.push({ id: 'copy-link', label: t('palette.copyLink'), words: 'share', run: () => copyLink(place) })
  }
  if (isPinnable(place)) {
    const label = t(pinning.isPinned ? 'palette.unpinView' : 'palette.pinView')
    entries.push({ id: 'pin-view', label, words: 'pin', run: pinning.toggle })
  }
  if (hasSelection(place)) {
    entries.push({ id: 'inspector', label: t('inspector.toggle'), keys: 'i', run: toggleInspector })
  }
  for (const theme of THEMES) {
    if (theme === colorScheme) continue
    entries.push({
      id: `theme-${theme}`,
      label: t(`palette.theme.${theme}`),
      words: `theme ${theme}`,
      run: () => setColorScheme(theme),
    })
  }
  entries.push(
    {
      id: 'language',
      label: otherLanguage === 'en' ? 'Switch to English' : '切换到中文',
      words: 'language 语言',
      run: () => void chooseLanguage(otherLanguage),
    },
    ...(isDemo ? [{ id: 'guide', label: t('palette.guide'), words: 'guide', run: () => guide.goTo(guide.step) }] : []),
    { id: 'keys', label: t('palette.keys'), keys: '?', run: showHelp },
  )
  return entries
}
