/** What the questions about the dominator tree as a whole are asked and answered with; see messages.ts. */
import type { DominatorRow, LeftOut, ObjectId, ObjectLabel, Window } from '../messages.ts'

/** By what the first level of the tree is grouped. */
export type TreeGrouping = 'class' | 'package' | 'loader'

/** Which part of the tree: all of it, or what leads to objects of certain classes. */
export interface TreeView {
  /** As in the histogram; empty: no filter. Shown is what matches, and what lies above it. */
  readonly filter?: string
  readonly group?: TreeGrouping
}

export interface LevelQuery extends Window, TreeView {
  /** Whose children; absent: what the virtual root dominates. */
  readonly parent?: ObjectId
  /** The members of this group of the first level. */
  readonly key?: string
}

export interface DominatorGroup {
  /** Id of the class, name of the package (`-`: none), or id of the loader (`0x0`: the boot loader). */
  key: string
  /** Of the class, the package or the loader's class; empty for the default package. */
  name: string
  /** Of a loader, when it has a name. */
  label: ObjectLabel
  /** On the first level, which no object of another group dominates. */
  objects: number
  shallow: number
  retained: number
  own: boolean
}

export interface DominatorGroups {
  total: number
  offset: number
  rows: DominatorGroup[]
  /** Groups behind the window. */
  rest: { groups: number } & LeftOut
  /** Objects of the first level that the filter leaves out. */
  hidden: LeftOut
}

export interface SliceQuery extends TreeView {
  /** The object that fills the picture; absent: the virtual root. */
  readonly top?: ObjectId
  /** Nodes, at most. */
  readonly limit: number
}

/**
 * The heaviest part of the tree below one object, as columns: the node n stands in place n. Nodes come by falling
 * retained size, each behind its parent. Node 0 is the top.
 */
export interface DominatorSlice {
  /** Undefined for the virtual root. */
  top: DominatorRow | null
  /** Object ids, or keys of groups; `0x0` for node 0 when that is the virtual root. */
  ids: ObjectId[]
  /** −1 for node 0. */
  parents: number[]
  /** Places in `classNames`: of the class, or the one that a class object stands for. */
  classes: number[]
  classNames: string[]
  retained: number[]
  shallow: number[]
  /** Children in the tree, in the slice or not. */
  children: number[]
  /** Labels of the largest nodes and of all class objects, as far as they say more than the class. */
  labels: { node: number; label: ObjectLabel }[]
  groups: { node: number; group: DominatorGroup }[]
}

/** Where the weight spreads next, below an object. */
export interface NextDrop {
  object: DominatorRow | null
  /** Levels down to it. */
  steps: number
}
