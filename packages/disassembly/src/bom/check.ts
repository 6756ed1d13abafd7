import type { BomPlan } from './plan.ts';
import type { BomPart, BomPrices, Finding, Join } from './problem.ts';

/**
 * Judges the steps of a teardown from bill, joins and findings alone: known joins, each once, none
 * before what it waits for, every part said to come loose truly loose, mandatory parts out, money
 * and set-ups added up. Shares no code with the planner.
 */
export function checkBomPlan(
  bom: readonly BomPart[],
  joins: readonly Join[],
  findings: readonly Finding[],
  plan: BomPlan,
  prices: BomPrices = {},
): string[] {
  const faults: string[] = [];
  const open = new Set(
    findings.flatMap((finding) => (finding.kind === 'undone' ? [finding.join] : [])),
  );
  const gone = new Set(
    findings.flatMap((finding) => (finding.kind === 'missing' ? [finding.part] : [])),
  );
  const descendants = (id: string): Set<string> => {
    const set = new Set([id]);
    for (const part of set) for (const child of bom) if (child.parent === part) set.add(child.id);
    return set;
  };
  const loose = (id: string): boolean => {
    const mine = descendants(id);
    return joins.every((join) => {
      const holds =
        join.parts.some((part) => mine.has(part)) && join.parts.some((part) => !mine.has(part));
      const fallen = join.parts.length === 2 && join.parts.some((part) => gone.has(part));
      return !holds || fallen || open.has(join.id);
    });
  };
  let tool: string | undefined;
  let direction: string | undefined;
  let setups = 0;
  for (const step of plan.steps) {
    const join = joins.find((candidate) => candidate.id === step.join);
    if (!join) {
      faults.push(`unknown join ${step.join}`);
      continue;
    }
    if (open.has(join.id)) faults.push(`${join.id} is undone twice`);
    for (const id of join.after ?? [])
      if (!open.has(id)) faults.push(`${join.id} comes before ${id}`);
    open.add(join.id);
    let setup = 0;
    if (join.tool !== undefined && join.tool !== tool) setup += prices.toolChange ?? 0;
    if (join.direction !== undefined && join.direction !== direction)
      setup += prices.directionChange ?? 0;
    tool = join.tool ?? tool;
    direction = join.direction ?? direction;
    setups += setup;
    if (Math.abs(setup - step.setup) > 1e-9)
      faults.push(`${join.id} has set-up ${step.setup}, counted ${setup}`);
    for (const id of step.frees) if (!loose(id)) faults.push(`${id} is not loose after ${join.id}`);
  }
  if (Math.abs(setups - plan.setups) > 1e-6)
    faults.push(`set-ups are ${setups}, the plan says ${plan.setups}`);
  for (const { part, fate, mandatory } of plan.fates) {
    const out = fate === 'recover' || fate === 'inspect';
    if (out && !loose(part)) faults.push(`${part} is said to come out and is held`);
    if (mandatory && fate === 'leave') faults.push(`${part} must come out and stays`);
  }
  return faults;
}
