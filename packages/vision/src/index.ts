export { type Calibration, calibrate, confidenceOf, strengthOf } from './calibrate.ts';
export { DESCRIPTOR_LENGTH, DESCRIPTOR_VERSION, describe } from './describe.ts';
export type { Image } from './image.ts';
export { type Example, type Guess, guess, similarity } from './neighbours.ts';
