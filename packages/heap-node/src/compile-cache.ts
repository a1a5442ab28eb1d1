import { fileURLToPath } from 'node:url'

/**
 * Environment of child processes: compiled sources are kept from one process to the next, and for their threads. A process
 * starts in a quarter of the time; where the folder cannot be written, as slowly as without.
 */
export const CHILD_ENVIRONMENT = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../node_modules/.cache/heaptrail-query', import.meta.url)),
}
