import { Scene } from '@heaptrail/fixtures/scene'
import { expect, test } from 'vitest'
import { printId } from '../query/heap.ts'
import { analysed } from '../query/testing/analysed.ts'
import { netty, nettyBuffers, nettyChunks } from './netty.ts'
import { type Counting, PAGE, addPool, nettyScene, runHandle } from './testing/netty-scene.ts'

const id = (object: number): string => printId(BigInt(object))
const FIRST = { offset: 0, limit: 10 }

test.each<Counting>(['plain', 'doubled', 'object'])('counts that are kept %s are decoded', async (counting) => {
  const { scene, abstractBuffer, count } = nettyScene(counting, 'acme.shaded.')
  const type = scene.defineClass('acme.shaded.io.netty.buffer.UnpooledHeapByteBuf', {
    superclass: abstractBuffer,
    fields: { array: 'object' },
  })
  const [once, often, released] = [1, 5, 0].map((references) => {
    const array = scene.primitiveArray(
      'byte',
      Array.from({ length: 100 * (references + 1) }, () => 0),
    )
    return scene.instance(type, { refCnt: count(references), array })
  }) as [number, number, number]
  for (const buffer of [once, often, released]) scene.keep(buffer)
  const heap = await analysed(scene.bytes())
  expect(netty(heap)).toMatchObject({ counting, buffers: { alive: 2, bytes: 800, released: 1, more: false } })
  const rows = nettyBuffers(heap, { state: 'alive', ...FIRST }).rows
  expect(rows.map(({ object, references, bytes }) => [object.id, references, bytes])).toEqual([
    [id(often), 5, 600],
    [id(once), 1, 200],
  ])
  expect(nettyBuffers(heap, { state: 'released', ...FIRST }).rows.map(({ object }) => object.id)).toEqual([
    id(released),
  ])
})

test('what is given out of a chunk belongs to a live buffer, to a thread cache, or to nobody', async () => {
  const { scene, abstractBuffer, count } = nettyScene('doubled')
  // Eight pages: two for one buffer, one run of two for small ones, one without an owner, three free.
  const { allocator, arena, chunks } = addPool(scene, [
    {
      chunkSize: 8 * PAGE,
      freeBytes: 3 * PAGE,
      subpages: { 2: { elementSize: 1024, elements: 16, used: [0, 3, 5], pages: 2 } },
    },
    { chunkSize: 8 * PAGE, freeBytes: 8 * PAGE },
  ])
  const pooled = scene.defineClass('io.netty.buffer.PooledByteBuf', {
    superclass: abstractBuffer,
    fields: { chunk: 'object', handle: 'long', maxLength: 'int' },
  })
  const type = scene.defineClass('io.netty.buffer.PooledHeapByteBuf', { superclass: pooled })
  const buffer = (references: number, handle: bigint, maxLength: number): number =>
    scene.instance(type, { refCnt: count(references), chunk: chunks[0] ?? 0, handle, maxLength })
  const session = scene.defineClass('com.acme.Session', { fields: { reply: 'object' } })
  const owner = scene.instance(session, { reply: buffer(1, runHandle(0, 2), 2 * PAGE) })
  scene.keep(owner)
  scene.keep(buffer(2, runHandle(2, 2, 3), 1024))
  scene.keep(buffer(0, runHandle(2, 2, 5), 1024))
  const entry = scene.defineClass('io.netty.buffer.PoolThreadCache$MemoryRegionCache$Entry', {
    fields: { chunk: 'object', handle: 'long' },
  })
  scene.keep(scene.instance(entry, { chunk: chunks[0] ?? 0, handle: runHandle(2, 2, 5) }))
  const heap = await analysed(scene.bytes())
  const facts = netty(heap)
  const whole = { bytes: 16 * PAGE, taken: 3 * PAGE + 3 * 1024, live: 2 * PAGE + 1024, cached: 1024, lost: PAGE + 1024 }
  expect(facts.allocators).toHaveLength(1)
  expect(facts.allocators[0]).toMatchObject({
    pool: { allocator: { id: id(allocator) }, heap: { chunks: 2, liveBuffers: 2, ...whole }, direct: { chunks: 0 } },
    arenas: [{ object: { id: id(arena) }, direct: false, ...whole }],
  })
  expect(facts.allocators[0]?.lostPieces).toEqual([
    { size: 1024, count: 1, bytes: 1024 },
    { size: null, count: null, bytes: PAGE },
  ])
  expect(facts.holders.find(({ field }) => field !== null)).toMatchObject({
    field: { className: 'com.acme.Session', field: 'reply', object: { id: id(owner) } },
    buffers: 1,
    bytes: 2 * PAGE,
  })
  expect(nettyChunks(heap, { of: id(arena), ...FIRST }).rows).toMatchObject([
    { object: { id: id(chunks[0] ?? 0) }, list: 'q050', lost: PAGE + 1024 },
    { object: { id: id(chunks[1] ?? 0) }, taken: 0 },
  ])
  expect(nettyChunks(heap, { of: id(allocator), list: 'q100', ...FIRST }).total).toBe(0)
  expect(nettyBuffers(heap, { state: 'alive', chunk: id(chunks[1] ?? 0), ...FIRST }).total).toBe(0)
})

