import { type Text, text } from '@zaizao/platform/kernel';

/** Kinds of instruments as the catalogue’s characteristics name them. A plant may use words of its own. */
export const INSTRUMENT_KINDS: Readonly<Record<string, Text>> = {
  ammeter: text('电流表', 'ammeter'),
  balancer: text('动平衡机', 'balancing machine'),
  'bore-gauge': text('内径量表', 'bore gauge'),
  calliper: text('游标卡尺', 'calliper'),
  'current-source': text('恒流源', 'current source'),
  'depth-gauge': text('深度尺', 'depth gauge'),
  'dial-indicator': text('百分表', 'dial indicator'),
  'diode-tester': text('二极管测试仪', 'diode tester'),
  growler: text('电枢短路测试仪', 'growler'),
  'hardness-tester': text('硬度计', 'hardness tester'),
  'hipot-tester': text('耐压测试仪', 'dielectric strength tester'),
  megger: text('绝缘电阻表', 'insulation tester'),
  micrometer: text('千分尺', 'micrometer'),
  ohmmeter: text('电阻表', 'ohmmeter'),
  'optical-scanner': text('光学扫描仪', 'optical scanner'),
  'pin-gauge': text('针规', 'pin gauge'),
  pyrometer: text('测温仪', 'pyrometer'),
  'ring-gauge': text('环规', 'ring gauge'),
  'sound-level-meter': text('声级计', 'sound level meter'),
  'spring-scale': text('弹簧秤', 'spring scale'),
  tachometer: text('转速表', 'tachometer'),
  template: text('样板', 'template'),
  'tensile-tester': text('拉力试验机', 'tensile tester'),
  'torque-tester': text('扭矩测试仪', 'torque tester'),
  'torque-wrench': text('扭力扳手', 'torque wrench'),
  'ultrasonic-scanner': text('超声扫描仪', 'ultrasonic scanner'),
  voltmeter: text('电压表', 'voltmeter'),
};

/** What a kind is called; a plant’s own word as it stands. */
export function instrumentKind(kind: string): Text {
  const known = Object.hasOwn(INSTRUMENT_KINDS, kind) ? INSTRUMENT_KINDS[kind] : undefined;
  return known ?? text(kind, kind);
}
