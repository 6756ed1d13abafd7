import type { Job, Machine, Mode, Objective, Operation, Problem, Window } from '../model.ts';
import type { Random } from '../random.ts';

/** A job shop in which every job visits every machine once. */
export function randomJobShop(random: Random, jobs: number, machines: number): Problem {
  return {
    machines: Array.from({ length: machines }, (_, m) => ({ id: `M${m}` })),
    jobs: Array.from({ length: jobs }, (_, j) => {
      const route = Array.from({ length: machines }, (_, m) => m);
      random.shuffle(route);
      return {
        id: `J${j}`,
        operations: route.map((m, i) => ({
          id: `J${j}.${i}`,
          modes: [{ machine: `M${m}`, time: 1 + random.below(20) }],
        })),
      };
    }),
    objective: { kind: 'makespan' },
  };
}

/** Products that come apart, whose parts go through flexible routes with lags, and come together. */
export function randomAssembly(random: Random, products: number, machines: number): Problem {
  const modes = () => randomModes(random, machines, []);
  const jobs = Array.from({ length: products }, (_, p): Job => {
    const operations: Operation[] = [{ id: `P${p}.take`, modes: modes(), after: [] }];
    const ends: string[] = [];
    for (let k = 0; k < 1 + random.below(3); k++) {
      let before = `P${p}.take`;
      for (let i = 0; i < 1 + random.below(3); i++) {
        const id = `P${p}.${k}.${i}`;
        operations.push({ id, modes: modes(), after: [before], lag: random.below(3) });
        before = id;
      }
      ends.push(before);
    }
    operations.push({ id: `P${p}.join`, modes: modes(), after: ends });
    return { id: `P${p}`, release: random.below(15), operations };
  });
  return { machines: machinesOf(machines), jobs, objective: { kind: 'makespan' } };
}

function machinesOf(count: number): Machine[] {
  return Array.from({ length: count }, (_, m) => ({ id: `M${m}` }));
}

function randomModes(random: Random, machines: number, skills: readonly string[]): Mode[] {
  const chosen = Array.from({ length: machines }, (_, m) => m);
  random.shuffle(chosen);
  return chosen.slice(0, 1 + random.below(Math.min(3, machines))).map((m) => {
    const skill = skills[random.below(3 * skills.length)];
    const mode = { machine: `M${m}`, time: 1 + random.below(12) };
    return skill === undefined ? mode : { ...mode, skill };
  });
}

/** A problem with every feature of the model, each present about half of the time. */
export function randomRichProblem(random: Random): Problem {
  const maybe = () => random.below(2) === 0;
  const count = 2 + random.below(3);
  const families = ['', 'a', 'b'];
  const skills = maybe() ? ['weld', 'grind'] : [];
  const base = randomAssembly(random, 2 + random.below(4), count);
  const machines = machinesOf(count).map((machine, m): Machine => {
    return {
      ...machine,
      ...(maybe() ? { calendar: shifts(random, 25) } : {}),
      ...(maybe()
        ? {
            setups: {
              initial: 'a',
              times: families.flatMap((from) =>
                families
                  .filter((to) => to !== from)
                  .map((to) => ({ from, to, time: random.below(5) })),
              ),
            },
          }
        : {}),
      ...(m === 0 && maybe() ? { batch: { capacity: 3 } } : {}),
      ...(m === 1 && maybe() ? { buffer: random.below(3) } : {}),
    };
  });
  const objectives: Objective[] = [
    { kind: 'makespan' },
    { kind: 'weighted-tardiness' },
    { kind: 'late-jobs' },
  ];
  return {
    ...base,
    machines,
    jobs: base.jobs.map((job) => ({
      ...job,
      due: 20 + random.below(60),
      weight: 1 + random.below(3),
      operations: job.operations.map((operation) => ({
        ...operation,
        modes: operation.modes.map((mode) => {
          const skill = skills[random.below(2 * skills.length)];
          return skill === undefined ? mode : { ...mode, skill };
        }),
        family: families[random.below(3)] ?? '',
        size: 1 + random.below(3),
        resumable: maybe(),
      })),
    })),
    ...(skills.length > 0
      ? {
          operators: [
            { id: 'Ann', skills: ['weld'] },
            { id: 'Bo', skills: ['weld', 'grind'], calendar: shifts(random, 40) },
            { id: 'Cy', skills: ['grind'] },
          ],
        }
      : {}),
    ...(maybe() ? { transport: [{ from: 'M0', to: 'M1', time: 3 }] } : {}),
    objective: objectives[random.below(3)] ?? { kind: 'makespan' },
  };
}

/** Windows of at least 20 with gaps, far enough out that everything fits. */
function shifts(random: Random, length: number): Window[] {
  const windows: Window[] = [];
  let date = random.below(10);
  while (date < 20_000) {
    const end = date + length + random.below(10);
    windows.push({ start: date, end });
    date = end + random.below(8);
  }
  return windows;
}
