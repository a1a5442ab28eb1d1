import { describe, expect, test } from 'vitest'
import { type StepFacts, foldsOf } from './logical-path.ts'

/**
 * A path as text, from the object on: `Item <value- java.util.HashMap$Node <[3]- java.util.HashMap$Node[] <table- java.util.HashMap`;
 * superclasses stand behind a colon.
 */
function steps(text: string): StepFacts[] {
  return text.split(' <').map((word, step) => {
    const [edges = '', names = ''] = step === 0 ? ['', word] : word.split('- ')
    return { edges: edges.split(',').filter((name) => name !== ''), classes: names.trim().split(':') }
  })
}

/** Each fold as `0–3 value`, with the index behind it when it has one. */
function read(text: string, barrier?: number): string[] {
  return foldsOf(steps(text.replaceAll('u.', 'java.util.').replaceAll('c.', 'java.util.concurrent.')), barrier).map(
    ({ first, last, role, index }) => `${first}–${last} ${role}${index === undefined ? '' : ` ${index}`}`,
  )
}

describe('what lies between a collection and what is in it is one step', () => {
  test.each([
    ['HashMap of JDK 8 to 25', 'Item <value- u.HashMap$Node <[3]- u.HashMap$Node[] <table- u.HashMap', '0–3 value'],
    ['HashMap of JDK 6 and 7', 'Item <value- u.HashMap$Entry <[3]- u.HashMap$Entry[] <table- u.HashMap', '0–3 value'],
    [
      'a bucket with several',
      'Item <key- u.HashMap$Node <next- u.HashMap$Node <[3]- u.HashMap$Node[] <table- u.HashMap',
      '0–4 key',
    ],
    [
      'a bucket that is a tree',
      'Item <value- u.HashMap$TreeNode:u.LinkedHashMap$Entry:u.HashMap$Node <left- u.HashMap$TreeNode:u.HashMap$Node <[3]- u.HashMap$Node[] <table- u.HashMap',
      '0–4 value',
    ],
    [
      'LinkedHashMap by its chain',
      'Item <value- u.LinkedHashMap$Entry:u.HashMap$Node <after- u.LinkedHashMap$Entry:u.HashMap$Node <head- u.LinkedHashMap:u.HashMap',
      '0–3 value',
    ],
    [
      'a subclass of a map',
      'Item <value- u.HashMap$Node <[3]- u.HashMap$Node[] <table- acme.Cache:u.LinkedHashMap:u.HashMap',
      '0–3 value',
    ],
    [
      'ConcurrentHashMap',
      'Item <val- c.ConcurrentHashMap$Node <[3]- c.ConcurrentHashMap$Node[] <table- c.ConcurrentHashMap',
      '0–3 value',
    ],
    [
      'its tree bins',
      'Item <val- c.ConcurrentHashMap$TreeNode:c.ConcurrentHashMap$Node <first- c.ConcurrentHashMap$TreeBin:c.ConcurrentHashMap$Node <[3]- c.ConcurrentHashMap$Node[] <table- c.ConcurrentHashMap',
      '0–4 value',
    ],
    [
      'ConcurrentHashMap of JDK 7',
      'Item <value- c.ConcurrentHashMap$HashEntry <[1]- c.ConcurrentHashMap$HashEntry[] <table- c.ConcurrentHashMap$Segment <[2]- c.ConcurrentHashMap$Segment[] <segments- c.ConcurrentHashMap',
      '0–5 value',
    ],
    [
      'Hashtable',
      'Item <value- u.Hashtable$Entry <[3]- u.Hashtable$Entry[] <table- u.Properties:u.Hashtable',
      '0–3 value',
    ],
    [
      'Properties since JDK 9',
      'Item <val- c.ConcurrentHashMap$Node <[3]- c.ConcurrentHashMap$Node[] <table- c.ConcurrentHashMap <map- u.Properties:u.Hashtable',
      '0–4 value',
    ],
    ['WeakHashMap', 'Item <value- u.WeakHashMap$Entry <[3]- u.WeakHashMap$Entry[] <table- u.WeakHashMap', '0–3 value'],
    ['TreeMap', 'Item <value- u.TreeMap$Entry <left- u.TreeMap$Entry <root- u.TreeMap', '0–3 value'],
    [
      'ConcurrentSkipListMap',
      'Item <val- c.ConcurrentSkipListMap$Node <node- c.ConcurrentSkipListMap$Index <head- c.ConcurrentSkipListMap',
      '0–3 value',
    ],
    ['IdentityHashMap', 'Item <[7]- java.lang.Object[] <table- u.IdentityHashMap', '0–2 value 7'],
    ['Map.of', 'Item <[6]- java.lang.Object[] <table- u.ImmutableCollections$MapN', '0–2 key 6'],
    ['Map.of with one entry', 'Item <v0- u.ImmutableCollections$Map1', '0–1 value'],
    ['ArrayList', 'Item <[17]- java.lang.Object[] <elementData- u.ArrayList', '0–2 element 17'],
    ['Vector', 'Item <[17]- java.lang.Object[] <elementData- u.Stack:u.Vector', '0–2 element 17'],
    ['List.of', 'Item <e1- u.ImmutableCollections$List12', '0–1 element 1'],
    ['LinkedList', 'Item <item- u.LinkedList$Node <next- u.LinkedList$Node <first- u.LinkedList', '0–3 element 1'],
    [
      'LinkedList from its end',
      'Item <item- u.LinkedList$Node <prev- u.LinkedList$Node <last- u.LinkedList',
      '0–3 element',
    ],
    [
      'HashSet',
      'Item <key- u.HashMap$Node <[3]- u.HashMap$Node[] <table- u.HashMap <map- u.LinkedHashSet:u.HashSet',
      '0–4 element',
    ],
    [
      'ConcurrentHashMap.newKeySet',
      'Item <key- c.ConcurrentHashMap$Node <[3]- c.ConcurrentHashMap$Node[] <table- c.ConcurrentHashMap <map- c.ConcurrentHashMap$KeySetView',
      '0–4 element',
    ],
    [
      'CopyOnWriteArraySet',
      'Item <[2]- java.lang.Object[] <array- c.CopyOnWriteArrayList <al- c.CopyOnWriteArraySet',
      '0–3 element',
    ],
    [
      'a synchronized list',
      'Item <[2]- java.lang.Object[] <elementData- u.ArrayList <list- u.Collections$SynchronizedRandomAccessList',
      '0–3 element 2',
    ],
    [
      'an unmodifiable map',
      'Item <value- u.HashMap$Node <[3]- u.HashMap$Node[] <table- u.HashMap <m- u.Collections$UnmodifiableMap',
      '0–4 value',
    ],
    [
      'ArrayDeque, whose places are not those of the array',
      'Item <[2]- java.lang.Object[] <elements- u.ArrayDeque',
      '0–2 element',
    ],
    [
      'a queue of linked nodes',
      'Item <item- c.LinkedBlockingQueue$Node <next- c.LinkedBlockingQueue$Node <head- c.LinkedBlockingQueue',
      '0–3 element',
    ],
    [
      'a thread local',
      'Item <value- java.lang.ThreadLocal$ThreadLocalMap$Entry <[3]- java.lang.ThreadLocal$ThreadLocalMap$Entry[] <table- java.lang.ThreadLocal$ThreadLocalMap <threadLocals- acme.Worker:java.lang.Thread',
      '0–4 thread-local',
    ],
  ])('%s', (_, path, expected) => expect(read(path)).toEqual([expected]))
})

