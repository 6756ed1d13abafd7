import { type Route, route } from '@zaizao/platform/http';
import * as c from './contract/sample.ts';
import { addSampleTo, removeSampleOf, sampleViews } from './service/samples.ts';

/** Sample pictures beside the questions of a programme. */
export const sampleRoutes: readonly Route[] = [
  route(c.listSamples, (ctx, { params }) => sampleViews(ctx, params.partId)),
  route(c.addSample, (ctx, { params, body }) => addSampleTo(ctx, params.partId, body)),
  route(c.removeSample, (ctx, { params }) => removeSampleOf(ctx, params.sampleId)),
];
