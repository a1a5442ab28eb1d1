/** A program of a few classes as tests need it, and what is said about its heap. */
import type { HeapFinding } from '@heaptrail/api/heap-findings'
import { heapFindings } from '@heaptrail/findings/heap/verdict'
import { Scene, type SceneClass } from '@heaptrail/fixtures/scene'
import { analysed } from '@heaptrail/heap/query/testing/analysed'
import { suspects } from '@heaptrail/heap/suspects/suspects'

export const ZEROS = Array.from({ length: 8192 }, () => 0)
export const ITEMS = 700

export interface Program {
  readonly scene: Scene
  readonly session: SceneClass
  /** A HashMap with so many objects of that class, each with 8 KiB. */
  map(size: number): number
  /** Holds the object by `com.acme.Main.root`. */
  root(object: number): void
}

export function program(): Program {
  const scene = new Scene()
  const node = scene.defineClass('java.util.HashMap$Node', {
    fields: { key: 'object', value: 'object', next: 'object' },
  })
  scene.defineClass('java.util.HashMap$Node[]')
  const hashMap = scene.defineClass('java.util.HashMap', { fields: { table: 'object', size: 'int' } })
  const session = scene.defineClass('com.acme.Session', { fields: { data: 'object' } })
  const main = scene.defineClass('com.acme.Main')
  scene.thread('main', [{ method: 'main', type: main }])
  const map = (size: number): number => {
    const values = Array.from({ length: size }, () =>
      scene.instance(session, { data: scene.primitiveArray('byte', ZEROS) }),
    )
    // Every second node stands behind another one, as in a bucket with two.
    const nodes = values.map((value) => scene.instance(node, { value }))
    nodes.forEach((id, place) => {
      if (place % 2 === 0 && place + 1 < size) scene.set(id, 'next', nodes[place + 1] ?? 0)
    })
    const heads = nodes.filter((_, place) => place % 2 === 0)
    return scene.instance(hashMap, { table: scene.objectArray(heads, scene.class('java.util.HashMap$Node[]')), size })
  }
  const root = (object: number): void => {
    scene.defineClass('com.acme.Holder', { statics: { root: ['object', object] } })
  }
  return { scene, session, map, root }
}

export async function gravest(scene: Scene): Promise<HeapFinding> {
  const [first] = heapFindings(suspects(await analysed(scene.bytes())))
  if (first === undefined) throw new Error('nothing is said')
  return first
}

/** The rule that knew what it is. */
export async function idOf({ scene }: Program): Promise<string | undefined> {
  const findings = heapFindings(suspects(await analysed(scene.bytes())))
  return findings.find(({ id }) => id !== 'no-suspect')?.id
}
