import { expect, test } from 'vitest'
import { shortFrame } from './thread-words.ts'

test('a frame in a narrow column: class, method and line; the file is named like the class', () => {
  const frames = {
    'acme.shop.Cart.add(Cart.java:17)': 'Cart.add:17',
    'acme.Shop$Till.lambda$open$0(Shop.java:3)': 'Shop$Till.lambda$open$0:3',
    'java.lang.Thread.sleep(Native Method)': 'Thread.sleep',
    'acme.Shop$$Lambda$1+0x00007f9091008a70.run(Unknown Source)': 'Shop$$Lambda$1+0x00007f9091008a70.run',
    'Main.<init>(Main.java:1)': 'Main.<init>:1',
    nonsense: 'nonsense',
  }
  const short = Object.keys(frames).map((frame) => {
    const { of, method } = shortFrame(frame)
    return of + method
  })
  expect(short).toEqual(Object.values(frames))
  expect(shortFrame('acme.shop.Cart.add(Cart.java:17)')).toEqual({ of: 'Cart', method: '.add:17' })
})
