/** What is asked about waste, and answered; see ../messages.ts. All sizes are bytes, all figures those of reachable objects. */
import type { EdgeName, ObjectId, Page, Window } from '../messages.ts'

export interface WasteQuery extends Window {
  /** Part of the text, of the class or of `Class#field`; see nameFilter. */
  readonly filter: string
}

/** Objects that hold others, as the view of owners has them. */
export interface WasteHolder {
  /** Null: GC roots refer to the objects themselves. */
  holder: { classId: ObjectId; className: string; own: boolean } | null
  field: EdgeName | null
}

/** A text that several strings have. */
export interface DuplicateText {
  /** Its beginning. */
  text: string
  /** UTF-16 units. */
  length: number
  strings: number
  /** What is freed when all references lead to one of the strings. */
  bytes: number
  /** Of `bytes`, the arrays: what is freed when the strings stay and share one array. */
  arrayBytes: number
  /** The one that stays: the first of them. */
  example: ObjectId
  /** Who holds most of them; the most strings first. */
  holders: (WasteHolder & { strings: number; estimated: boolean })[]
}

export interface DuplicateStrings extends Page<DuplicateText> {
  /** Texts that several strings have; `total` are those that are listed, of these the ones that free most. */
  texts: number
  sums: { strings: number; distinct: number; surplus: number; bytes: number; arrayBytes: number }
}

/** Strings that are not the first of their text, by the field that holds them. */
export interface SurplusHolder extends WasteHolder {
  strings: number
  bytes: number
  estimated: boolean
  /** One that frees most. */
  example: ObjectId
}

export interface SurplusHolders extends Page<SurplusHolder> {
  sums: DuplicateStrings['sums']
}

/** Collections, or arrays, of one class. */
export interface FillOfClass {
  classId: ObjectId
  className: string
  own: boolean
  objects: number
  /** Of these, those with nothing in them. */
  empty: number
  /** Elements that are there, and for how many there is room; of collections that keep them in arrays. */
  used: number
  capacity: number
  /** What is freed when the empty ones are gone. */
  emptyBytes: number
  /** What is freed when the others have no more room than they need. */
  slackBytes: number
  bytes: number
  /** The one that frees most; null where none frees anything. */
  example: ObjectId | null
}

/** Those of a class that waste something, by the field that holds them. */
export interface FillOfHolder extends WasteHolder {
  classId: ObjectId
  className: string
  objects: number
  bytes: number
  estimated: boolean
  example: ObjectId
}

export interface FillSums {
  objects: number
  empty: number
  emptyBytes: number
  slackBytes: number
  bytes: number
}

export interface FillByClass extends Page<FillOfClass> {
  sums: FillSums
}
export interface FillByHolder extends Page<FillOfHolder> {
  sums: FillSums
}
