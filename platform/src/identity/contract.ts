/**
 * Who is here and what they may do: sessions, organisations, members, invitations, API keys, audit.
 * Isomorphic: the web client and the authorisation tests are made from these declarations.
 * Password, sign-out and two-factor calls live under `/api/auth/*`; see `auth-paths.ts`.
 */
import { z } from 'zod';
import {
  definePermissions,
  endpoint,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '../http/contract.ts';
import { text } from '../kernel/text.ts';

export { identityErrors } from './errors.ts';

const perm = definePermissions({
  'identity.organisation:read': text('查看组织资料', 'see the organisation'),
  'identity.organisation:manage': text('修改组织资料', 'change the organisation'),
  'identity.member:read': text('查看成员', 'see members'),
  'identity.member:manage': text('邀请和管理成员', 'invite and manage members'),
  'identity.key:manage': text('管理接口密钥', 'manage API keys'),
  'identity.audit:inspect': text('查看操作日志', 'read the audit log'),
});

const bilingual = z.object({ zh: z.string(), en: z.string() });
const userId = id('user');
const orgId = id('org');
const kind = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const roleName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const roles = z.array(roleName).min(1).max(20);
const email = z.email().max(254).toLowerCase();
const password = z.string().min(10).max(128);
const token = z.string().min(20).max(100);
const version = z.number().int();

export const orgSummary = z.object({ id: orgId, name: z.string(), kind: z.string() });

/** What the web shell needs to draw itself for whoever is here. */
export const sessionView = z.object({
  user: z.object({ id: userId, name: z.string(), email: z.string() }).optional(),
  org: orgSummary.extend({ simulated: z.boolean() }).optional(),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  orgs: z.array(orgSummary),
  /** One-click roles are offered. */
  demo: z.boolean(),
  /** The person is one of the one-click roles. */
  demoPerson: z.boolean(),
  twoFactor: z.boolean(),
  /** No real organisation exists yet: offer the set-up page. */
  setupNeeded: z.boolean(),
  /** People may make an account themselves. */
  openSignUp: z.boolean(),
  lang: z.enum(['zh', 'en']).optional(),
});
export type SessionView = z.output<typeof sessionView>;

export const readSession = endpoint({
  id: 'identity.readSession',
  method: 'GET',
  path: '/api/v1/session',
  title: text('当前会话', 'the current session'),
  access: 'public',
  response: sessionView,
});

export const switchOrganisation = endpoint({
  id: 'identity.switchOrganisation',
  method: 'POST',
  path: '/api/v1/session/organisation',
  title: text('切换组织', 'work in another of my organisations'),
  access: 'signed-in',
  body: z.object({ orgId }),
  response: sessionView,
});

export const chooseLanguage = endpoint({
  id: 'identity.chooseLanguage',
  method: 'POST',
  path: '/api/v1/session/language',
  title: text('选择界面语言', 'choose my language'),
  access: 'signed-in',
  body: z.object({ lang: z.enum(['zh', 'en']) }),
  response: sessionView,
});

export const listDemoRoles = endpoint({
  id: 'identity.listDemoRoles',
  method: 'GET',
  path: '/api/v1/session/demo',
  title: text('演示角色', 'the one-click roles of the demo'),
  access: 'public',
  response: z.object({
    items: z.array(
      z.object({ role: z.string(), title: bilingual, name: z.string(), org: orgSummary }),
    ),
  }),
});

/** Answers with the session cookie set. */
export const signInDemo = endpoint({
  id: 'identity.signInDemo',
  method: 'POST',
  path: '/api/v1/session/demo',
  title: text('以演示角色进入', 'enter as a demo role'),
  access: 'public',
  bucket: 'public',
  body: z.object({ role: roleName }),
  response: sessionView,
});

export const readSetup = endpoint({
  id: 'identity.readSetup',
  method: 'GET',
  path: '/api/v1/identity/setup',
  title: text('安装状态', 'what the set-up page offers'),
  access: 'public',
  response: z.object({
    needed: z.boolean(),
    kinds: z.array(z.object({ kind: z.string(), title: bilingual })),
  }),
});

/**
 * Makes an organisation and its owner. Anonymous (or a demo person): only while no real organisation
 * exists, with `user`. A signed-in person: any time, without `user`. Answers with the cookie set.
 */
export const setUpOrganisation = endpoint({
  id: 'identity.setUpOrganisation',
  method: 'POST',
  path: '/api/v1/identity/setup',
  title: text('建立自己的组织', 'start my own organisation'),
  access: 'public',
  bucket: 'login',
  status: 201,
  body: z.object({
    organisation: z.object({ name: line(120), kind }),
    user: z.object({ name: line(80), email, password }).optional(),
  }),
  response: sessionView,
});

const organisationView = z.object({
  id: orgId,
  name: z.string(),
  kind: z.string(),
  simulated: z.boolean(),
  createdAt: instant,
  version,
});

export const readOrganisation = endpoint({
  id: 'identity.readOrganisation',
  method: 'GET',
  path: '/api/v1/identity/organisation',
  title: text('组织资料', 'the organisation'),
  access: perm('identity.organisation:read'),
  response: organisationView,
});

export const renameOrganisation = endpoint({
  id: 'identity.renameOrganisation',
  method: 'PATCH',
  path: '/api/v1/identity/organisation',
  title: text('修改组织名称', 'rename the organisation'),
  access: perm('identity.organisation:manage'),
  ifMatch: true,
  body: z.object({ name: line(120) }),
  response: organisationView,
});

export const listRoles = endpoint({
  id: 'identity.listRoles',
  method: 'GET',
  path: '/api/v1/identity/roles',
  title: text('角色与权限', 'roles and what they may do'),
  access: perm('identity.member:read'),
  response: z.object({
    items: z.array(
      z.object({
        role: z.string(),
        title: bilingual,
        permissions: z.array(z.string()),
        /** The caller may give this role: it holds nothing that the caller lacks. */
        grantable: z.boolean(),
      }),
    ),
  }),
});

const memberView = z.object({
  userId,
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  twoFactor: z.boolean(),
  joinedAt: instant,
  version,
});

export const listMembers = endpoint({
  id: 'identity.listMembers',
  method: 'GET',
  path: '/api/v1/identity/members',
  title: text('成员', 'members'),
  access: perm('identity.member:read'),
  query: pageQuery,
  response: page(memberView),
});

export const changeMemberRoles = endpoint({
  id: 'identity.changeMemberRoles',
  method: 'PATCH',
  path: '/api/v1/identity/members/:userId',
  title: text('修改成员角色', 'change a member’s roles'),
  access: perm('identity.member:manage'),
  ifMatch: true,
  params: z.object({ userId }),
  body: z.object({ roles }),
  response: memberView,
});

export const removeMember = endpoint({
  id: 'identity.removeMember',
  method: 'DELETE',
  path: '/api/v1/identity/members/:userId',
  title: text('移除成员', 'remove a member'),
  access: perm('identity.member:manage'),
  params: z.object({ userId }),
  response: z.object({
    userId,
    /** API keys they made that still work: whoever leaves may know them, so replace them. */
    keysLeft: z.number().int(),
  }),
});

/** A link with a secret: shown once, to be handed over in person or by chat. */
const secretLink = z.object({ url: z.url(), expiresAt: instant });

export const makeResetLink = endpoint({
  id: 'identity.makeResetLink',
  method: 'POST',
  path: '/api/v1/identity/members/:userId/reset-link',
  title: text('生成重置密码链接', 'make a password reset link for a member'),
  access: perm('identity.member:manage'),
  status: 201,
  params: z.object({ userId }),
  response: secretLink,
});

const invitationView = z.object({
  id: id('inv'),
  email: z.string(),
  roles: z.array(z.string()),
  invitedBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
});

export const inviteMember = endpoint({
  id: 'identity.inviteMember',
  method: 'POST',
  path: '/api/v1/identity/invitations',
  title: text('邀请成员', 'invite a member'),
  access: perm('identity.member:manage'),
  status: 201,
  body: z.object({ email, roles }),
  response: invitationView.extend({ url: z.url() }),
});

export const listInvitations = endpoint({
  id: 'identity.listInvitations',
  method: 'GET',
  path: '/api/v1/identity/invitations',
  title: text('邀请', 'invitations'),
  access: perm('identity.member:read'),
  query: pageQuery,
  response: page(invitationView),
});

export const revokeInvitation = endpoint({
  id: 'identity.revokeInvitation',
  method: 'DELETE',
  path: '/api/v1/identity/invitations/:invitationId',
  title: text('撤销邀请', 'revoke an invitation'),
  access: perm('identity.member:manage'),
  params: z.object({ invitationId: id('inv') }),
  response: invitationView,
});

/** POST, so that the token stays out of addresses and logs. */
export const lookAtInvitation = endpoint({
  id: 'identity.lookAtInvitation',
  method: 'POST',
  path: '/api/v1/identity/invitations/look',
  title: text('查看邀请', 'see what an invitation offers'),
  access: 'public',
  bucket: 'login',
  body: z.object({ token }),
  response: z.object({
    organisation: z.string(),
    email: z.string(),
    roles: z.array(bilingual),
    expiresAt: instant,
    /** An account with this e-mail exists: sign in, then accept. */
    accountExists: z.boolean(),
  }),
});

/** Anonymous: makes the account from `user`. Signed in with the invited e-mail: joins. */
export const acceptInvitation = endpoint({
  id: 'identity.acceptInvitation',
  method: 'POST',
  path: '/api/v1/identity/invitations/accept',
  title: text('接受邀请', 'accept an invitation'),
  access: 'public',
  bucket: 'login',
  body: z.object({ token, user: z.object({ name: line(80), password }).optional() }),
  response: sessionView,
});

/** A permission or a pattern of permissions: `cores.core:read`, `cores.*`, `*.*:read`. */
const scope = z.string().regex(/^(\*|(\*|[a-z][a-z0-9-]*)\.(\*|[a-z][a-z0-9-]*)(:(\*|[a-z-]+))?)$/);

const keyView = z.object({
  id: id('key'),
  name: z.string(),
  /** The first characters, to tell keys apart. */
  prefix: z.string(),
  roles: z.array(z.string()),
  scopes: z.array(z.string()),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant.optional(),
  lastUsedAt: instant.optional(),
  revokedAt: instant.optional(),
});

export const createKey = endpoint({
  id: 'identity.createKey',
  method: 'POST',
  path: '/api/v1/identity/keys',
  title: text('新建接口密钥', 'make an API key'),
  access: perm('identity.key:manage'),
  status: 201,
  body: z
    .object({
      name: line(80),
      roles: z.array(roleName).max(20).default([]),
      scopes: z.array(scope).max(50).default([]),
      expiresAt: instant.optional(),
    })
    .refine((k) => k.roles.length + k.scopes.length > 0, {
      path: ['roles'],
      message: '密钥须有角色或权限范围 | a key needs a role or a scope',
    }),
  response: keyView.extend({ secret: z.string() }),
});

export const listKeys = endpoint({
  id: 'identity.listKeys',
  method: 'GET',
  path: '/api/v1/identity/keys',
  title: text('接口密钥', 'API keys'),
  access: perm('identity.key:manage'),
  query: pageQuery,
  response: page(keyView),
});

export const revokeKey = endpoint({
  id: 'identity.revokeKey',
  method: 'DELETE',
  path: '/api/v1/identity/keys/:keyId',
  title: text('吊销接口密钥', 'revoke an API key'),
  access: perm('identity.key:manage'),
  params: z.object({ keyId: id('key') }),
  response: keyView,
});

export const listAudit = endpoint({
  id: 'identity.listAudit',
  method: 'GET',
  path: '/api/v1/identity/audit',
  title: text('操作日志', 'audit log'),
  access: perm('identity.audit:inspect'),
  query: pageQuery.extend({
    subject: z.string().max(200).optional(),
    action: z.string().max(100).optional(),
    actor: z.string().max(200).optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      at: instant,
      actor: z.string(),
      actorName: z.string().optional(),
      action: z.string(),
      /** What the act is called; absent for acts that no endpoint names. */
      actionName: bilingual.optional(),
      subject: z.string().optional(),
      detail: z.unknown(),
      requestId: z.string(),
    }),
  ),
});
