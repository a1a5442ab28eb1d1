import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DEFAULT_LIMITS } from '@heaptrail/intake/limits'
import { describe, expect, test } from 'vitest'
import { DEFAULT_PORT, Environment, readConfig, readDataDirectory, SettingError } from './env.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')

describe('settings', () => {
  test('without any, only this machine can reach the server, always at the same port', () => {
    expect(readConfig({ HOME: '/home/ann' })).toMatchObject({
      host: '127.0.0.1',
      port: DEFAULT_PORT,
      publicUrl: undefined,
      analyses: 1,
    })
  })

  test('an empty variable counts as not set', () => {
    expect(readConfig({ HEAPTRAIL_PORT: '', HEAPTRAIL_PUBLIC_URL: '' })).toMatchObject({
      port: DEFAULT_PORT,
      publicUrl: undefined,
    })
  })

  test('the data directory follows the custom of the system', () => {
    expect(readConfig({ XDG_DATA_HOME: '/data' }).dataDirectory).toBe('/data/heaptrail')
    expect(readConfig({ XDG_DATA_HOME: '/data', HEAPTRAIL_DATA_DIR: '/srv/heaps' }).dataDirectory).toBe('/srv/heaps')
    expect(readDataDirectory({ XDG_DATA_HOME: '' })).toBe(readDataDirectory({}))
  })

  test('limits for packed uploads', () => {
    expect(readConfig({}).unpackLimits).toEqual(DEFAULT_LIMITS)
    const raised = { HEAPTRAIL_UNPACKED_GIB: '2', HEAPTRAIL_UNPACKED_RATIO: '5000', HEAPTRAIL_ARCHIVE_LAYERS: '9' }
    expect(readConfig({ ...raised, HEAPTRAIL_ARCHIVE_ENTRIES: '7' }).unpackLimits).toMatchObject({
      unpackedBytes: 2 ** 31,
      ratio: 5000,
      layers: 9,
      entries: 7,
    })
  })

  test('the public address loses its last slash', () => {
    expect(readConfig({ HEAPTRAIL_PUBLIC_URL: 'https://heap.example.org/' }).publicUrl).toBe('https://heap.example.org')
  })

  test('others are let in only with a key', () => {
    expect(() => readConfig({ HEAPTRAIL_HOST: '0.0.0.0' })).toThrow('HEAPTRAIL_ACCESS_KEY')
    expect(() => readConfig({ HEAPTRAIL_HOST: '192.0.2.7' })).toThrow('HEAPTRAIL_ACCESS_KEY')
    expect(readConfig({ HEAPTRAIL_HOST: '::', HEAPTRAIL_ACCESS_KEY: 'sixteen-or-more.' }).accessKey).toBe(
      'sixteen-or-more.',
    )
    for (const host of ['127.0.0.1', '127.0.0.2', 'localhost', '::1'])
      expect(readConfig({ HEAPTRAIL_HOST: host }).accessKey).toBeUndefined()
  })

  test.each([
    ['HEAPTRAIL_ACCESS_KEY', 'too-short'],
    ['HEAPTRAIL_ACCESS_KEY', 'with a blank in it, but long'],
    ['HEAPTRAIL_PORT', '65536'],
    ['HEAPTRAIL_PORT', '-1'],
    ['HEAPTRAIL_PORT', '80x'],
    ['HEAPTRAIL_HOST', 'example.org'],
    ['HEAPTRAIL_PUBLIC_URL', 'javascript:alert(1)'],
    ['HEAPTRAIL_PUBLIC_URL', 'heap.example.org'],
    ['HEAPTRAIL_ANALYSES', '0'],
    ['HEAPTRAIL_LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(SettingError)
    expect(() => readConfig({ [name]: value })).toThrow(name)
  })
})

describe('docs/settings.md', () => {
  /** First and second column of its tables. */
  const rows = readFileSync(path.join(ROOT, 'docs/settings.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, variable]) => variable?.startsWith('`') === true)
    .map(([, variable = '', second = '']) => ({
      names: [...variable.matchAll(/`(\w+)`/g)].map(([, name]) => name),
      second,
    }))

  /** What an env.ts takes from the environment. */
  function variablesOf(source: string): string[] {
    const taken = [...source.matchAll(/\{([^{}]*)\} = process\.env\b/g)].flatMap(([, names = '']) => names.split(','))
    const named = source.matchAll(/\bHEAPTRAIL_\w+|(?<=\benvironment\.)\w+/g)
    return [...taken.map((name) => name.split(':')[0]?.trim() ?? ''), ...[...named].map(([name]) => name)]
  }

  test('lists what the env.ts of every app reads, and nothing else', () => {
    const sources = readdirSync(path.join(ROOT, 'apps'))
      .map((app) => path.join(ROOT, 'apps', app, 'src/env.ts'))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'utf8'))
    expect(sources.length).toBeGreaterThan(1)
    const read = new Set(sources.flatMap(variablesOf))
    const listed = new Set(rows.flatMap(({ names }) => names).filter((name) => /^[A-Z]|^npm_/.test(name ?? '')))
    expect([...listed].toSorted()).toEqual([...read].toSorted())
  })

  test('has their defaults', () => {
    const defaults = Object.entries({ ...Environment.parse({}), HEAPTRAIL_DATA_DIR: undefined })
    for (const name of Object.keys(Environment.shape)) {
      const fallback = defaults.find(([key]) => key === name)?.[1]
      const written = rows.find(({ names }) => names.includes(name))?.second
      if (name === 'HEAPTRAIL_DATA_DIR')
        expect(written).toBe('`$XDG_DATA_HOME/heaptrail`, else `~/.local/share/heaptrail`')
      else expect([name, written]).toEqual([name, fallback === undefined ? '–' : `\`${fallback}\``])
    }
  })
})
