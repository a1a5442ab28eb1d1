import { Scene } from '@heaptrail/fixtures/scene'
import { heapFromText } from '@heaptrail/fixtures/text-heap'
import { describe, expect, test } from 'vitest'
import { printId } from '../heap.ts'
import type { Paths, ReferenceStrength } from '../messages.ts'
import { pathsToRoots } from './paths.ts'
import { analysed } from '../testing/analysed.ts'

const EVERYTHING: readonly ReferenceStrength[] = ['weak', 'soft', 'phantom', 'finalizer']

/** Each path as `A <field- B <field- root object`, by the names of the classes or of what class objects stand for. */
function asText(paths: Paths): string[] {
  return paths.rows.map((path) =>
    path.steps
      .map(({ object, edges }) => {
        const name = object.label.kind === 'class' ? `class ${object.label.name}` : object.className.replace(/.*\./, '')
        return edges.length === 0 ? name : `<${edges.map((edge) => edge.name).join(',')}- ${name}`
      })
      .join(' '),
  )
}

async function pathsOf(text: string, name: string, query: { offset?: number; limit?: number } = {}): Promise<Paths> {
  const heap = heapFromText(text)
  const opened = await analysed(heap.bytes)
  return pathsToRoots(opened, printId(BigInt(heap.id(name))), { offset: 0, limit: 10, exclude: [], ...query })
}

describe('paths to GC roots', () => {
  const GRAPH = `
    root -> A:x.A B:x.B
    A -> next=C:x.C
    C -> next=T:x.T
    B -> item=T other=T
  `
  test('come shortest first, with the names of the references', async () => {
    expect(asText(await pathsOf(GRAPH, 'T'))).toEqual(['T <item,other- B', 'T <next- C <next- A'])
  })

  test('continue where the page before ended', async () => {
    const first = await pathsOf(GRAPH, 'T', { limit: 1 })
    expect(first.complete).toBe(false)
    const second = await pathsOf(GRAPH, 'T', { offset: 1, limit: 1 })
    expect(asText(second)).toEqual(['T <next- C <next- A'])
    expect((await pathsOf(GRAPH, 'T', { offset: 2 })).complete).toBe(true)
  })

  test('of a GC root is the object itself, of an unreachable one there is none', async () => {
    expect(asText(await pathsOf(GRAPH, 'A'))).toEqual(['A'])
    const lost = await pathsOf('root -> A\nL:x.Lost -> M\nM -> L', 'L')
    expect(lost).toEqual({ offset: 0, rows: [], complete: true })
  })

  test('end at a thread with the frame that holds the local', async () => {
    const scene = new Scene()
    const local = scene.string('x')
    const type = scene.defineClass('acme.Main')
    scene.thread('main', [
      { method: 'run', type },
      { method: 'main', type, source: 'Main.java', line: 3, locals: [local] },
    ])
    const paths = pathsToRoots(await analysed(scene.bytes()), printId(BigInt(local)), {
      offset: 0,
      limit: 5,
      exclude: [],
    })
    expect(asText(paths)).toEqual(['String <<Java Local>- Thread'])
    expect(paths.rows[0].root).toMatchObject({
      types: ['Thread'],
      thread: { label: { kind: 'thread', name: 'main' } },
      frame: 'acme.Main.main(Main.java:3)',
    })
  })

  test('a very long one leaves out its middle', async () => {
    const length = 5000
    const text = Array.from({ length }, (_, node) => `N${node} -> next=N${node + 1}`).join('\n')
    const { rows } = await pathsOf(`root -> N0\n${text}`, `N${length}`)
    expect(rows).toHaveLength(1)
    expect(rows[0].steps).toHaveLength(100)
    expect(rows[0].omitted).toEqual({ after: 49, steps: 4901 })
    expect(rows[0].steps[50].edges).toEqual([{ kind: 'field', name: 'next' }])
  })

  test('its ends are those of the path, however deep it is and wherever marks stand', async () => {
    const length = 400
    const nodes = Array.from({ length }, (_, node) => `N${node}:x.N${node} -> next=N${node + 1}`)
    const heap = heapFromText(`root -> N0\n${nodes.join('\n')}\nN${length}:x.N${length} -> N${length}`)
    const opened = await analysed(heap.bytes)
    for (const depth of [99, 100, 127, 128, 129, 191, 192, 200, 230, 255, 256, 257, 321, 399, 400]) {
      const id = printId(BigInt(heap.id(`N${depth}`)))
      const [kept] = pathsToRoots(opened, id, { offset: 0, limit: 1, exclude: [] }).rows
      const shown = kept.steps.map((step) => step.object.className)
      const all = Array.from({ length: depth + 1 }, (_, step) => `x.N${depth - step}`)
      expect(shown, `${depth}`).toEqual(all.length <= 100 ? all : [...all.slice(0, 50), ...all.slice(-50)])
      expect(kept.omitted?.steps ?? 0).toBe(all.length - shown.length)
      expect(pathsToRoots(opened, id, { offset: 0, limit: 1, exclude: ['weak'] }).rows).toEqual([kept])
    }
  })
})

/**
 * A pool in a static field of own code, held as well by a finalizer through a cache, and by references of each strength:
 *
 *     class Finalizer.unfinalized → Finalizer.next → Finalizer.referent → Cache.pool → Pool
 *     root → Holder.weak → WeakSubclass.referent → Pool
 *     loader → class acme.redis.Tools.bufPool → Pool
 */
