/** The shell: composed by `apps/web` alone. */
export { startApplication } from './start.tsx';
