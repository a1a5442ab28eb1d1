/** The demo case, made through the API for specs that need something to look at. */
import { expect } from '@playwright/test'

export interface DemoCase {
  readonly caseId: string
  readonly dumpId: string
  /** Of `-gcutil` without a clock, and of `-gc -t`. */
  readonly logId: string
  readonly timedLogId: string
  readonly histogramId: string
  readonly topId: string
}

interface Answer {
  readonly id: string
  readonly uploads: readonly unknown[]
  readonly artifacts: readonly {
    readonly id: string
    readonly name: string
    readonly state: { readonly status: string }
  }[]
}

export async function openDemoCase(url: string): Promise<DemoCase> {
  const { id } = await ask(`${url}/api/demo`, 'POST')
  let current: Answer | undefined
  await expect(async () => {
    current = await ask(`${url}/api/cases/${id}`, 'GET')
    expect(current.uploads).toEqual([])
    expect(current.artifacts.map(({ state }) => state.status)).toEqual(Array(6).fill('ready'))
  }).toPass({ timeout: 60_000 })
  const idOf = (name: string): string => current?.artifacts.find((artifact) => artifact.name === name)?.id ?? ''
  return {
    caseId: id,
    dumpId: idOf('fetch.bin'),
    logId: idOf('jstat-gcutil-100.log'),
    timedLogId: idOf('jstat-gc-t.log'),
    histogramId: idOf('jmap-histo-live.txt'),
    topId: idOf('top.txt'),
  }
}

async function ask(url: string, method: string): Promise<Answer> {
  const response = await fetch(url, { method })
  expect(response.ok, `${method} ${url}: ${response.status}`).toBe(true)
  return (await response.json()) as Answer
}
