/** Import cycles (types do not count: nothing is left of them at run time), by Tarjan's strongly connected components over files (R. Tarjan, 1972). */
import { posix } from 'node:path'
import type { SourceFile } from './source-files.ts'

const OURS = '@heaptrail/'

/** Groups of files that import each other, each as the list of its paths. */
export function findCycles(files: readonly SourceFile[]): string[][] {
  const importsByPath = new Map(files.map((file) => [file.path, file]))
  const visit = new Map<string, { number: number; low: number; open: boolean }>()
  const stack: string[] = []
  const cycles: string[][] = []

  // Recursion is as deep as the longest chain of imports: hundreds at most.
  function connect(path: string): number {
    const self = { number: visit.size, low: visit.size, open: true }
    visit.set(path, self)
    stack.push(path)
    for (const target of targetsOf(importsByPath.get(path))) {
      if (!importsByPath.has(target)) continue
      const seen = visit.get(target)
      if (seen === undefined) self.low = Math.min(self.low, connect(target))
      else if (seen.open) self.low = Math.min(self.low, seen.number)
    }
    if (self.low === self.number) close(path)
    return self.low
  }

  function close(first: string): void {
    const component = stack.splice(stack.indexOf(first))
    for (const path of component) visit.get(path)!.open = false
    if (component.length > 1) cycles.push(component)
  }

  for (const { path } of files) if (!visit.has(path)) connect(path)
  return cycles
}

function targetsOf(file: SourceFile | undefined): string[] {
  return (file?.valueImports ?? []).flatMap((specifier) => {
    if (specifier.startsWith('.')) return [posix.join(posix.dirname(file!.path), specifier)]
    if (!specifier.startsWith(OURS)) return []
    const [name = '', ...rest] = specifier.slice(OURS.length).split('/')
    return [`packages/${name}/src/${rest.join('/')}.ts`]
  })
}
