export { defineJob, type JobRun, JobRunner, startJob } from './jobs.ts';
export { jobsModule } from './routes.ts';
