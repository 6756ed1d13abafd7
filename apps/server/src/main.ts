/** `npm start`. What is imported statically would be compiled before the call below it. */
import { keepCompiled } from '@zaizao/platform/keep-compiled';

keepCompiled();
await import('./serve.ts');
