export { andOrFromBom } from './bom/and-or.ts';
export { checkBomPlan } from './bom/check.ts';
export {
  type BomFate,
  type BomOptions,
  type BomPlan,
  type BomStep,
  planFromBom,
} from './bom/plan.ts';
export type { BomPart, BomPrices, Finding, Join, NodeValue } from './bom/problem.ts';
export type { CancelSignal, Progress, SolveOptions, StoppedBy } from './budget.ts';
export { checkGraphPlan, checkSetupPlan, type GraphCheck } from './graph/check.ts';
export type {
  AndOrGraph,
  DisassembleAction,
  GraphAction,
  GraphItem,
  InspectAction,
} from './graph/problem.ts';
export {
  type SetupNode,
  type SetupPlan,
  type SetupPrices,
  solveGraphWithSetups,
  solveGraphWithSetupsAsync,
} from './graph/setups.ts';
export { type GraphChoice, type GraphPlan, solveGraph } from './graph/solve.ts';
export { checkLinePlan, type LineCheck } from './line/check.ts';
export type { LineProblem, LineTask, LineValue } from './line/problem.ts';
export { type LinePlan, solveLine, solveLineAsync } from './line/solve.ts';
export { readAircraft } from './machine/aircraft.ts';
export { checkMachinePlan, type MachineCheck } from './machine/check.ts';
export type {
  BalanceAxis,
  MachineProblem,
  Operation,
  SkillDemand,
  Technician,
  Window,
  Zone,
} from './machine/problem.ts';
export {
  type MachineOptions,
  type MachinePlan,
  type ScheduledOperation,
  solveMachine,
  solveMachineAsync,
} from './machine/solve.ts';
export type { Problem, ProblemCode, Result } from './result.ts';
