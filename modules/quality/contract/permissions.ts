import { definePermissions } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';

export const perm = definePermissions({
  'quality.test:read': text('查看试验', 'See tests'),
  'quality.test:record': text('试验记录与判定', 'Record and decide tests'),
  'quality.nonconformance:read': text('查看不合格', 'See nonconformances'),
  'quality.nonconformance:open': text('登记不合格', 'Open nonconformances'),
  'quality.nonconformance:handle': text('处置不合格', 'Handle nonconformances'),
  'quality.certificate:read': text('查看合格证', 'See certificates'),
  'quality.certificate:issue': text('签发合格证', 'Issue certificates'),
  'quality.plan:release': text('带差异放行发证', 'Release against the new product’s test plan'),
  'quality.claim:judge': text('保修判定', 'Judge warranty claims'),
  'quality.kpi:read': text('查看四指标', 'See the four figures of a product'),
  'quality.label:read': text('打印标签', 'Print labels'),
});
