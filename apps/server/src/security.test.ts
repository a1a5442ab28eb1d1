import { describe, expect, test } from 'vitest'
import { allowedHosts } from './security.ts'

describe('names under which a server may be addressed', () => {
  test('on loopback: the loopback addresses with its port, and no other port', () => {
    expect([...allowedHosts({ host: '127.0.0.1', publicUrl: undefined }, 4280)]).toEqual([
      '127.0.0.1:4280',
      'localhost:4280',
      '[::1]:4280',
    ])
  })

  test('on port 80, which browsers leave out', () => {
    expect(allowedHosts({ host: 'localhost', publicUrl: undefined }, 80)).toContain('localhost')
  })

  test('beyond this machine: its own addresses, never any name', () => {
    const hosts = [...allowedHosts({ host: '0.0.0.0', publicUrl: undefined }, 4280)]
    expect(hosts).toContain('127.0.0.1:4280')
    expect(hosts.every((host) => host.endsWith(':4280'))).toBe(true)
    expect([...allowedHosts({ host: '192.0.2.7', publicUrl: undefined }, 4280)]).toContain('192.0.2.7:4280')
  })

  test('every address is written as browsers write it', () => {
    const hosts = (host: string) => allowedHosts({ host, publicUrl: undefined }, 4280)
    expect(hosts('127.0.0.2')).toContain('127.0.0.2:4280')
    expect(hosts('0:0:0:0:0:0:0:1')).toContain('[::1]:4280')
    expect(hosts('2001:DB8::0007')).toContain('[2001:db8::7]:4280')
    expect(hosts('fe80::1%eth0')).toContain('localhost:4280')
  })

  test('the public address, with its port only when it is not the usual one', () => {
    expect(allowedHosts({ host: '127.0.0.1', publicUrl: 'https://heap.example.org' }, 4280)).toContain(
      'heap.example.org',
    )
    expect(allowedHosts({ host: '127.0.0.1', publicUrl: 'http://heap.example.org:8080' }, 4280)).toContain(
      'heap.example.org:8080',
    )
  })
})
