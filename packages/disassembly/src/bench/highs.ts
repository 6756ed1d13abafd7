interface Oracle {
  solve(problem: string): { readonly Status: string; readonly ObjectiveValue: number };
}

/** HiGHS as a synchronous oracle: solves a text in CPLEX LP format. */
export async function loadHighs(): Promise<Oracle> {
  const module = await import('highs');
  // The package's types describe its CommonJS build; under `import` the default is the loader itself.
  const load = module.default as unknown as () => Promise<Oracle>;
  return load();
}
