import { fileURLToPath } from 'node:url';
import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';
import { referenceRoutes } from './routes-reference.ts';
import { sampleRoutes } from './routes-sample.ts';

export { type Criterion, type Grade, type Grading, gradeBy, mileageGrade } from './domain/grade.ts';
export { type Judgement, judge, type Limit } from './domain/judge.ts';
export type { PlannedTest, Shortfall } from './domain/new-plan.ts';
export { type Findings, stepApplies } from './domain/route.ts';
export { defectCodes, methodMaster, productFamilies } from './domain/vocabulary.ts';
export { dismantleOf } from './service/dismantle.ts';
export { importWorkbook } from './service/import.ts';
export {
  bomOf,
  candidatesFor,
  characteristicsOf,
  defectsOf,
  getCharacteristic,
  getPart,
  getParts,
  getProgramme,
  numbersOf,
  pricesOf,
  pricesOfAll,
  programmeFor,
  routeOf,
  testPlanOf,
} from './service/read.ts';
export {
  newPlanCheck,
  newPlans,
  type PackageSpecOf,
  type PlanCheck,
  packageOf,
} from './service/reference.ts';
export { criterionSamples } from './service/samples.ts';
export type {
  Bom,
  BomItem,
  Candidate,
  Characteristic,
  Defect,
  PartType,
  Price,
  Programme,
  Route,
  RouteStep,
} from './types.ts';
export { buildDemoWorkbooks, DEMO_PLANTS, demoWorkbookPath } from './workbook/demo-plants.ts';
export { isFeed, workbookOfFeed } from './workbook/feed.ts';

export const catalogModule: Module = {
  name: 'catalog',
  migrations: {
    module: 'catalog',
    directory: fileURLToPath(new URL('./migrations/', import.meta.url)),
  },
  routes: [...routes, ...referenceRoutes, ...sampleRoutes],
};
