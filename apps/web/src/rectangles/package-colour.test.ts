import { expect, test } from 'vitest'
import { MAP_COLOURS, colourGroup, packageColour } from './package-colour.ts'

test('packages of one owner share a colour, those of several mostly do not', () => {
  expect(packageColour('java.util.concurrent.locks')).toBe(packageColour('java.util'))
  expect(packageColour('com.acme.shop.cart')).toBe(packageColour('com.acme.shop'))
  expect(colourGroup('java.lang.invoke')).toBe('java.lang')
  const known = ['java.util', 'java.lang', 'java.io', 'io.netty.buffer', 'com.mysql.cj', 'org.springframework.core']
  const colours = known.map(packageColour)
  expect(new Set(colours).size).toBeGreaterThan(3)
  for (const colour of colours) expect(colour >= 0 && colour < MAP_COLOURS).toBe(true)
})

test('the JDK is never taken for anything else, nor is it all one colour', () => {
  const jdk = ['java.util.concurrent', 'java.lang', 'java.net', 'jdk.internal.misc', 'sun.util.calendar'].map(
    packageColour,
  )
  expect(new Set(jdk).size).toBe(4)
  for (const other of ['', 'com.acme.shop', 'demo', 'io.netty.buffer', 'javassist.util', 'sunny.day'])
    expect(jdk).not.toContain(packageColour(other))
})
