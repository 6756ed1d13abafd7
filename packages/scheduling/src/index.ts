export type { BudgetOptions, StopFlag } from './budget.ts';
export { check, planValue, type Violation } from './check.ts';
export {
  type Cause,
  type Explanation,
  explain,
  type LateJob,
  type Remedy,
  type Step,
} from './explain.ts';
export { parseFlexible, parseJobShop, parseRemanufacturing } from './instances/parse.ts';
export type * from './model.ts';
export type { ConflictingWish, ProblemCode, Result, SchedulingProblem } from './result.ts';
export { type RollOptions, rollForward } from './rolling.ts';
export { drawScenarios, meanScenario, type Uncertainty, withScenarios } from './scenarios.ts';
export { type Forecast, type JobForecast, type Spread, simulate } from './simulate.ts';
export { type Progress, type SolveOptions, solve } from './solve.ts';
export { MAX_OPERATIONS, validate } from './validate.ts';
