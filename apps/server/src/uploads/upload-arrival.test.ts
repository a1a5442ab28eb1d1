import { expect, test } from 'vitest'
import { NothingArrives, type UploadArrival, uploadArrival } from './upload-arrival.ts'

/** An upload of 100 bytes of which so many have arrived as `received` says. */
function arrivalOf(received: () => number, patienceMs: number, signal = new AbortController().signal): UploadArrival {
  return uploadArrival({ size: 100, receivedBytes: () => Promise.resolve(received()), signal, patienceMs })
}

test('whoever waits for a byte goes on when it is here', async () => {
  let received = 10
  const arrival = arrivalOf(() => received, 60_000)
  expect(await arrival.moreThan(9)).toBe(true)
  const later = arrival.moreThan(10)
  received = 11
  expect(await later).toBe(true)
})

test('behind the last byte of a complete upload there is none', async () => {
  const arrival = arrivalOf(() => 100, 60_000)
  const whole = arrival.completed()
  arrival.complete()
  await whole
  expect(await arrival.moreThan(99)).toBe(true)
  expect(await arrival.moreThan(100)).toBe(false)
})

test('an upload that pauses keeps nobody waiting for ever', async () => {
  await expect(arrivalOf(() => 10, 50).moreThan(10)).rejects.toBeInstanceOf(NothingArrives)
  await expect(arrivalOf(() => 10, 50).completed()).rejects.toBeInstanceOf(NothingArrives)
})

test('an upload that is given up ends all waiting', async () => {
  const abort = new AbortController()
  const waiting = arrivalOf(() => 10, 60_000, abort.signal).moreThan(10)
  abort.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
})
