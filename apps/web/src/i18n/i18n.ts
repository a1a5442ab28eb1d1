/** Every text of the page. Each language is a file of its own, fetched when it is wanted; both have the same texts. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { sayExactBytesWith } from '../format/bytes.ts'
import type en from './en.json'
import { type SentenceForms, sayServerSentencesIn } from './server-sentences.ts'

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
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  sayExactBytesWith((bytes, formatted) => i18next.t('size.exact', { count: bytes, formatted }))
  await changeLanguage(storedLanguage() ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en'))
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await textsOf(language))
  }
  sayServerSentencesIn(await sentencesOf(language))
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

async function textsOf(language: Language): Promise<object> {
  return (language === 'en' ? await import('./en.json') : await import('./zh-CN.json')).default
}

/** The server speaks English. */
async function sentencesOf(language: Language): Promise<SentenceForms | undefined> {
  return language === 'en' ? undefined : (await import('./server.zh-CN.json')).default
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
