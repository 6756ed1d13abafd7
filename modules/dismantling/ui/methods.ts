import { getVocabulary } from '@zaizao/modules/catalog/contract';
import { type Output, useRead, useSay } from '@zaizao/platform/ui';

type Method = Output<typeof getVocabulary>['methods'][number];

/** The cleaning methods of the method master, with their parameters. */
export function useMethods(): {
  readonly all: readonly Method[];
  readonly name: (code: string) => string;
  readonly parameter: (
    code: string,
    key: string,
  ) => { readonly name: string; readonly unit: string };
} {
  const say = useSay();
  const vocabulary = useRead(getVocabulary, {});
  const all = vocabulary.data?.methods.filter((m) => m.kind === 'cleaning') ?? [];
  const of = (code: string) => all.find((m) => m.code === code);
  return {
    all,
    name: (code) => {
      const method = of(code);
      return method ? say(method.name) : code;
    },
    parameter: (code, key) => {
      const found = of(code)?.parameters.find((p) => p.key === key);
      return { name: found ? say(found.name) : key, unit: found?.unit ?? '' };
    },
  };
}
