/** Where a Chromium lies: shared by scripts/ensure-chromium.ts and playwright.config.ts. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** CHROMIUM_PATH, the system's, or the one that Playwright installed; undefined when there is none. */
export function findChromium(): string | undefined {
  const candidates = [process.env.CHROMIUM_PATH ?? '', ...SYSTEM_PATHS, chromium.executablePath()]
  return candidates.find((path) => path !== '' && existsSync(path))
}
