import { defineErrors } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';

/** Every refusal of identity, with what to do about it. */
export const identityErrors = defineErrors({
  ORIGIN_REFUSED: {
    status: 403,
    ...text(
      '请求来自其他网站，已拒绝。请在本系统页面内操作。',
      'The request came from another site and was refused: use this system’s own pages.',
    ),
  },
  CREDENTIALS_WRONG: {
    status: 401,
    ...text('邮箱或密码不正确，请重新输入。', 'The e-mail or password is wrong: try again.'),
  },
  PASSWORD_WRONG: {
    status: 400,
    ...text('当前密码不正确，请重新输入。', 'The current password is wrong: type it again.'),
  },
  PASSWORD_WEAK: {
    status: 422,
    ...text(
      '密码太容易被猜到：请至少 10 个字符，不用常见词、连续或重复的字符，也不要包含邮箱名。',
      'The password is easy to guess: use at least 10 characters, no common words, no runs or repeats, and not your e-mail name.',
    ),
  },
  EMAIL_TAKEN: {
    status: 409,
    ...text(
      '此邮箱已有账号，请先登录再继续。',
      'This e-mail has an account already: sign in and continue.',
    ),
  },
  SIGN_UP_CLOSED: {
    status: 403,
    ...text(
      '本系统不开放自行注册，请向管理员索取邀请链接。',
      'Accounts are by invitation here: ask your administrator for a link.',
    ),
  },
  SECOND_FACTOR_WRONG: {
    status: 401,
    ...text(
      '动态码或备用码不正确，请输入最新的动态码。',
      'The code is wrong: type the newest code, or an unused backup code.',
    ),
  },
  SECOND_FACTOR_EXPIRED: {
    status: 401,
    ...text('验证已过期，请重新登录。', 'The verification expired: sign in again.'),
  },
  SECOND_FACTOR_LOCKED: {
    status: 429,
    ...text(
      '错误次数过多，账号暂时锁定，请 15 分钟后再试。',
      'Too many wrong codes: the account is locked for a while, try again in 15 minutes.',
    ),
  },
  SECOND_FACTOR_STATE: {
    status: 409,
    ...text(
      '两步验证当前状态不允许此操作，请刷新页面后再试。',
      'Two-factor sign-in is not in a state for this: reload the page and try again.',
    ),
  },
  LINK_INVALID: {
    status: 422,
    ...text(
      '链接无效、已使用或已过期，请向管理员索取新链接。',
      'The link is not valid, was used or has expired: ask your administrator for a new one.',
    ),
  },
  SESSION_TOO_OLD: {
    status: 403,
    ...text('此操作需要重新登录，请先退出再登录。', 'Sign out and in again to do this.'),
  },
  AUTH_INPUT_INVALID: {
    status: 400,
    ...text(
      '登录信息有误，请检查后重试。',
      'The sign-in data is not valid: check it and try again.',
    ),
  },
  DEMO_OFF: {
    status: 403,
    ...text(
      '本系统未开启演示模式，请用账号登录。',
      'The demo is switched off here: sign in with an account.',
    ),
  },
  DEMO_ROLE_UNKNOWN: {
    status: 404,
    ...text(
      '没有这个演示角色，请从列表中选择。',
      'There is no such demo role: choose from the list.',
    ),
  },
  DEMO_PERSON_REFUSED: {
    status: 403,
    ...text(
      '演示账号由多人共用，不能这样做，请用自己的账号登录。',
      'Demo people are shared and cannot do this: sign in with your own account.',
    ),
  },
  SETUP_CLOSED: {
    status: 409,
    ...text(
      '本系统已完成安装，请登录，或向管理员索取邀请链接。',
      'This installation has been set up: sign in, or ask your administrator for an invitation.',
    ),
  },
  PERSON_DETAILS_REQUIRED: {
    status: 422,
    ...text('请填写您的姓名、邮箱和密码。', 'Give your name, e-mail and password.'),
  },
  ORGANISATION_KIND_UNKNOWN: {
    status: 422,
    ...text('没有这种组织类型，请从列表中选择。', 'There is no such kind: choose from the list.'),
  },
  NOT_A_MEMBER: {
    status: 403,
    ...text(
      '您不是该组织的成员，请选择自己的组织。',
      'You are not a member of this organisation: choose one of yours.',
    ),
  },
  PERSON_REQUIRED: {
    status: 403,
    ...text(
      '接口密钥不能做这件事，请由成员登录后操作。',
      'An API key cannot do this: a member has to sign in.',
    ),
  },
  MEMBER_NOT_FOUND: {
    status: 404,
    ...text('本组织没有这位成员，请刷新列表。', 'There is no such member here: reload the list.'),
  },
  MEMBER_ALREADY: {
    status: 409,
    ...text('此人已是成员，可直接修改其角色。', 'They are a member already: change their roles.'),
  },
  LAST_OWNER: {
    status: 409,
    ...text(
      '组织至少要有一位负责人，请先指定另一位。',
      'An organisation needs an owner: make somebody else owner first.',
    ),
  },
  ROLE_UNKNOWN: {
    status: 422,
    ...text(
      '没有角色“{role}”，请从列表中选择。',
      'There is no role "{role}": choose from the list.',
    ),
  },
  ROLE_ABOVE_YOURS: {
    status: 403,
    ...text(
      '这超出您自己的权限，请由权限更高的成员操作。',
      'This is more than you hold yourself: ask a member who holds it.',
    ),
  },
  RESET_ELSEWHERE: {
    status: 409,
    ...text(
      '此人还属于其他组织，不能由您重置密码，请其本人在登录页重置。',
      'They belong to other organisations too, so you cannot reset their password: they do it on the sign-in page.',
    ),
  },
  INVITATION_NOT_FOUND: {
    status: 404,
    ...text('没有这份邀请，请刷新列表。', 'There is no such invitation: reload the list.'),
  },
  INVITATION_CLOSED: {
    status: 409,
    ...text(
      '这份邀请已被接受或撤销，请重新邀请。',
      'This invitation was accepted or revoked: make a new one.',
    ),
  },
  INVITATION_OTHER_PERSON: {
    status: 403,
    ...text(
      '这份邀请发给另一个邮箱，请用该邮箱登录后再接受。',
      'This invitation is for another e-mail: sign in with that one and accept.',
    ),
  },
  KEY_NOT_FOUND: {
    status: 404,
    ...text('没有这个密钥，请刷新列表。', 'There is no such key: reload the list.'),
  },
  KEY_EXPIRY_PAST: {
    status: 422,
    ...text('到期时间必须在将来，请重新选择。', 'The expiry must be in the future: choose again.'),
  },
});
