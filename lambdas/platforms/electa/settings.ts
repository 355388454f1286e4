import * as z from 'zod/mini';
import type { PlatformSettings } from '../platform.ts';
import { electaParameters } from './parameters.ts';
import { secretSchema } from './secret.ts';
import { traits } from './traits.ts';

const path = z.string().check(z.regex(/^\/(?!\/)[^\s?#\\]*$/, 'must be a path such as /User/Create'));
const words = z.string().check(z.regex(/[^\s*]/, 'must hold more than spaces and *'), z.maxLength(200));
const patterns = (...defaults: string[]) => z._default(z.array(words), defaults);
const names = (...defaults: string[]) => z._default(z.array(words).check(z.minLength(1, 'must name one')), defaults);

/**
 * Which of the vendor's refusals mean what. Their texts and codes are published nowhere but for one, so these are beliefs to be
 * corrected. A pattern is pieces of text in order, joined by `*`, in any case (`mail*already`); or `code:17`, which is exactly that code.
 * A piece can be a part of a word: `locked` is in `blocked`, too, and ` locked` is not.
 */
const refusals = z.strictObject({
  /** The vendor has somebody with this address. */
  emailExists: patterns(
    'already exist',
    'already registered',
    'already in use',
    'already taken',
    'mail*already',
    'already*mail',
    'mail exists',
    'mail address exists',
    'user exists',
    'duplicate*mail',
    'duplicate user',
    'mail*duplicate',
  ),
  /** The token is over; a new login mends it. */
  tokenNotValid: patterns(
    'token*invalid',
    'invalid*token',
    'token*not valid',
    'token*expired',
    'expired*token',
    'token*not found',
    'wrong token',
    'session*expired',
  ),
  /**
   * Too many failed logins: nobody gets in for 15 minutes. A login that is answered so is not counted, so only what says that the lock is on
   * belongs here.
   */
  locked: patterns(
    'is locked',
    'been locked',
    'account locked',
    'access locked',
    'too many*attempts',
    'too many*logins',
  ),
  /**
   * The account or its key is not accepted; "Invalid Account or Application Key" is the vendor's own text. So says the warning of a lock
   * that is yet to come. Looked for before `locked`.
   */
  invalidCredentials: patterns(
    'invalid account',
    'application key',
    'invalid*appkey',
    'invalid*app key',
    'will* lock',
    'before* lock',
    'after* lock',
    'locked after',
    'attempt*left',
    'attempt*remain',
    'remain*attempt',
  ),
  /** The vendor can't just now; nothing was done. */
  temporary: patterns('temporarily unavailable', 'under maintenance', 'too many requests', 'too many calls'),
});

/** How the reply's fields can be called, in any case and at any depth; the first name that is there counts. */
const replyNames = z.strictObject({
  code: names('ResponseCode', 'ErrorCode'),
  text: names('ResponseData', 'ErrorDescription', 'Description', 'Message'),
  userType: names('UserType'),
  email: names('Email'),
  userId: names('UserId', 'UID', 'Id'),
  username: names('UserName', 'LoginName'),
  password: names('Password'),
});

const settingsSchema = z.strictObject({
  /** Below the destination's `url`; the vendor's samples write it in several cases. */
  tokenPath: z._default(path, '/token/'),
  createUserPath: z._default(path, '/User/Create'),
  /**
   * How parameters travel: `body` posts a form, so that neither key nor token is ever in an address; `query` is GET as in the vendor's
   * samples, for a service that does not read forms. Then the vendor's own logs hold key and token.
   */
  parametersIn: z._default(z.enum(['body', 'query'], 'must be body or query'), 'body'),
  /** Another spelling of a parameter, should the service care: `{"CID": "cid"}`. */
  parameterNames: z._default(z.partialRecord(z.enum(electaParameters), words), {}),
  refusals: z.prefault(refusals, {}),
  replyNames: z.prefault(replyNames, {}),
});

export type ElectaSettings = z.infer<typeof settingsSchema>;
export type ElectaRefusals = ElectaSettings['refusals'];
export type ElectaReplyNames = ElectaSettings['replyNames'];

export const settings: PlatformSettings<ElectaSettings> = {
  title: 'Electa Live Virtual Classroom',
  publishedUrl: 'https://api30.school-network.net',
  schema: settingsSchema,
  secretSchema,
  secretKeys: ['cid', 'appKey'],
  ...traits,
  warnings: [],
};