test('a map in a map in a list is three steps', () => {
  const map = 'value- u.HashMap$Node <[3]- u.HashMap$Node[] <table- u.HashMap'
  expect(read(`Item <${map} <${map} <[17]- java.lang.Object[] <elementData- u.ArrayList <all- acme.Registry`)).toEqual([
    '0–3 value',
    '3–6 value',
    '6–8 element 17',
  ])
})

test('what is not held as content of a collection is left as it is', () => {
  expect(read('Item <next- u.HashMap$Node <[3]- u.HashMap$Node[] <table- u.HashMap')).toEqual([])
  expect(read('Item <value- u.HashMap$Node <next- u.HashMap$HashIterator')).toEqual([])
  expect(read('Item <value- u.HashMap$Node <[3]- u.HashMap$Node[] <old- acme.Snapshot')).toEqual([])
  expect(read('Item <[17]- java.lang.Object[] <elementData- acme.MyList')).toEqual([])
  expect(read('Item <value- u.HashMap$Node')).toEqual([])
})

test('nothing is read across steps that were left out', () => {
  const path =
    'Item <item- u.LinkedList$Node <next- u.LinkedList$Node <first- u.LinkedList <[2]- java.lang.Object[] <elementData- u.ArrayList'
  expect(read(path, 1)).toEqual(['3–5 element 2'])
  expect(read(path, 3)).toEqual(['0–3 element 1'])
})
