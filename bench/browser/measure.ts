/** `node bench/browser/measure.ts FILE`: the engine in Chromium and in Node, both in one thread, on one dump. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { analyse } from './analyse.ts'
import type { Outcome, Reply } from './messages.ts'

const HALF_AN_HOUR = 1_800_000
const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name a heap dump')

const browser = await inChromium(file)
const node = await inNode(file)
print(browser, node)
if (browser.tableSha256 !== node.tableSha256) process.exitCode = 1

async function inNode(path: string): Promise<Outcome> {
  const handle = openSync(path, 'r')
  const readInto = (offset: number, target: Uint8Array): number => readSync(handle, target, 0, target.length, offset)
  try {
    return await analyse({ size: statSync(path).size, readInto })
  } finally {
    closeSync(handle)
  }
}

async function inChromium(path: string): Promise<Outcome> {
  const server = spawn(process.execPath, [new URL('serve.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const places = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', chromium.executablePath()]
  const executablePath = places.find((place) => existsSync(place))
  const chrome = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  try {
    const url = await new Promise<string>((resolve) =>
      server.stdout?.once('data', (data) => resolve(String(data).trim())),
    )
    const page = await chrome.newPage()
    await page.goto(url)
    await page.setInputFiles('#dump', path)
    const result = page.locator('#result[aria-busy=false]')
    await result.waitFor({ timeout: HALF_AN_HOUR })
    const reply = JSON.parse((await result.textContent()) ?? '') as Reply
    if (reply.kind === 'failed') throw new Error(reply.message)
    return reply.outcome
  } finally {
    await chrome.close()
    server.kill()
  }
}

function print(inBrowser: Outcome, inProcess: Outcome): void {
  const { objects, dumpBytes, snapshotBytes } = inBrowser
  console.log(
    `${(dumpBytes / 1e6).toFixed(0)} MB, ${objects.toLocaleString('en')} objects, snapshot ${(snapshotBytes / 1e6).toFixed(0)} MB`,
  )
  console.log(`Chromium ${inBrowser.tableSha256}\nNode     ${inProcess.tableSha256}`)
  const ms = (outcome: Outcome, phase: string): string =>
    (outcome.phases.find((one) => one.phase === phase)?.ms ?? 0).toFixed(0).padStart(9)
  console.log(`${'ms'.padEnd(20)} Chromium      Node`)
  for (const { phase } of inBrowser.phases)
    console.log(`${phase.padEnd(18)} ${ms(inBrowser, phase)} ${ms(inProcess, phase)}`)
  const totals = [inBrowser, inProcess].map(({ analysisMs }) => analysisMs.toFixed(0).padStart(9))
  console.log(`${'all'.padEnd(18)} ${totals.join(' ')}`)
}
