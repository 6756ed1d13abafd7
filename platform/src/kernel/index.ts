export * from './calendar.ts';
export * from './clock.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './money.ts';
export * from './result.ts';
export * from './state-machine.ts';
export * from './text.ts';
