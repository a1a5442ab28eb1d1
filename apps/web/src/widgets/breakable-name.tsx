/** A name of Java's that goes on in the next line at one of its words, where it is too long for one. */
import { Fragment } from 'react'

/** `threadLocalRandomSeed`: `threadLocalRandom` and below it `Seed`. What is copied has no breaks. */
export function BreakableName({ name }: { name: string }) {
  const words = name.split(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=[_$.])/u)
  return words.map((word, place) => (
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {word}
    </Fragment>
  ))
}