test('the adaptive allocator: pieces that are on no free list and that no buffer has are lost', async () => {
  const { scene, abstractBuffer, count } = nettyScene('object')
  const prefix = 'io.netty.buffer.AdaptivePoolingAllocator'
  const pool = scene.defineClass(prefix)
  const magazine = scene.defineClass(`${prefix}$Magazine`, { fields: { group: 'object' } })
  const group = scene.defineClass(`${prefix}$MagazineGroup`, { fields: { allocator: 'object' } })
  const chunk = scene.defineClass(`${prefix}$Chunk`, {
    fields: { magazine: 'object', capacity: 'int', refCnt: 'object' },
  })
  const sized = scene.defineClass(`${prefix}$SizeClassedChunk`, {
    superclass: chunk,
    fields: { segments: 'int', segmentSize: 'int', externalFreeList: 'object', localFreeList: 'object' },
  })
  const queue = scene.defineClass('io.netty.util.concurrent.MpscAtomicIntegerArrayQueue', {
    fields: { producerIndex: 'long', consumerIndex: 'long' },
  })
  const stack = scene.defineClass(`${prefix}$IntStack`, { fields: { top: 'int' } })
  const buffer = scene.defineClass(`${prefix}$AdaptiveByteBuf`, {
    superclass: abstractBuffer,
    fields: { chunk: 'object', length: 'int', maxFastCapacity: 'int' },
  })
  const allocatorClass = scene.defineClass('io.netty.buffer.AdaptiveByteBufAllocator', {
    fields: { direct: 'object', heap: 'object' },
  })
  const heapPool = scene.instance(pool)
  const owner = scene.instance(magazine, { group: scene.instance(group, { allocator: heapPool }) })
  // Of 128 pieces 20 are on the free list of the thread, 100 on that of the others: 8 are given out, one buffer is left.
  const sizedChunk = scene.instance(sized, {
    magazine: owner,
    capacity: 131_072,
    segments: 128,
    segmentSize: 1024,
    refCnt: count(1),
    externalFreeList: scene.instance(queue, { producerIndex: 140n, consumerIndex: 40n }),
    localFreeList: scene.instance(stack, { top: 19 }),
  })
  // Three references, one of them of the magazine.
  const mixedChunk = scene.instance(chunk, { magazine: owner, capacity: 262_144, refCnt: count(3) })
  for (const of of [sizedChunk, mixedChunk])
    scene.keep(scene.instance(buffer, { refCnt: count(1), chunk: of, length: 500, maxFastCapacity: 1024 }))
  const allocator = scene.instance(allocatorClass, { heap: heapPool, direct: scene.instance(pool) })
  scene.keep(allocator)
  const facts = netty(await analysed(scene.bytes()))
  expect(facts.adaptive).toHaveLength(1)
  expect(facts.adaptive[0]).toMatchObject({
    object: { id: id(allocator) },
    direct: false,
    chunks: 2,
    bytes: 393_216,
    live: 2048,
    liveBuffers: 2,
    lostBuffers: 8,
    lost: 7 * 1024,
  })
})

