import { createRequire } from 'node:module'
import { expect, test } from 'vitest'

const guard = createRequire(import.meta.url)('./guard.cjs') as {
  complaint: (agent: string, pinnedNodeIsThere: boolean) => string | undefined
}

test.each(['npm/11.19.1 node/v20.20.2 linux x64', 'npm/10.0.0 node/v26.10.0 darwin arm64', 'node/v26.10.0'])(
  '%s is new enough',
  (agent) => expect(guard.complaint(agent, true)).toBeUndefined(),
)

test.each([
  ['npm/9.8.1 node/v20.0.0 linux x64', true, 'npm 10 or newer'],
  ['npm/8.19.4 node/v16.20.2 linux x64', true, 'Node 20 or newer'],
  ['npm/11.19.1 node/v20.20.2 linux x64', false, 'npm ci'],
])('%s, pinned Node there: %s: the sentence says %s', (agent, pinned, expected) => {
  expect(guard.complaint(agent, pinned)).toContain(expected)
})
