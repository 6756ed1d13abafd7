import { defineErrors, text } from '@zaizao/platform/kernel';

export const footprintErrors = defineErrors({
  FACTOR_UNKNOWN: {
    status: 422,
    ...text(
      '没有排放因子“{id}”，请从列表中选择。',
      'There is no factor "{id}": choose one of the list.',
    ),
  },
});
