/** Several threads of Node; apart, so that the rest runs in a browser. */
export { type IslandOptions, solveInWorkers } from './islands.ts';
