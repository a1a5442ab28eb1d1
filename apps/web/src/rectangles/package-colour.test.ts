import { expect, test } from 'vitest'
import { MAP_COLOURS, NO_COLOUR, colourGroup, packageColour } from './package-colour.ts'

test('packages of one owner share a colour, those of several mostly do not', () => {
  expect(packageColour('java.util.concurrent.locks')).toBe(packageColour('java.util'))
  expect(packageColour('com.acme.shop.cart')).toBe(packageColour('com.acme.shop'))
  expect(colourGroup('java.lang.invoke')).toBe('java.lang')
  const known = ['java.util', 'java.lang', 'java.io', 'io.netty.buffer', 'com.mysql.cj', 'org.springframework.core']
  const colours = known.map(packageColour)
  expect(new Set(colours).size).toBeGreaterThan(3)
  for (const colour of colours) expect(colour >= 0 && colour < MAP_COLOURS).toBe(true)
})

test('without a package there is no colour', () => {
  expect(packageColour('')).toBe(NO_COLOUR)
})
