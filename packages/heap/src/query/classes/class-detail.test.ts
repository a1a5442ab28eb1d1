import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import { classDetail } from './class-detail.ts'
import { objectDetail } from '../object/detail.ts'
import { printId } from '../heap.ts'
import { analysed } from '../testing/analysed.ts'

test('a class tells what stands above and below it, and what its objects amount to with those below', async () => {
  const scene = new Scene()
  const vehicle = scene.defineClass('acme.Vehicle', { fields: { load: 'object' } })
  const car = scene.defineClass('acme.Car', { superclass: vehicle, fields: {} })
  const taxi = scene.defineClass('acme.Taxi', { superclass: car, fields: {} })
  const inner = scene.instance(taxi, {
    load: scene.primitiveArray(
      'byte',
      Array.from({ length: 1000 }, () => 1),
    ),
  })
  scene.keep(scene.instance(vehicle, { load: scene.instance(car, { load: inner }) }))
  const heap = await analysed(scene.bytes())
  const detail = classDetail(heap, printId(BigInt(car.id)))
  expect(detail).toMatchObject({ className: 'acme.Car', objects: 1, subclassCount: 1, loader: null })
  expect(detail.superclasses.map(({ className }) => className)).toEqual(['acme.Vehicle', 'java.lang.Object'])
  expect(detail.subclasses).toMatchObject([{ className: 'acme.Taxi', superclass: 'acme.Car', objects: 1 }])
  const whole = classDetail(heap, printId(BigInt(vehicle.id)))
  expect(whole.withSubclasses).toMatchObject({ objects: 3, shallow: 3 * whole.shallow })
  // The car and the taxi lie in what the vehicle retains: they count once, and each class object by itself.
  const [carObject, taxiObject] = [car, taxi].map(({ id }) => objectDetail(heap, printId(BigInt(id))).shallow)
  expect(whole.withSubclasses.retained).toBe(whole.retained + carObject + taxiObject)
  expect(() => classDetail(heap, '0x1')).toThrow('There is no class 0x1')
})
