/** The floors and doors of docs/architecture: every import points down, modules meet at their doors. */
const door = '^modules/[^/]+/(index|contract)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that import each other are one thought in two places.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-know-nothing-above',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(platform|modules|apps)/' },
    },
    {
      name: 'platform-knows-no-trade',
      severity: 'error',
      from: { path: '^platform/' },
      to: { path: '^(modules|apps)/' },
    },
    {
      name: 'modules-know-no-app',
      severity: 'error',
      from: { path: '^modules/' },
      to: { path: '^apps/' },
    },
    {
      name: 'modules-meet-at-doors',
      comment: 'Another module is reached by its index.ts or contract.ts only.',
      severity: 'error',
      from: {
        path: '^modules/([^/]+)/',
        pathNot: ['\\.test\\.tsx?$', '/(testing|fixture)[^/]*\\.ts$'],
      },
      to: { path: '^modules/[^/]+/', pathNot: [door, '^modules/$1/'] },
    },
    {
      name: 'ui-takes-contracts-only',
      comment: 'No server code in the browser: ui imports ui, contracts, the kernel and packages.',
      severity: 'error',
      from: { path: '^modules/[^/]+/ui/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^(modules/[^/]+/|platform/src/)',
        pathNot: ['/ui/', '/contract(\\.ts$|/)', '^platform/src/kernel/', '/domain/'],
      },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^modules/[^/]+/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(platform|modules)/',
        pathNot: ['^platform/src/kernel/', '^modules/[^/]+/(domain/|contract(\\.ts$|/))'],
      },
    },
    {
      name: 'sql-only-in-repo',
      comment: 'Modules speak to the database in repo.ts (or repo/) only.',
      severity: 'error',
      from: {
        path: '^modules/',
        pathNot: ['/repo(\\.ts|/)', '\\.test\\.ts$', '/(bench|testing|fixture)[^/]*\\.ts$'],
      },
      to: { path: 'node_modules/kysely/' },
    },
    {
      name: 'no-test-code-in-prod',
      severity: 'error',
      from: {
        pathNot: [
          '\\.test\\.tsx?$',
          '^platform/src/testkit/',
          '^e2e/',
          '/(testing|fixture)[^/]*\\.ts$',
          '/bench(\\.ts$|/)',
        ],
      },
      to: { path: ['^platform/src/testkit/', '\\.test\\.tsx?$'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '^e2e/', 'node_modules/\\.cache'] },
    tsPreCompilationDeps: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
