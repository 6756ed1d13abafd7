/** Tests and run-in, nonconformances, certificates and labels: what the web and other modules see. */
export * from './contract/certificate.ts';
export * from './contract/effect.ts';
export * from './contract/insight.ts';
export * from './contract/label.ts';
export * from './contract/nonconformance.ts';
export { perm } from './contract/permissions.ts';
export * from './contract/test.ts';
export { qualityErrors } from './errors.ts';
