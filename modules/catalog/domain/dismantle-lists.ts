import { type Text, text } from '@zaizao/platform/kernel';

/** What holds parts together. */
export const JOIN_KINDS = {
  screw: text('螺纹连接', 'screws'),
  clip: text('卡扣', 'clips'),
  plug: text('插接、线缆', 'plug or cable'),
  'press-fit': text('过盈配合', 'press fit'),
  'lie-in': text('套入、放入', 'lies in or slides on'),
  rivet: text('铆接', 'rivets'),
  weld: text('焊接', 'weld'),
  braze: text('钎焊', 'braze'),
  solder: text('锡焊', 'solder'),
  glue: text('粘接', 'glue'),
  fluid: text('液体、气体', 'fluid or gas'),
} as const satisfies Record<string, Text>;

/** From where a joint is reached, in the axes of the product as it lies. */
export const DIRECTIONS = {
  '+x': text('前', 'front'),
  '-x': text('后', 'rear'),
  '+y': text('左', 'left'),
  '-y': text('右', 'right'),
  '+z': text('上', 'above'),
  '-z': text('下', 'below'),
} as const satisfies Record<string, Text>;

/**
 * Where what is taken off goes: the five streams of a vehicle (engine and assemblies, battery, usable
 * parts, metal of body and frame, fluids) and the other materials.
 */
export const STREAMS = {
  assemblies: text('发动机与总成', 'engine and assemblies'),
  battery: text('蓄电池', 'battery'),
  parts: text('可用件', 'usable parts'),
  metal: text('金属框架车体', 'metal of body and frame'),
  fluids: text('油液', 'fluids'),
  'other-materials': text('其他材料', 'other materials'),
} as const satisfies Record<string, Text>;

/** What a person must be able to do for a joint. */
export const SKILLS = {
  general: text('普通拆装', 'general'),
  electric: text('电工', 'electrician'),
  'high-voltage': text('高压电', 'high voltage'),
  refrigerant: text('制冷剂', 'refrigerant'),
  airbag: text('气囊', 'airbags'),
  hydraulic: text('液压', 'hydraulics'),
  lifting: text('起重', 'lifting'),
  cutting: text('切割', 'cutting'),
  precision: text('精密钳工', 'precision fitter'),
} as const satisfies Record<string, Text>;
