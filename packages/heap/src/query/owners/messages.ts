/** What is asked about the owners of a class's objects, and answered; see ../messages.ts. Sizes are bytes. */
import type { EdgeName, ObjectId, Page, Window } from '../messages.ts'

/** `owner`: the nearest object that is more than packaging; `direct`: the very object that refers to it. */
export type OwnersBy = 'owner' | 'direct'

export interface OwnersQuery extends Window {
  readonly classId: ObjectId
  readonly by: OwnersBy
  /** Of `Class#field`; see nameFilter. */
  readonly filter: string
}

export interface OwnerRow {
  /** The class of the owners; of static fields, the class that has them. Null: GC roots refer to the objects themselves. */
  holder: { classId: ObjectId; className: string; own: boolean } | null
  /** How the owners refer to the objects, or to what they are packed in; null where the contents are not there. */
  field: EdgeName | null
  /** What refers to most of these objects where that is packaging: `java.lang.String#value`. */
  through: { className: string; field: string | null } | null
  objects: number
  bytes: number
  /** Of `bytes`: objects that can be reached past these owners too, so that they would stay without them. */
  shared: number
  /** Objects and bytes of the field follow from a sample of the owners' contents. */
  estimated: boolean
  /** The biggest of the objects, and its owner. */
  largest: ObjectId
  largestHolder: ObjectId | null
}

export interface Owners extends Page<OwnerRow> {
  className: string
  /** Strings count with their text, everything else by itself. */
  measure: 'shallow' | 'retained'
  /** Over all reachable objects of the class. */
  sums: { objects: number; bytes: number }
}
