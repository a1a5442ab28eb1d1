/** Language and theme of this reader. */
import { ActionIcon, Button, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage } from '../i18n/i18n.ts'

/** Shows the language that it switches to, in that language. */
export function LanguageButton() {
  const { t, i18n } = useTranslation()
  const other = i18n.language === 'zh-CN' ? 'en' : 'zh-CN'
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      lang={other}
      // What stands on it is part of its name: people who speak to their computer say what they see.
      aria-label={other === 'en' ? 'EN: switch to English' : '中文：切换到中文'}
      title={t('shell.language')}
      onClick={() => void chooseLanguage(other)}
    >
      {other === 'en' ? 'EN' : '中文'}
    </Button>
  )
}

const NEXT: Record<MantineColorScheme, MantineColorScheme> = { auto: 'light', light: 'dark', dark: 'auto' }
const ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }

export function ThemeButton() {
  const { t } = useTranslation()
  // Holding transitions back would add a style element, which the page does not allow.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const Icon = ICONS[colorScheme]
  const label = t(`shell.theme.${colorScheme}`)
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <Icon size={16} />
    </ActionIcon>
  )
}