async function heapWithWeakHolders() {
  const scene = new Scene()
  const reference = scene.defineClass('java.lang.ref.Reference', { fields: { referent: 'object', next: 'object' } })
  const kinds = ['Weak', 'Soft', 'Phantom', 'Final'].map((kind) =>
    scene.defineClass(`java.lang.ref.${kind}Reference`, { superclass: reference }),
  )
  const [weak, soft, phantom, final] = kinds
  const pool = scene.instance(scene.defineClass('org.apache.pool.Pool'))
  const cache = scene.instance(scene.defineClass('org.apache.pool.Cache', { fields: { pool: 'object' } }), { pool })
  const finalizer = scene.defineClass('java.lang.ref.Finalizer', { superclass: final })
  const second = scene.instance(finalizer, { referent: cache })
  const first = scene.instance(finalizer, { next: second })
  finalizer.statics.push({ name: 'unfinalized', value: ['object', first] })
  for (const type of [weak, soft, phantom]) {
    const subclass = scene.defineClass(`acme.${type.name.replace(/.*\./, '')}Entry`, {
      superclass: type,
      fields: { key: 'object' },
    })
    scene.keep(scene.instance(subclass, { referent: pool }))
  }
  const entry = scene.instance(scene.class('acme.WeakReferenceEntry'), { referent: pool, key: pool })
  const loader = scene.instance(
    scene.defineClass('acme.Loader', {
      superclass: scene.class('java.lang.ClassLoader'),
      fields: { classes: 'object' },
    }),
  )
  const tools = scene.defineClass('acme.redis.Tools', { loaderId: loader, statics: { bufPool: ['object', pool] } })
  scene.set(loader, 'classes', scene.objectArray([tools.id]))
  scene.keep(loader)
  return { scene, pool, entry }
}

describe('references that are left out', () => {
  test('with all references the weak ones and the finalizer are on paths', async () => {
    const { scene, pool } = await heapWithWeakHolders()
    const paths = pathsToRoots(await analysed(scene.bytes()), printId(BigInt(pool)), {
      offset: 0,
      limit: 10,
      exclude: [],
    })
    expect(asText(paths)).toEqual([
      expect.stringMatching(/^Pool <referent- (Weak|Soft|Phantom)ReferenceEntry$/),
      expect.stringMatching(/^Pool <referent- (Weak|Soft|Phantom)ReferenceEntry$/),
      expect.stringMatching(/^Pool <referent- (Weak|Soft|Phantom)ReferenceEntry$/),
      'Pool <bufPool- class acme.redis.Tools <[0]- Object[] <classes- Loader',
      'Pool <pool- Cache <referent- Finalizer <next- Finalizer <unfinalized- class java.lang.ref.Finalizer',
    ])
  })

  test('without them the static field of own code is what is left, and it is marked', async () => {
    const { scene, pool } = await heapWithWeakHolders()
    const opened = await analysed(scene.bytes())
    const paths = pathsToRoots(opened, printId(BigInt(pool)), { offset: 0, limit: 10, exclude: EVERYTHING })
    expect(asText(paths)).toEqual(['Pool <bufPool- class acme.redis.Tools <[0]- Object[] <classes- Loader'])
    expect(paths.complete).toBe(true)
    const { firstOwn, steps } = paths.rows[0]
    expect(steps[firstOwn ?? 0].object.label).toEqual({ kind: 'class', name: 'acme.redis.Tools' })
  })

  test('each strength is left out by itself', async () => {
    const { scene, pool } = await heapWithWeakHolders()
    const opened = await analysed(scene.bytes())
    for (const [exclude, gone] of [
      ['weak', 'WeakReferenceEntry'],
      ['soft', 'SoftReferenceEntry'],
      ['phantom', 'PhantomReferenceEntry'],
      ['finalizer', 'Finalizer'],
    ] as const) {
      const text = asText(
        pathsToRoots(opened, printId(BigInt(pool)), { offset: 0, limit: 10, exclude: [exclude] }),
      ).join('\n')
      expect(text).not.toContain(gone)
      expect(text.split('\n')).toHaveLength(4)
    }
  })

  test('a weak reference that holds the object by another field as well stays', async () => {
    const { scene, pool, entry } = await heapWithWeakHolders()
    scene.keep(entry)
    const opened = await analysed(scene.bytes())
    const paths = pathsToRoots(opened, printId(BigInt(pool)), { offset: 0, limit: 10, exclude: EVERYTHING })
    expect(asText(paths)[0]).toBe('Pool <key,referent- WeakReferenceEntry')
  })

  test('what people name is left out: fields of a class and its subclasses, static fields, whole classes', async () => {
    const { scene, pool } = await heapWithWeakHolders()
    const opened = await analysed(scene.bytes())
    const left = (...without: string[]) =>
      asText(pathsToRoots(opened, printId(BigInt(pool)), { offset: 0, limit: 10, exclude: ['weak', 'soft'], without }))
    expect(left('acme.redis.Tools#bufPool')).toHaveLength(2)
    expect(left('acme.redis.Tools#bufPool').join()).not.toContain('Tools')
    expect(left('java.lang.ref.Reference#referent').join()).toMatch(/^Pool <bufPool- class acme.redis.Tools <[^,]*$/)
    expect(left('java.lang.ref.PhantomReference', 'org.apache.pool.Cache')).toEqual([
      'Pool <bufPool- class acme.redis.Tools <[0]- Object[] <classes- Loader',
    ])
    expect(left('java.lang.Object[]').join()).not.toContain('Loader')
  })

  test('a class or a field that is not there is told', async () => {
    const { scene, pool } = await heapWithWeakHolders()
    const opened = await analysed(scene.bytes())
    const ask = (words: string) => () =>
      pathsToRoots(opened, printId(BigInt(pool)), { offset: 0, limit: 1, exclude: [], without: [words] })
    expect(ask('acme.Nobody#x')).toThrow('no class acme.Nobody')
    expect(ask('acme.redis.Tools#pool')).toThrow('acme.redis.Tools has no field pool')
  })
})
