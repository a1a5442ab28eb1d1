/**
 * A made-up web shop as a heap dump of any size: sessions with attributes and orders, an LRU list through all of
 * them (a deep chain), a cache of names that many share, a leak of requests, threads with locals, and some garbage.
 */
import { HeapBuilder, type Klass } from './heap-builder.ts'
import { seededRandom } from './random.ts'

/** Objects that one session and what hangs on it have, on average. */
const OBJECTS_PER_SESSION = 31
const NAMES = 5000
const THREADS = 16

/** @param objects about so many, at least some thousands. @returns how many it has, class objects not counted. */
export function writeShopHeap(write: (bytes: Uint8Array) => void, objects: number, seed = 1): number {
  const heap = new HeapBuilder(write)
  const random = seededRandom(seed)
  const classes = shopClasses(heap)
  const names = Array.from({ length: NAMES }, (_, index) => text(heap, classes, `name-${index % 1700}`))
  const sessions: number[] = []
  let newer = 0
  const wanted = Math.max(1, Math.floor((objects - heap.objects) / OBJECTS_PER_SESSION))
  for (let index = 0; index < wanted; index++) {
    newer = session(heap, classes, random, names, newer)
    sessions.push(newer)
  }
  const table = heap.references(classes.objects, sessions)
  const requests = leakedRequests(heap, classes, random, sessions)
  const statics = { sessions: table, newest: newer, names: heap.references(classes.objects, names) }
  // Without a root at these two classes nearly everything would be garbage.
  for (const { id } of [
    heap.klass('shop.Store', {}, statics),
    heap.klass('shop.EventBus', {}, { listeners: requests }),
  ]) {
    heap.writer.root({ type: 'sticky-class', id })
  }
  threads(heap, classes, sessions)
  for (let index = 0; index < wanted; index++) heap.bytes(new Uint8Array(random(64)))
  heap.writer.end()
  return heap.objects
}

type ShopClasses = ReturnType<typeof shopClasses>

function shopClasses(heap: HeapBuilder) {
  const classes = {
    class: heap.klass('java.lang.Class', {}),
    string: heap.klass('java.lang.String', { value: 'object', hash: 'int', coder: 'byte' }),
    bytes: heap.klass('[B', {}),
    objects: heap.klass('[Ljava.lang.Object;', {}),
    integer: heap.klass('java.lang.Integer', { value: 'int' }),
    thread: heap.klass('java.lang.Thread', { name: 'object', tid: 'long' }),
    list: heap.klass('java.util.ArrayList', { elementData: 'object', size: 'int' }),
    node: heap.klass('java.util.HashMap$Node', { key: 'object', value: 'object', next: 'object', hash: 'int' }),
    nodes: heap.klass('[Ljava.util.HashMap$Node;', {}),
    map: heap.klass('java.util.HashMap', { table: 'object', size: 'int', threshold: 'int' }),
    session: heap.klass('shop.Session', { attributes: 'object', orders: 'object', older: 'object', created: 'long' }),
    order: heap.klass('shop.Order', { customer: 'object', item: 'object', cents: 'long' }),
    request: heap.klass('shop.Request', { session: 'object', body: 'object' }),
  }
  for (const klass of Object.values(classes)) heap.writer.root({ type: 'sticky-class', id: klass.id })
  return classes
}

function text(heap: HeapBuilder, { string }: { string: Klass }, content: string): number {
  const value = heap.bytes(Buffer.from(content, 'latin1'))
  return heap.instance(string, value, 0, 0)
}

function session(
  heap: HeapBuilder,
  classes: ShopClasses,
  random: (below: number) => number,
  names: readonly number[],
  older: number,
): number {
  const name = () => names[random(names.length)]
  const nodes = Array.from({ length: 5 }, () => {
    const value =
      random(2) === 0 ? heap.instance(classes.integer, random(1000)) : text(heap, classes, `v${random(1e6)}`)
    return heap.instance(classes.node, name(), value, 0, random(1e9))
  })
  const table = heap.references(classes.nodes, [...nodes, 0, 0, 0])
  const attributes = heap.instance(classes.map, table, nodes.length, 6)
  const orders = Array.from({ length: random(9) }, () => {
    const item = text(heap, classes, `item-${random(1e6)}`)
    return heap.instance(classes.order, name(), item, random(100_000))
  })
  const list = heap.instance(classes.list, heap.references(classes.objects, orders), orders.length)
  return heap.instance(classes.session, attributes, list, older, 1_700_000_000_000)
}

/** Every hundredth session was seen by a request that nothing removes. */
function leakedRequests(
  heap: HeapBuilder,
  classes: ShopClasses,
  random: (below: number) => number,
  sessions: readonly number[],
): number {
  const requests = sessions
    .filter((_, index) => index % 100 === 0)
    .map((seen) => heap.instance(classes.request, seen, heap.bytes(new Uint8Array(200 + random(800)))))
  return heap.instance(classes.list, heap.references(classes.objects, requests), requests.length)
}

function threads(heap: HeapBuilder, classes: ShopClasses, sessions: readonly number[]): void {
  const { writer } = heap
  for (let thread = 1; thread <= THREADS; thread++) {
    writer.trace(thread, thread, [])
    const id = heap.instance(classes.thread, text(heap, classes, `http-${thread}`), thread)
    writer.root({ type: 'thread-object', id, thread, trace: thread })
    const local = heap.instance(
      classes.request,
      sessions[thread % sessions.length] ?? 0,
      heap.bytes(new Uint8Array(4096)),
    )
    writer.root({ type: 'java-frame', id: local, thread, frame: 0 })
  }
}
