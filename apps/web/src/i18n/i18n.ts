/** Every text of the page. English is part of the page; Chinese is fetched when it is wanted. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'

export const LANGUAGES = ['en', 'zh-CN'] as const
export type Language = (typeof LANGUAGES)[number]

const STORAGE_KEY = 'heaptrail.language'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

/** Starts in the language chosen last, else in the browser's. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await changeLanguage(storedLanguage() ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en'))
}

export async function changeLanguage(language: Language): Promise<void> {
  if (language === 'zh-CN' && !i18next.hasResourceBundle('zh-CN', 'translation')) {
    const texts = await import('./zh-CN.json')
    i18next.addResourceBundle('zh-CN', 'translation', texts.default)
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** As `changeLanguage`, and remembered by this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language)
  await changeLanguage(language)
}

function storedLanguage(): Language | undefined {
  const stored = localStorage.getItem(STORAGE_KEY)
  return LANGUAGES.find((language) => language === stored)
}