test('what waits to be written to each connection, with the address of its other end', async () => {
  const { scene } = nettyScene('plain')
  const [four, six] = [
    scene.instance(scene.defineClass('java.net.Inet4Address', { fields: { holder: 'object' } }), {
      holder: scene.instance(
        scene.defineClass('java.net.InetAddress$InetAddressHolder', { fields: { address: 'int' } }),
        {
          address: 0x0a00_00fe,
        },
      ),
    }),
    scene.instance(scene.defineClass('java.net.Inet6Address', { fields: { holder6: 'object' } }), {
      holder6: scene.instance(
        scene.defineClass('java.net.Inet6Address$Inet6AddressHolder', { fields: { ipaddress: 'object' } }),
        { ipaddress: scene.primitiveArray('byte', [0x20, 1, 0x0d, 0xb8 - 256, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]) },
      ),
    }),
  ]
  const holder = scene.defineClass('java.net.InetSocketAddress$InetSocketAddressHolder', {
    fields: { hostname: 'object', addr: 'object', port: 'int' },
  })
  const socketAddress = scene.defineClass('java.net.InetSocketAddress', { fields: { holder: 'object' } })
  const channel = scene.defineClass('io.netty.channel.socket.nio.NioSocketChannel', {
    fields: { remoteAddress: 'object', ch: 'object' },
  })
  const socket = scene.defineClass('sun.nio.ch.SocketChannelImpl', { fields: { remoteAddress: 'object' } })
  const outbound = scene.defineClass('io.netty.channel.ChannelOutboundBuffer', {
    fields: {
      channel: 'object',
      totalPendingSize: 'long',
      unwritable: 'int',
      flushedEntry: 'object',
      unflushedEntry: 'object',
    },
  })
  const entry = scene.defineClass('io.netty.channel.ChannelOutboundBuffer$Entry', { fields: { next: 'object' } })
  const address = (addr: number, port: number): number =>
    scene.instance(socketAddress, { holder: scene.instance(holder, { addr, port }) })
  const known = scene.instance(channel, { remoteAddress: address(four, 443) })
  const asked = scene.instance(channel, { ch: scene.instance(socket, { remoteAddress: address(six, 8080) }) })
  const messages = scene.instance(entry, { next: scene.instance(entry, { next: scene.instance(entry) }) })
  scene.keep(scene.instance(outbound, { channel: asked, totalPendingSize: 0n, unwritable: 0 }))
  scene.keep(
    scene.instance(outbound, { channel: known, totalPendingSize: 3000n, unwritable: 1, unflushedEntry: messages }),
  )
  const facts = netty(await analysed(scene.bytes()))
  expect(facts.outbound).toMatchObject({
    channels: 2,
    pending: 3000,
    rows: [
      { remote: '10.0.0.254:443', pending: 3000, messages: 3, writable: false, channel: { id: id(known) } },
      { remote: '[2001:db8::1]:8080', pending: 0, messages: 0, writable: true, channel: { id: id(asked) } },
    ],
  })
})

test('direct memory as Netty and the JDK count it, and the level of the leak detector with what it reported', async () => {
  const { scene } = nettyScene('doubled')
  const long = scene.defineClass('java.util.concurrent.atomic.AtomicLong', { fields: { value: 'long' } })
  const level = scene.defineClass('java.lang.Enum', { fields: { name: 'object' } })
  scene.defineClass('io.netty.util.internal.PlatformDependent', {
    statics: {
      DIRECT_MEMORY_COUNTER: ['object', scene.instance(long, { value: 5n << 20n })],
      DIRECT_MEMORY_LIMIT: ['long', 64n << 20n],
    },
  })
  scene.defineClass('java.nio.Bits', {
    statics: {
      RESERVED_MEMORY: ['object', scene.instance(long, { value: 4096n })],
      MAX_MEMORY: ['long', 128n << 20n],
    },
  })
  const levels = scene.defineClass('io.netty.util.ResourceLeakDetector$Level', { superclass: level })
  const detector = scene.defineClass('io.netty.util.ResourceLeakDetector', {
    fields: { reportedLeaks: 'object' },
    statics: {
      level: ['object', scene.instance(levels, { name: scene.string('PARANOID') })],
      SAMPLING_INTERVAL: ['int', 128],
    },
  })
  const map = scene.defineClass('java.util.concurrent.ConcurrentHashMap', { fields: { table: 'object' } })
  const node = scene.defineClass('java.util.concurrent.ConcurrentHashMap$Node', {
    fields: { key: 'object', next: 'object' },
  })
  const last = scene.instance(node, { key: scene.string('Created at: com.acme.Reply.encode') })
  const table = scene.objectArray([
    0,
    scene.instance(node, { key: scene.string('Recent access records: '), next: last }),
  ])
  scene.keep(scene.instance(detector, { reportedLeaks: scene.instance(map, { table }) }))
  const facts = netty(await analysed(scene.bytes()))
  expect(facts.direct).toEqual({ used: 5 << 20, limit: 64 << 20, jdkUsed: 4096, jdkLimit: 128 << 20 })
  expect(facts.leakDetection).toEqual({
    level: 'PARANOID',
    sampling: 128,
    reports: ['Recent access records:', 'Created at: com.acme.Reply.encode'],
  })
})

test('a heap without Netty has none of it', async () => {
  const scene = new Scene()
  scene.keep(scene.instance(scene.object))
  const facts = netty(await analysed(scene.bytes()))
  expect(facts).toMatchObject({ counting: null, leakDetection: null, allocators: [], adaptive: [], holders: [] })
})
