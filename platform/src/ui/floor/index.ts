/** The floor's own parts: large, one task, no hover. */

export { Steps, TaskKey } from '../parts/task.tsx';
export * from './page.tsx';
export { ScanField } from './scan-field.tsx';
export { ScanTask } from './scan-task.tsx';
export { TaskList } from './task-list.tsx';
